"""A debrief told aloud: telling it, having it written down, checking each finding, entering it.

Every finding stands beside its exact quote, which can be heard. Nothing enters the bank before the
person says so, and what they changed is kept while they change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from litestar import Controller, HttpMethod, Request, get, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from starlette.responses import FileResponse

from question_bank import debrief_prompts as prompts
from question_bank.debrief_draft import FieldProblem
from question_bank.interview import Outcome
from question_bank.monologue import FindingKind
from server.page.debrief import entered_parameters
from server.page.forms import FormBody, Typed, UploadBody, see
from server.page.question_form import Problems, by_field, refused
from server.page.rendering import draw
from server.page.words import OUTCOMES
from server.routes.recordings import AUDIO
from server.routes.spoken_debriefs import recording_of
from server.routes.uploads import MOST_UPLOAD_BYTES
from server.uploads import telling_from
from voicecoach.errors import AttemptBusyError, CoachError, InvalidInputError
from voicecoach.practice import Coach
from voicecoach.spoken_debrief import SpokenDebrief, SpokenDebriefStatus, ToldFinding, as_left
from voicecoach.spoken_debriefs import SpokenDebriefs

FACTS: Final = (FindingKind.COMPANY, FindingKind.ROLE, FindingKind.DAY)
LOOKING_BACK: Final = (
    (FindingKind.WENT_WELL, prompts.WENT_WELL),
    (FindingKind.DIFFERED, prompts.DIFFERED),
    (FindingKind.BETTER, prompts.COULD_ANSWER_BETTER),
)
STATUS_WORDS: Final = {
    SpokenDebriefStatus.RECORDED: "not written down yet",
    SpokenDebriefStatus.WAITING: "waits for the speech model",
    SpokenDebriefStatus.UNCLEAR: "could not be made out",
    SpokenDebriefStatus.FAILED: "could not be written down",
    SpokenDebriefStatus.HEARD: "to be checked",
    SpokenDebriefStatus.ENTERED: "kept",
}
INTENSITIES: Final = (
    ("", "not said"),
    ("1", "1 – faint"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5 – overwhelming"),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its place in the list, which names its fields."""

    place: int
    finding: ToldFinding


