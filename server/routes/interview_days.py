"""`/api/interviews/{interview_id}/checklist`: what to have ready on the day of an interview."""

from typing import Annotated

from litestar import Controller, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.routes.documented import ADDING, READING
from server.schemas import Sent
from voicecoach import day_checklist
from voicecoach.interview_day import LONGEST_ITEM, InterviewDay
from voicecoach.practice import Coach


class NewItem(Sent, frozen=True, kw_only=True):
    """An item in the person's own words."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_ITEM)]


class ItemChange(Sent, frozen=True, kw_only=True):
    """Whether an item is ready, and whether a standard one is off the list."""

    ticked: bool | None = None
    removed: bool | None = None


class ChecklistController(Controller):
    """Checklists of interview days."""

    path = "/interviews/{interview_id:str}/checklist"
    tags = ("interviews",)

    @get(operation_id="getChecklist", sync_to_thread=True, responses=READING)
    def get_checklist(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str]
    ) -> InterviewDay:
        """Return an interview's checklist, the questions to ask them and earlier lessons."""
        return day_checklist.day_of(coach, interview_id)

    @post(operation_id="addChecklistItem", sync_to_thread=True, responses=ADDING)
    def add_item(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str], data: JSONBody[NewItem]
    ) -> InterviewDay:
        """Put an item on the list."""
        day_checklist.add(coach, interview_id, data.text)
        return day_checklist.day_of(coach, interview_id)

    @patch(
        "/{item:str}",
        operation_id="changeChecklistItem",
        sync_to_thread=True,
        responses=ADDING,
    )
    def change_item(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        item: FromPath[str],
        data: JSONBody[ItemChange],
    ) -> InterviewDay:
        """Tick an item or not, take it off the list or put it back."""
        if data.removed is not None:
            day_checklist.take_off(coach, interview_id, item, removed=data.removed)
        if data.ticked is not None:
            day_checklist.tick(coach, interview_id, item, ticked=data.ticked)
        return day_checklist.day_of(coach, interview_id)

    @delete(
        "/{item:str}",
        operation_id="removeChecklistItem",
        sync_to_thread=True,
        responses=ADDING,
    )
    def remove_item(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str], item: FromPath[str]
    ) -> None:
        """Take an item off the list; one of the person's own is gone for good."""
        day_checklist.take_off(coach, interview_id, item)
