"""`/api/skills`: what a person can show, with its stories, mapped to questions; and resources."""

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from question_bank.outline import Outline
from server.preparation_schemas import NewResource, SentSkill
from server.routes.documented import ADDING, LISTING, READING
from server.schemas import Limit, Offset, Page, page_of
from voicecoach.advert_match import suggest_questions
from voicecoach.inventory import InventoryEntry
from voicecoach.noticed_strengths import NoticedStrength, noticed_strengths, take_strength
from voicecoach.practice import Coach
from voicecoach.preparing import preparing, reading_preparation
from voicecoach.question_suggestions import SuggestedQuestion
from voicecoach.resource_list import Resource, resources_of_the_coach


class SkillController(Controller):
    """Skills and qualifications."""

    path = "/skills"
    tags = ("skills",)

    @get(operation_id="listSkills", sync_to_thread=True, responses=LISTING)
    def list_skills(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Page[InventoryEntry]:
        """List skills and qualifications, the oldest first."""
        with reading_preparation(coach) as preparation:
            return page_of(preparation.inventory.every(), limit, offset)

    @post(operation_id="addSkill", sync_to_thread=True, responses=ADDING)
    def add_skill(self, coach: NamedDependency[Coach], data: JSONBody[SentSkill]) -> InventoryEntry:
        """Add a skill or qualification."""
        with preparing(coach) as preparation:
            return preparation.add_entry(data.draft())

    @get("/noticed", operation_id="listNoticedStrengths", sync_to_thread=True, responses=LISTING)
    def list_noticed(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Page[NoticedStrength]:
        """List strengths kept after interviews that are not here yet, with what each would say."""
        return page_of(noticed_strengths(coach), limit, offset)

    @post(
        "/noticed/{takeaway_id:str}",
        operation_id="takeStrength",
        sync_to_thread=True,
        responses=ADDING,
    )
    def take_noticed(
        self, coach: NamedDependency[Coach], takeaway_id: FromPath[str]
    ) -> InventoryEntry:
        """Put such a strength here, with its sentence as story or proof; change it afterwards."""
        return take_strength(coach, takeaway_id)

    @get("/{skill_id:str}", operation_id="getSkill", sync_to_thread=True, responses=READING)
    def get_skill(self, coach: NamedDependency[Coach], skill_id: FromPath[str]) -> InventoryEntry:
        """Return one skill by its id or a beginning of it."""
        with reading_preparation(coach) as preparation:
            return preparation.inventory.get(skill_id)

    @put("/{skill_id:str}", operation_id="changeSkill", sync_to_thread=True, responses=ADDING)
    def change_skill(
        self, coach: NamedDependency[Coach], skill_id: FromPath[str], data: JSONBody[SentSkill]
    ) -> InventoryEntry:
        """Put this in the place of what the skill said; its questions stay."""
        with preparing(coach) as preparation:
            entry = preparation.inventory.get(skill_id)
            return preparation.inventory.change(entry.id, data.draft())

    @delete("/{skill_id:str}", operation_id="deleteSkill", sync_to_thread=True, responses=ADDING)
    def delete_skill(self, coach: NamedDependency[Coach], skill_id: FromPath[str]) -> None:
        """Delete a skill for good; outlines that its story became points of keep them."""
        with preparing(coach) as preparation:
            preparation.inventory.delete(skill_id)

    @get(
        "/{skill_id:str}/suggestions",
        operation_id="suggestQuestions",
        sync_to_thread=True,
        responses=READING,
    )
    def suggest(
        self, coach: NamedDependency[Coach], skill_id: FromPath[str]
    ) -> list[SuggestedQuestion]:
        """Return the questions it may help to answer and is not mapped to yet, nearest first."""
        with reading_preparation(coach) as preparation:
            entry = preparation.inventory.get(skill_id)
        return list(suggest_questions(coach, entry))

    @put(
        "/{skill_id:str}/questions/{question_id:str}",
        operation_id="mapSkill",
        sync_to_thread=True,
        responses=ADDING,
    )
    def map_skill(
        self,
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
        question_id: FromPath[str],
    ) -> InventoryEntry:
        """Note that a skill helps to answer a question."""
        with preparing(coach) as preparation:
            return preparation.map_question(skill_id, question_id, on=True)

    @delete(
        "/{skill_id:str}/questions/{question_id:str}",
        operation_id="unmapSkill",
        sync_to_thread=True,
        responses=ADDING,
    )
    def unmap_skill(
        self,
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
        question_id: FromPath[str],
    ) -> None:
        """Note that a skill does not help to answer a question."""
        with preparing(coach) as preparation:
            preparation.map_question(skill_id, question_id, on=False)

    @post(
        "/{skill_id:str}/questions/{question_id:str}/outline",
        operation_id="tellSkillInOutline",
        sync_to_thread=True,
        responses=ADDING,
    )
    def put_into_outline(
        self,
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
        question_id: FromPath[str],
    ) -> Outline:
        """Add the parts of its story to a question's outline, and map the two."""
        with preparing(coach) as preparation:
            return preparation.put_into_outline(skill_id, question_id)


class ResourceController(Controller):
    """Books, links, courses and people that help."""

    path = "/resources"
    tags = ("skills",)

    @get(operation_id="listResources", sync_to_thread=True, responses=LISTING)
    def list_resources(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Page[Resource]:
        """List the person's own, then those that come with the coach (without an id)."""
        with reading_preparation(coach) as preparation:
            own = preparation.resources.every()
        return page_of((*own, *resources_of_the_coach()), limit, offset)

    @post(operation_id="addResource", sync_to_thread=True, responses=ADDING)
    def add_resource(self, coach: NamedDependency[Coach], data: JSONBody[NewResource]) -> Resource:
        """Add one to the person's own list."""
        with preparing(coach) as preparation:
            return preparation.add_resource(data.kind, data.title, place=data.place, note=data.note)

    @delete(
        "/{resource_id:str}",
        operation_id="deleteResource",
        sync_to_thread=True,
        responses=ADDING,
    )
    def delete_resource(self, coach: NamedDependency[Coach], resource_id: FromPath[str]) -> None:
        """Delete one of the person's own."""
        with preparing(coach) as preparation:
            preparation.resources.delete(resource_id)