class SpokenDebriefPage(Controller):
    """Debriefs told aloud."""

    path = "/debrief/spoken"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show_all(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show where to tell one, and those that were told."""
        return _draw_all(request, coach)

    @post(sync_to_thread=True, request_max_body_size=MOST_UPLOAD_BYTES)
    def upload(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: UploadBody
    ) -> Template | Redirect:
        """Take a recording that was made elsewhere."""
        chosen = Typed(data).file("recording")
        try:
            if chosen is None:
                raise InvalidInputError("No file was chosen.", "Choose a sound file.")
            told = telling_from(coach, chosen.file, file_name=chosen.filename)
        except CoachError as error:
            return _draw_all(request, coach, problems=refused(error, "recording"))
        return see(f"/debrief/spoken/{told.id}")

    @get("/{debrief_id:str}", sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        debrief_id: FromPath[str],
        saved: FromQuery[str] = "",
    ) -> Template:
        """Show one: what was heard, to be checked, or why nothing was.

        `saved` is the outcome that stood in the form when it was put aside, "" where it was not.
        """
        told = SpokenDebriefs(book=coach).get(debrief_id)
        return _draw(request, told, coach, outcome=_outcome(saved), saved=bool(saved))

    @post("/{debrief_id:str}/hear", sync_to_thread=True)
    def hear(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        debrief_id: FromPath[str],
    ) -> Template | Redirect:
        """Write down what was said."""
        debriefs = SpokenDebriefs(book=coach)
        try:
            told = debriefs.hear(debrief_id)
        except AttemptBusyError as error:
            return _draw(request, debriefs.get(debrief_id), coach, problems=refused(error))
        return see(f"/debrief/spoken/{told.id}")

    @post("/{debrief_id:str}/keep", sync_to_thread=True, status_code=204)
    def keep(
        self, coach: NamedDependency[Coach], debrief_id: FromPath[str], data: FormBody
    ) -> None:
        """Keep what stands in the form while it is being changed."""
        debriefs = SpokenDebriefs(book=coach)
        told = debriefs.get(debrief_id)
        debriefs.keep(told.id, _left(told.findings, Typed(data), with_missed=False))

    @post("/{debrief_id:str}", sync_to_thread=True)
    def check(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        debrief_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Keep what the person made of it; with "enter" put it into the bank."""
        debriefs, sent = SpokenDebriefs(book=coach), Typed(data)
        told = debriefs.get(debrief_id)
        told = debriefs.keep(told.id, _left(told.findings, sent, with_missed=True))
        outcome = _outcome(sent.one("outcome"))
        if sent.one("do") != "enter":
            return see(f"/debrief/spoken/{told.id}", [("saved", outcome.value)])
        problems = _where_they_stand(told, debriefs.problems(told, outcome))
        if not problems:
            try:
                entered = debriefs.enter(told.id, outcome=outcome)
            except CoachError as error:
                problems = refused(error)
            else:
                return see("/questions/entered", entered_parameters(entered))
        return _draw(request, told, coach, problems=problems, outcome=outcome)

    @route(
        "/{debrief_id:str}/recording",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        media_type=AUDIO,
        sync_to_thread=True,
    )
    def recording(self, coach: NamedDependency[Coach], debrief_id: FromPath[str]) -> FileResponse:
        """Send the sound."""
        return recording_of(SpokenDebriefs(book=coach), debrief_id)

    @post("/{debrief_id:str}/delete", sync_to_thread=True)
    def delete(self, coach: NamedDependency[Coach], debrief_id: FromPath[str]) -> Redirect:
        """Delete one for good."""
        SpokenDebriefs(book=coach).delete(debrief_id)
        return see("/debrief/spoken")


def _left(
    findings: Sequence[ToldFinding], sent: Typed, *, with_missed: bool
) -> tuple[ToldFinding, ...]:
    """Return the findings as they stand in the form, with what the person added to them.

    Args:
        findings: as they were.
        sent: the form; findings that are not in it stay.
        with_missed: whether the questions that were missed are taken in; while they are being typed
            they are not whole yet.
    """
    left = [
        one
        if not sent.many(f"words-{place}")
        else as_left(
            one,
            words=sent.one(f"words-{place}"),
            kept=one.kind in FACTS or bool(sent.one(f"kept-{place}")),
            intensity=_number(sent.one(f"intensity-{place}")),
            answers=_number(sent.one(f"answers-{place}")),
        )
        for place, one in enumerate(findings)
    ]
    for kind in FACTS:
        for words in sent.many(f"new-{kind.value}")[:1]:
            # While it is being typed it becomes a finding that this form does not know of.
            known = next((n for n, one in enumerate(left) if one.kind is kind), None)
            if known is not None:
                left[known] = as_left(left[known], words=words, kept=True)
            elif words.strip():
                left.append(ToldFinding(kind=kind, words=words.strip()))
    if with_missed:
        left += [
            ToldFinding(kind=FindingKind.QUESTION, words=line.strip())
            for line in sent.one("missed").splitlines()
            if line.strip()
        ]
    return tuple(left)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else None


def _outcome(typed: str) -> Outcome:
    return Outcome(typed) if typed in set(Outcome) else Outcome.REJECTED


def _where_they_stand(told: SpokenDebrief, found: Sequence[FieldProblem]) -> Problems:
    """Return problems by the field of this form that they are about."""
    named = {
        one.kind.value: f"words-{place}"
        for place, one in enumerate(told.findings)
        if one.kind in FACTS and one.kept
    }
    facts = {kind.value for kind in FACTS}
    return by_field(
        FieldProblem(
            field=named.get(one.field, f"new-{one.field}" if one.field in facts else ""),
            what=one.what,
            remedy=one.remedy,
        )
        for one in found
    )


def _draw_all(
    request: Request[Any, Any, Any], coach: Coach, *, problems: Problems | None = None
) -> Template:
    return draw(
        request,
        "spoken_debriefs.html",
        status_code=400 if problems else 200,
        told=SpokenDebriefs(book=coach).list(),
        status_words=STATUS_WORDS,
        today=coach.today(),
        zone=coach.time_zone,
        breathe_first=coach.settings.breathe_first,
        breathe_then="/debrief/spoken",
        problems=problems or {},
    )


def _draw(
    request: Request[Any, Any, Any],
    told: SpokenDebrief,
    coach: Coach,
    *,
    problems: Problems | None = None,
    outcome: Outcome = Outcome.REJECTED,
    saved: bool = False,
) -> Template:
    placed = [Placed(place, one) for place, one in enumerate(told.findings)]

    def of(kind: FindingKind) -> list[Placed]:
        return [one for one in placed if one.finding.kind is kind]

    questions, answers = of(FindingKind.QUESTION), of(FindingKind.ANSWER)
    return draw(
        request,
        "spoken_debrief.html",
        status_code=400 if problems else 200,
        told=told,
        said_on=told.told_at.astimezone(coach.time_zone),
        today=coach.today(),
        has_sound=SpokenDebriefs(book=coach).recording_path(told) is not None,
        status_words=STATUS_WORDS,
        facts=[(kind, next(iter(of(kind)), None)) for kind in FACTS],
        questions=[
            (number, one, [two for two in answers if two.finding.answers == number])
            for number, one in enumerate(questions)
        ],
        loose=[
            one
            for one in answers
            if one.finding.answers is None or one.finding.answers >= len(questions)
        ],
        belongs=[("", "to none of them"), *_numbered(questions)],
        feelings=of(FindingKind.FEELING),
        looking_back=[(title, of(kind)) for kind, title in LOOKING_BACK],
        intensities=INTENSITIES,
        outcome=outcome.value,
        saved=saved,
        outcomes=[
            (one.value, words) for one, words in OUTCOMES.items() if one is not Outcome.UPCOMING
        ],
        prompts=prompts,
        problems=problems or {},
    )


def _numbered(questions: Sequence[Placed]) -> list[tuple[str, str]]:
    return [
        (str(number), f"{number + 1}. {one.finding.words[:60]}")
        for number, one in enumerate(questions)
    ]
