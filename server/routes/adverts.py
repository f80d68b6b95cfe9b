"""`/api/interviews/{interview_id}/advert`: a job's demands beside what the person can show."""

from dataclasses import replace

from litestar import Controller, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from question_bank.outline import Outline
from question_bank.question import Question
from server.preparation_schemas import (
    DemandChange,
    DemandPoint,
    DemandQuestion,
    NewDemand,
    SentAdvert,
)
from server.routes.documented import ADDING, READING
from voicecoach.advert_match import MatchedAdvert, match_advert
from voicecoach.demand_wording import question_for
from voicecoach.practice import Coach
from voicecoach.preparing import preparing


class AdvertController(Controller):
    """The advert of an interview's job."""

    path = "/interviews/{interview_id:str}/advert"
    tags = ("interviews",)

    @get(operation_id="getAdvert", sync_to_thread=True, responses=READING)
    def get_advert(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str]
    ) -> MatchedAdvert:
        """Return what the advert demands, and for each demand the story that shows it, if any."""
        return match_advert(coach, interview_id)

    @put(operation_id="keepAdvert", sync_to_thread=True, responses=ADDING)
    def keep_advert(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: JSONBody[SentAdvert],
    ) -> MatchedAdvert:
        """Keep an advert in the place of what was there."""
        with preparing(coach) as preparation:
            preparation.keep_advert(interview_id, data.text)
        return match_advert(coach, interview_id)

    @delete(operation_id="deleteAdvert", sync_to_thread=True, responses=ADDING)
    def delete_advert(self, coach: NamedDependency[Coach], interview_id: FromPath[str]) -> None:
        """Delete the advert with all that was noted about its demands."""
        with preparing(coach) as preparation:
            preparation.delete_advert(interview_id)

    @post("/demands", operation_id="addDemand", sync_to_thread=True, responses=ADDING)
    def add_demand(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: JSONBody[NewDemand],
    ) -> MatchedAdvert:
        """Add a demand that was not found in the text."""
        with preparing(coach) as preparation:
            preparation.add_demand(interview_id, data.text, must=data.must)
        return match_advert(coach, interview_id)

    @patch(
        "/demands/{number:int}",
        operation_id="changeDemand",
        sync_to_thread=True,
        responses=ADDING,
    )
    def change_demand(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        number: FromPath[int],
        data: JSONBody[DemandChange],
    ) -> MatchedAdvert:
        """Leave a demand out, call it a must or a wish, or name the skill that shows it."""
        with preparing(coach) as preparation:
            known = preparation.demand(interview_id, number)
            preparation.change_demand(
                interview_id,
                replace(
                    known,
                    must=known.must if data.must is UNSET else data.must,
                    left_out=known.left_out if data.left_out is UNSET else data.left_out,
                    entry_id=known.entry_id if data.entry_id is UNSET else data.entry_id,
                ),
            )
        return match_advert(coach, interview_id)

    @post(
        "/demands/{number:int}/question",
        operation_id="askForDemand",
        sync_to_thread=True,
        responses=ADDING,
    )
    def ask_for(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        number: FromPath[int],
        data: JSONBody[DemandQuestion],
    ) -> Question:
        """Put a question about a demand into the bank, or meet the one that says the same."""
        with preparing(coach) as preparation:
            text = data.text.strip() or question_for(preparation.demand(interview_id, number).text)
            return preparation.ask_for(interview_id, number, text, data.kind).question

    @post(
        "/demands/{number:int}/point",
        operation_id="tellOfDemand",
        sync_to_thread=True,
        responses=ADDING,
    )
    def outline_task(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        number: FromPath[int],
        data: JSONBody[DemandPoint],
    ) -> Outline:
        """Add a point about a demand to a question's outline: something to be told there."""
        with preparing(coach) as preparation:
            text = data.text.strip() or preparation.demand(interview_id, number).text
            return preparation.outline_task(interview_id, number, data.question_id, text)
