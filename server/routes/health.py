"""`/api/health`: whether the coach works."""

from litestar import Controller, get
from litestar.di import NamedDependency

from server.schemas import Health
from voicecoach import VERSION
from voicecoach.practice import Coach


class HealthController(Controller):
    """Health."""

    path = "/health"
    tags = ("health",)

    @get(operation_id="getHealth", sync_to_thread=True)
    def get_health(self, coach: NamedDependency[Coach]) -> Health:
        """Say that the database answers, and how much is in it; without one a 503 says why."""
        with coach.reading_bank() as bank:
            questions = bank.count_questions()
        return Health(
            status="ok",
            version=VERSION,
            questions=questions,
            unfinished=coach.count_unfinished(),
            synthetic=coach.settings.synthetic,
        )
