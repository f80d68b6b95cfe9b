"""`/api/debriefs`: an interview that went badly, as text, into the bank."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from question_bank.debrief import read_debrief
from question_bank.debrief_entry import enter_debrief
from server.routes.documented import ADDING
from server.schemas import DebriefEntered, NewDebrief
from voicecoach.practice import Coach


class DebriefController(Controller):
    """Debriefs."""

    path = "/debriefs"
    tags = ("interviews",)

    @post(operation_id="enterDebrief", sync_to_thread=True, responses=ADDING)
    def enter_debrief(
        self, coach: NamedDependency[Coach], data: JSONBody[NewDebrief]
    ) -> DebriefEntered:
        """Enter a debrief: its interview and questions. What can't be read comes back."""
        read = read_debrief(data.text, data.format)
        with coach.bank() as bank:
            entered = enter_debrief(bank, read.debrief)
        return DebriefEntered(entered=entered, problems=read.problems)
