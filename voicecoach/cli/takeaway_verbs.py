"""Making something of a sentence at the terminal, and taking it back: shared by two steps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.asking import ask_choice, ask_number, ask_text, ask_yes
from voicecoach.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from voicecoach.feedback_step import FeedbackStep
    from voicecoach.reply_questions import SuggestedQuestion
    from voicecoach.scoring.result import CriterionName
    from voicecoach.takeaways import Takeaway, TakeawaySource, Use

    Suggested = tuple[str, Use | None, CriterionName | None, tuple[SuggestedQuestion, ...]]
    """A sentence, what it may become, what it may be about, and which questions."""

USES: Final = ("note", "point", "question", "strength", "focus")
"""`voicecoach.takeaways.Use`, spelt out so that completion needs no import; a test compares."""

CRITERIA: Final = ("relevance", "coverage", "structure", "specificity", "own_part", "delivery")
"""`voicecoach.scoring.result.CriterionName`, likewise."""

_MEANINGS: Final = {
    "leave": "leave it as it is",
    "note": "a note on one of your questions",
    "point": "a point of an outline",
    "question": "a question to practise",
    "strength": "a strength to remember",
    "focus": "something to look after in practice",
}
_MOST_OFFERED: Final = 9


def keep_verb(*sources: str) -> click.Command:
    """Return the verb that makes something of a sentence; the first source is the usual one."""

    @click.command("keep")
    @click.option("--quote", required=True, help="The sentence, exactly as it was written.")
    @click.option("--as", "use", type=click.Choice(USES), required=True, help="What it becomes.")
    @click.option("--words", default="", help="Your own words for it; the sentence without them.")
    @click.option("--question", "question_id", help="Which question: its id or a beginning.")
    @click.option("--criterion", type=click.Choice(CRITERIA), help="What a focus is about.")
    @click.option(
        "--source", type=click.Choice(sources), default=sources[0], help="Where it comes from."
    )
    @json_option
    @pass_session
    @click.pass_context
    def keep(
        ctx: click.Context,
        session: Session,
        *,
        quote: str,
        use: str,
        words: str,
        question_id: str | None,
        criterion: str | None,
        source: str,
    ) -> None:
        """Make a note, a point, a question, a strength or a focus of a sentence."""
        from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time
        from voicecoach.scoring.result import CriterionName  # noqa: PLC0415
        from voicecoach.takeaway_desk import Wish  # noqa: PLC0415
        from voicecoach.takeaways import TakeawaySource, Use  # noqa: PLC0415

        step = FeedbackStep(session.coach, ctx.meta.get("voicecoach.interview"))
        (kept,) = step.keep(
            [
                Wish(
                    source=TakeawaySource(source),
                    quote=quote,
                    use=Use(use),
                    words=words,
                    question_id=question_id,
                    criterion=None if criterion is None else CriterionName(criterion),
                )
            ]
        )
        _tell(session, kept)

    return keep


def undo_verb(name: str) -> click.Command:
    """Return the verb that takes back what was made of a sentence."""

    @click.command(name)
    @click.argument("takeaway_id", metavar="ID")
    @json_option
    @pass_session
    @click.pass_context
    def take_back(ctx: click.Context, session: Session, takeaway_id: str) -> None:
        """Take back what was made of a sentence."""
        from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time

        step = FeedbackStep(session.coach, ctx.meta.get("voicecoach.interview"))
        taken = step.take_back(takeaway_id)
        if session.screen.as_json:
            session.screen.data(taken)
            return
        session.screen.line(f"Taken back: {taken.takeaway.words}")
        if taken.stays:
            session.screen.line(taken.stays)

    return take_back


def ask_uses(
    session: Session,
    step: "FeedbackStep",
    sentences: "Sequence[Suggested]",
    *,
    source: "TakeawaySource | None" = None,
    offered: Sequence[str] = ("leave", "note", "point", "focus", "strength"),
) -> None:
    """Ask at a terminal what is to become of each sentence; one answer each, and it is kept."""
    from voicecoach.scoring.result import CriterionName  # noqa: PLC0415 - start-up time
    from voicecoach.takeaway_desk import NEEDS_QUESTION, Wish  # noqa: PLC0415
    from voicecoach.takeaways import TakeawaySource, Use  # noqa: PLC0415

    screen = session.screen
    for quote, suggested, criterion, questions in sentences:
        screen.heading(" ".join(quote.split()))
        default = suggested if suggested is not None and suggested in offered else "leave"
        choices = [(key, _MEANINGS[key]) for key in offered]
        answer = ask_choice(screen, "What becomes of it", choices, default=default)
        if answer == "leave":
            continue
        use = Use(answer)
        question_id = _ask_question(session, step, questions) if use in NEEDS_QUESTION else None
        if use in NEEDS_QUESTION and question_id is None:
            continue
        chosen = criterion
        if use is Use.FOCUS and chosen is None:
            kinds = [(name, "") for name in CRITERIA]
            chosen = CriterionName(
                ask_choice(screen, "What is it about", kinds, default="structure")
            )
        words = ""
        if use in {Use.POINT, Use.QUESTION}:
            words = ask_text(screen, "In your words", default=" ".join(quote.split()))
        (kept,) = step.keep(
            [
                Wish(
                    source=source or TakeawaySource.REPLY,
                    quote=quote,
                    use=use,
                    words=words,
                    question_id=question_id,
                    criterion=chosen if use is Use.FOCUS else None,
                )
            ]
        )
        if use is Use.STRENGTH:
            _offer_inventory(session, kept)
        else:
            _tell(session, kept)


def _offer_inventory(session: Session, kept: "Takeaway") -> None:
    """Ask whether a strength joins what the person can show, its sentence with it."""
    from voicecoach.noticed_strengths import take_strength  # noqa: PLC0415 - start-up time

    session.screen.line(f"Kept as a strength: {kept.words} (its id is {kept.id[:8]})")
    if ask_yes(session.screen, "Put it among what you can show, too?", default=True):
        take_strength(session.coach, kept.id)
        session.screen.line(f"Add to its story: voicecoach skills edit {kept.id[:8]}")


def show_kept(session: Session, takeaways: "Sequence[Takeaway]") -> None:
    """Print what became of sentences."""
    if takeaways:
        session.screen.heading("What became of it")
    for one in takeaways:
        session.screen.item(f"{one.use}: {one.words} ", (f"({one.id[:8]})", "dim"))


def _tell(session: Session, kept: "Takeaway") -> None:
    if session.screen.as_json:
        session.screen.data(kept)
    else:
        session.screen.line(f"Kept as a {kept.use}: {kept.words} (its id is {kept.id[:8]})")
        if kept.use == "strength":
            session.screen.line(
                f"Put it among what you can show: voicecoach skills add --strength {kept.id[:8]}"
            )


def _ask_question(
    session: Session, step: "FeedbackStep", suggested: "tuple[SuggestedQuestion, ...]"
) -> str | None:
    """Ask which question a sentence is about, the likeliest first; None for none of them."""
    from voicecoach.feedback_step import suggestable  # noqa: PLC0415 - start-up time

    with session.coach.reading_bank() as bank:
        questions = suggestable(bank, step.interview.id)
    likely = [one.question_id for one in suggested]
    ordered = sorted(
        questions, key=lambda one: likely.index(one.id) if one.id in likely else len(likely)
    )[:_MOST_OFFERED]
    if not ordered:
        session.screen.line("There is no question in your bank yet.")
        return None
    for number, one in enumerate(ordered, start=1):
        session.screen.item(one.text, mark=f"{number}.")
    chosen = ask_number(
        session.screen,
        "Which question is it about (empty: none of these)",
        low=1,
        high=len(ordered),
        default=1 if likely else None,
    )
    return None if chosen is None else ordered[chosen - 1].id
