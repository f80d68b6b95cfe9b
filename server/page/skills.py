"""What the person can show: skills and qualifications with their stories, and what helps."""

from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.skill_form import (
    KIND_WORDS,
    LEVEL_CHOICES,
    PROOF_WORDS,
    SkillForm,
    read_skill_form,
    skill_form_of,
)
from voicecoach.advert_match import suggest_questions
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.inventory import LEVELS, InventoryEntry
from voicecoach.noticed_strengths import noticed_strength, noticed_strengths, take_strength
from voicecoach.practice import Coach
from voicecoach.preparing import preparing, reading_preparation
from voicecoach.resource_list import ResourceKind, resources_of_the_coach

RESOURCE_KINDS: Final = (
    (ResourceKind.LINK, "A link"),
    (ResourceKind.BOOK, "A book"),
    (ResourceKind.COURSE, "A course"),
    (ResourceKind.PERSON, "A person"),
)


class SkillsPage(Controller):
    """Skills, qualifications, strengths; and resources."""

    path = "/skills"
    include_in_schema = False

    @get(sync_to_thread=True)
    def list_skills(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]
    ) -> Template:
        """List what the person can show, and what helps."""
        return _list(request, coach)

    @get("/new", sync_to_thread=True)
    def new_skill(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        strength: FromQuery[str] = "",
    ) -> Template:
        """Show an empty form, or one with what a strength that was noticed says already."""
        if not strength:
            return _form(request, SkillForm(), None)
        noticed = noticed_strength(coach, strength)
        return _form(request, skill_form_of(noticed.draft), None, strength=noticed.strength.id)

    @post("/new", sync_to_thread=True)
    def add_skill(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Add a skill, or a strength that was noticed, as it is written now."""
        form, strength = read_skill_form(Typed(data)), Typed(data).one("strength")
        try:
            if strength:
                entry = take_strength(coach, strength, form.draft())
            else:
                with preparing(coach) as preparation:
                    entry = preparation.add_entry(form.draft())
        except CoachError as error:
            return _form(request, form, None, refused=error, strength=strength)
        return see(f"/skills/{entry.id}")

    @get("/{skill_id:str}", sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
    ) -> Template:
        """Show a skill, the questions it helps with and those it may help with."""
        return _show(request, coach, skill_id)

    @get("/{skill_id:str}/edit", sync_to_thread=True)
    def edit_form(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
    ) -> Template:
        """Show a skill in a form."""
        with reading_preparation(coach) as preparation:
            entry = preparation.inventory.get(skill_id)
        return _form(request, skill_form_of(entry), entry)

    @post("/{skill_id:str}/edit", sync_to_thread=True)
    def edit(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Change a skill."""
        form = read_skill_form(Typed(data))
        with reading_preparation(coach) as preparation:
            entry = preparation.inventory.get(skill_id)
        try:
            with preparing(coach) as preparation:
                preparation.inventory.change(entry.id, form.draft())
        except InvalidInputError as error:
            return _form(request, form, entry, refused=error)
        return see(f"/skills/{entry.id}")

    @post("/{skill_id:str}/delete", sync_to_thread=True)
    def delete(self, coach: NamedDependency[Coach], skill_id: FromPath[str]) -> Redirect:
        """Delete a skill."""
        with preparing(coach) as preparation:
            preparation.inventory.delete(skill_id)
        return see("/skills")

    @post("/{skill_id:str}/questions", sync_to_thread=True)
    def map_question(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        skill_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Note that it helps with a question or does not, or put its story into the outline."""
        typed = Typed(data)
        question = typed.one("question")
        try:
            with preparing(coach) as preparation:
                if typed.one("do") == "outline":
                    preparation.put_into_outline(skill_id, question)
                else:
                    preparation.map_question(skill_id, question, on=typed.one("do") != "unmap")
        except CoachError as error:
            return _show(request, coach, skill_id, refused=error)
        return see(f"/skills/{skill_id}#questions")

    @post("/resources", sync_to_thread=True)
    def add_resource(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Add a resource of the person's own."""
        typed = Typed(data)
        kind = typed.one("kind")
        try:
            with preparing(coach) as preparation:
                preparation.add_resource(
                    ResourceKind(kind) if kind in set(ResourceKind) else ResourceKind.LINK,
                    typed.one("title"),
                    place=typed.one("place"),
                    note=typed.one("note"),
                )
        except InvalidInputError as error:
            return _list(request, coach, refused=error, typed=typed)
        return see("/skills#resources")

    @post("/resources/{resource_id:str}/delete", sync_to_thread=True)
    def delete_resource(
        self, coach: NamedDependency[Coach], resource_id: FromPath[str]
    ) -> Redirect:
        """Delete one of the person's own."""
        with preparing(coach) as preparation:
            preparation.resources.delete(resource_id)
        return see("/skills#resources")


def _list(
    request: Request[Any, Any, Any],
    coach: Coach,
    *,
    refused: InvalidInputError | None = None,
    typed: Typed | None = None,
) -> Template:
    with reading_preparation(coach) as preparation:
        entries = preparation.inventory.every()
        own = preparation.resources.every()
    sent = typed or Typed({})
    return draw(
        request,
        "skills.html",
        status_code=400 if refused else 200,
        entries=entries,
        noticed=noticed_strengths(coach),
        kinds=KIND_WORDS,
        levels=LEVELS,
        own=own,
        public=resources_of_the_coach(),
        resource_kinds=[(kind.value, words) for kind, words in RESOURCE_KINDS],
        refused=refused,
        resource={name: sent.one(name) for name in ("kind", "title", "place", "note")},
    )


def _form(
    request: Request[Any, Any, Any],
    form: SkillForm,
    entry: InventoryEntry | None,
    *,
    refused: CoachError | None = None,
    strength: str = "",
) -> Template:
    return draw(
        request,
        "skill_form.html",
        status_code=400 if refused else 200,
        form=form,
        strength=strength,
        entry=entry,
        refused=refused,
        kind_choices=[(kind.value, words) for kind, words in KIND_WORDS.items()],
        level_choices=LEVEL_CHOICES,
        proof_choices=[(kind.value, words) for kind, words in PROOF_WORDS.items()],
    )


def _show(
    request: Request[Any, Any, Any],
    coach: Coach,
    skill_id: str,
    *,
    refused: CoachError | None = None,
) -> Template:
    with reading_preparation(coach) as preparation:
        entry = preparation.inventory.get(skill_id)
        mapped = preparation.questions_of(entry)
        outlines = preparation.bank.outlines_of(question.id for question in mapped)
        asked = preparation.bank.every_active_question()
    told = {text for _, text in entry.story.parts}
    known = {question.id for question in mapped}
    return draw(
        request,
        "skill.html",
        status_code=400 if refused else 200,
        entry=entry,
        kinds=KIND_WORDS,
        levels=LEVELS,
        proofs=PROOF_WORDS,
        mapped=[
            (
                question,
                question.id in outlines
                and bool(told)
                and told <= {point.text for point in outlines[question.id].points},
            )
            for question in mapped
        ],
        suggested=suggest_questions(coach, entry),
        others=[question for question in asked if question.id not in known],
        refused=refused,
    )
