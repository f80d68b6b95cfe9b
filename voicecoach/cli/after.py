"""`voicecoach after`: how an interview went, which questions came, how well that was foreseen."""

import contextlib
from typing import TYPE_CHECKING, Final

import click

from question_bank.debrief_values import guess_kind
from question_bank.interview import Interview, Outcome
from voicecoach.cli.asking import ask_choice, ask_optional, ask_yes
from voicecoach.cli.interviews import OUTCOMES, interview_name
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.time_words import day_words
from voicecoach.what_came import ToldQuestion, Went, WhatCame, unpractised_words

if TYPE_CHECKING:
    from question_bank.bank import Bank
    from question_bank.question import Question
    from question_bank.question_shelf import NearDuplicate
    from voicecoach.foresaw import ForesightRecord
    from voicecoach.what_came import CameQuestion

ENDED: Final = tuple(outcome for outcome in OUTCOMES if outcome[0] != Outcome.UPCOMING.value)
WENT: Final = (
    ("well", "it went well"),
    ("so-so", "so-so"),
    ("tripped-up", "it tripped you up"),
)
OFFERED: Final = 20
"""Questions of the bank listed to choose from: what was practised last comes first."""


@click.command("after")
@click.argument("interview_id", metavar="[INTERVIEW]", required=False)
@click.option(
    "--outcome", type=click.Choice([key for key, _ in ENDED]), help="How the interview ended."
)
@click.option(
    "--well", multiple=True, metavar="QUESTION", help="It came and went well; may be repeated."
)
@click.option("--so-so", multiple=True, metavar="QUESTION", help="It came and went so-so.")
@click.option("--tripped-up", multiple=True, metavar="QUESTION", help="It came and went badly.")
@click.option("--none", "nothing", is_flag=True, help="No question is worth noting.")
@click.option(
    "--new", "as_new", is_flag=True, help="Words nearly like a stored question are a new one."
)
@click.option("--foresaw", is_flag=True, help="Show how well readiness foresaw your interviews.")
@json_option
@pass_session
def command(
    session: Session,
    interview_id: str | None,
    *,
    outcome: str | None,
    well: tuple[str, ...],
    so_so: tuple[str, ...],
    tripped_up: tuple[str, ...],
    nothing: bool,
    as_new: bool,
    foresaw: bool,
) -> None:
    """Tell how an interview went, once it is over: its outcome, and which questions came.

    QUESTION is an id (or its beginning) from `voicecoach questions list`, or the words that were
    asked; what the bank does not have enters it. Without options it asks. INTERVIEW is the latest
    one that is over unless it is named. Telling again replaces what was told.
    """
    from voicecoach.after_interview import (  # noqa: PLC0415 - start-up time
        after_interviews,
        reading_after_interviews,
    )

    coach = session.coach
    if foresaw:
        with reading_after_interviews(coach) as after:
            record = after.foresight()
        _show_foresight(session, record)
        return
    interview = _interview(session, interview_id)
    told = [
        _told(session, given, went, as_new=as_new)
        for went, several in (
            (Went.WELL, well),
            (Went.SO_SO, so_so),
            (Went.TRIPPED_UP, tripped_up),
        )
        for given in several
    ]
    if told and nothing:
        raise click.UsageError("--none says that no question is to be noted.")
    if told or nothing or outcome:
        with after_interviews(coach) as after:
            if not (told or nothing):
                before = after.of_interview(interview.id)
                told = [] if before is None else [_as_told(one) for one in before.questions]
            came = after.tell(interview.id, told, outcome=Outcome(outcome) if outcome else None)
    elif session.screen.at_terminal and not session.screen.as_json:
        came = ask_what_came(session, interview)
    else:
        with reading_after_interviews(coach) as after:
            before = after.of_interview(interview.id)
        if before is None:
            raise InvalidInputError(
                f"Nothing is told of {interview_name(interview)} yet.",
                "Say what came with --well, --so-so and --tripped-up, or --none.",
            )
        came = before
    show_what_came(session, came)


def ask_what_came(session: Session, interview: Interview) -> WhatCame:
    """Ask how an interview went and which questions came, and keep it."""
    from voicecoach.after_interview import (  # noqa: PLC0415 - start-up time
        after_interviews,
        reading_after_interviews,
    )

    screen, coach = session.screen, session.coach
    day = f", {day_words(interview.day, coach.today())}" if interview.day else ""
    screen.line((f"{interview_name(interview)}{day}: how did it go?", "bold"))
    default = "waiting" if interview.outcome is Outcome.UPCOMING else interview.outcome.value
    outcome = Outcome(ask_choice(screen, "How did it end", ENDED, default=default))
    with reading_after_interviews(coach) as after:
        offered = after.likely()[:OFFERED]
    told = [
        ToldQuestion(went=went, question_id=question.id, how=how)
        for question, went, how in _ask_offered(session, offered)
    ]
    while text := ask_optional(screen, "Another question that came (empty: no more)"):
        went, how = _ask_went(session)
        asked = ToldQuestion(went=went, text=text, how=how, kind=guess_kind(text))
        with reading_after_interviews(coach) as after:
            doubts = after.doubts([asked])
        told.append(_settled(session, asked, doubts[0].near_duplicates) if doubts else asked)
    with after_interviews(coach) as after:
        return after.tell(interview.id, told, outcome=outcome)


def show_what_came(session: Session, came: WhatCame) -> None:
    """Print what came, what of it had not been practised, and how well it was foreseen."""
    from voicecoach.after_interview import reading_after_interviews  # noqa: PLC0415

    screen = session.screen
    with reading_after_interviews(session.coach) as after:
        unpractised = after.unpractised(came)
        record = after.foresight()
        texts = {one.question_id: _text(after.standing.bank, one) for one in came.questions}
    if screen.as_json:
        screen.data({"came": came, "unpractised": [question.id for question in unpractised]})
        return
    names = dict(zip(Went, (meaning for _, meaning in WENT), strict=True))
    if not came.questions:
        screen.line("Kept. No question is noted.")
    for one in came.questions:
        new = " (new in your bank)" if one.was_new else ""
        screen.item(texts[one.question_id], f": {names[one.went]}{new}")
    if unpractised:
        screen.line((unpractised_words(unpractised), "bold"))
        screen.line("They are the start of the road back: voicecoach recover, voicecoach drill")
    if record.foreseen:
        screen.line(record.as_sentence)


def _interview(session: Session, interview_id: str | None) -> Interview:
    coach = session.coach
    with coach.reading_bank() as bank:
        found = (
            bank.latest_past_interview(coach.today())
            if interview_id is None
            else bank.get_interview(interview_id)
        )
    if found is None:
        raise NotFoundError(
            "No interview is over yet.", "See yours with: voicecoach interviews list"
        )
    return found


def _told(session: Session, given: str, went: Went, *, as_new: bool) -> ToldQuestion:
    """Read a question: words are words, a single one may be the beginning of an id."""
    text = given.strip()
    if text and " " not in text:
        with contextlib.suppress(NotFoundError), session.coach.reading_bank() as bank:
            return ToldQuestion(went=went, question_id=bank.get_question(text).id)
    return ToldQuestion(went=went, text=text, kind=guess_kind(text), is_new=as_new)


def _as_told(one: "CameQuestion") -> ToldQuestion:
    return ToldQuestion(went=one.went, question_id=one.question_id, text=one.asked, how=one.how)


def _ask_offered(
    session: Session, offered: "tuple[Question, ...]"
) -> "list[tuple[Question, Went, str]]":
    screen = session.screen
    if not offered:
        return []
    screen.line("Which of your questions came?")
    for number, question in enumerate(offered, start=1):
        screen.item(question.text, mark=f"{number}.")
    while True:
        given = ask_optional(screen, "Their numbers, such as 1 4 (empty: none of them)")
        numbers = given.replace(",", " ").split()
        if all(one.isdecimal() and 1 <= int(one) <= len(offered) for one in numbers):
            break
        screen.line(f"Please give numbers from 1 to {len(offered)}.")
    chosen = [offered[int(one) - 1] for one in dict.fromkeys(numbers)]
    found = []
    for question in chosen:
        screen.line((question.text, "bold"))
        found.append((question, *_ask_went(session)))
    return found


def _ask_went(session: Session) -> tuple[Went, str]:
    screen = session.screen
    key = ask_choice(screen, "How did it go", WENT, default="well")
    went = Went(key.replace("-", "_"))
    how = ""
    if went is Went.TRIPPED_UP:
        how = ask_optional(screen, "How did it trip you up (may stay empty)")
    return went, how


def _settled(
    session: Session, asked: ToldQuestion, alike: "tuple[NearDuplicate, ...]"
) -> ToldQuestion:
    """Ask whether words are those of a stored question that is nearly the same."""
    for one in alike:
        if ask_yes(session.screen, f"Is it this one: “{one.question.text}”?", default=True):
            return ToldQuestion(
                went=asked.went, question_id=one.question.id, text=asked.text, how=asked.how
            )
    return ToldQuestion(
        went=asked.went, text=asked.text, kind=asked.kind, how=asked.how, is_new=True
    )


def _text(bank: "Bank", one: "CameQuestion") -> str:
    return bank.get_question(one.question_id).text


def _show_foresight(session: Session, record: "ForesightRecord") -> None:
    screen = session.screen
    if screen.as_json:
        screen.data(record)
        return
    screen.line((record.as_sentence, "bold"))
    if record.foreseen and not record.missing:
        screen.table(
            ("day", "readiness said", "went well", "questions"),
            [
                (
                    one.day.isoformat(),
                    f"{one.share:.0%} ({100 * one.low:.0f} to {100 * one.high:.0f})",
                    f"{one.went_well:.0%}",
                    str(one.came),
                )
                for one in record.foreseen
            ],
        )
    if record.brier is not None:
        screen.line(
            f"Mean squared error of readiness as the chance of each question: {record.brier:.2f} "
            f"(always saying one half: {record.coin:.2f}, perfect: 0)."
        )
