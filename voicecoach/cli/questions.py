"""`voicecoach questions`: the bank. Its outlines, packs and exchange have modules of their own."""

import click

from question_bank.debrief_values import guess_kind
from question_bank.question import Question, QuestionKind
from voicecoach.cli.asking import ask_choice, ask_text
from voicecoach.cli.duplicates import settle_duplicates
from voicecoach.cli.inputs import short_ids
from voicecoach.cli.outline_command import outline, show_outline
from voicecoach.cli.packs import export_questions, import_questions, list_packs
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.suggest_command import suggest
from voicecoach.cli.turn import note_shown
from voicecoach.errors import InvalidInputError
from voicecoach.time_words import clock_words, day_words

KINDS = tuple(kind.value for kind in QuestionKind)


@click.group("questions", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Your questions, their outlines, and ready-made packs.

    Without a further word it lists them. ID is the beginning of an id, as the list shows it.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_questions)


for part in (outline, suggest, list_packs, import_questions, export_questions):
    command.add_command(part)


@command.command("list")
@click.option("--kind", type=click.Choice(KINDS), help="Only questions of this kind.")
@click.option("--retired", is_flag=True, help="The retired ones in place of those still asked.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@json_option
@pass_session
def list_questions(
    session: Session,
    kind: str | None = None,
    limit: int = 50,
    offset: int = 0,
    *,
    retired: bool = False,
) -> None:
    """List your questions in the order in which they came in."""
    wanted = None if kind is None else QuestionKind(kind)
    with session.coach.reading_bank() as bank:
        found = bank.list_questions(kind=wanted, retired=retired, limit=limit, offset=offset)
        count = bank.count_questions(kind=wanted, retired=retired)
        outlined = set(bank.outlines_of(question.id for question in found))
        short = short_ids(question.id for question in bank.every_active_question() + found)
    if session.screen.as_json:
        session.screen.data(found)
        return
    if not found:
        session.screen.line(
            "No questions here. Log an interview with voicecoach debrief, or take some from "
            "voicecoach questions packs."
        )
        return
    session.screen.table(
        ("id", "kind", "length", "outline", "tripped up", "question"),
        [
            (
                short[question.id],
                question.kind.value.replace("_", " "),
                clock_words(question.target_seconds),
                "yes" if question.id in outlined else "",
                str(len(question.tripped_up) or ""),
                question.text,
            )
            for question in found
        ],
    )
    if count > offset + len(found):
        session.screen.line(
            f"{count - offset - len(found)} more: voicecoach questions list "
            f"--offset {offset + len(found)}"
        )


@command.command("show")
@click.argument("question_id", metavar="ID")
@json_option
@pass_session
def show(session: Session, question_id: str) -> None:
    """Show a question: how it tripped you up, its outline, your answers to it."""
    coach, screen = session.coach, session.screen
    with coach.reading_bank() as bank:
        question = bank.get_question(question_id)
        its_outline = bank.get_outline(question.id)
    answers = coach.attempts(question_id=question.id, limit=10)
    note_shown(session)
    if screen.as_json:
        screen.data(
            {
                "question": question,
                "outline": its_outline,
                "attempts": coach.results(answers),
            }
        )
        return
    _show_facts(session, question)
    if its_outline is None:
        screen.line("No outline yet: voicecoach questions outline " + question.id)
    else:
        show_outline(screen, its_outline)
    for attempt in answers:
        day = attempt.started_at.astimezone(coach.time_zone).date()
        score = attempt.score
        told = attempt.status.value if score is None else f"{score.overall:.0f} of 100"
        screen.item(f"answered {day_words(day, coach.today())}: {told} ({attempt.id})")


@command.command("add")
@click.argument("text", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="What kind of question it is.")
@click.option("--competency", default="", help="What it asks for, such as teamwork.")
@click.option("--target-seconds", type=click.IntRange(1, 3600), help="How long a good answer is.")
@click.option("--tripped-up", "how", default="", help="How it tripped you up.")
@click.option("--remembered", default="", help="What you remember having said.")
@click.option("--difficulty", type=click.IntRange(1, 5), help="1 (easy) to 5 (I froze).")
@click.option("--merge", "duplicates", flag_value="merge", help="Merge with one nearly the same.")
@click.option("--keep-both", "duplicates", flag_value="keep", help="Keep near-duplicates apart.")
@json_option
@pass_session
def add(
    session: Session,
    *,
    text: str | None,
    kind: str | None,
    competency: str,
    target_seconds: int | None,
    how: str,
    remembered: str,
    difficulty: int | None,
    duplicates: str | None,
) -> None:
    """Add a question. On a terminal it asks for what is not given."""
    from question_bank.question_shelf import DraftTrip  # noqa: PLC0415 - start-up time

    screen = session.screen
    if text is None:
        if not session.screen.at_terminal:
            raise InvalidInputError(
                "There is no question.", 'Give it: voicecoach questions add "Why us?"'
            )
        text = ask_text(screen, "What was the question")
    guessed = kind is None
    if kind is None:
        kind = guess_kind(text).value
        if session.screen.at_terminal:
            kind = ask_choice(screen, "Which kind", [(key, "") for key in KINDS], default=kind)
            guessed = False
    trip = DraftTrip(how=how, remembered_answer=remembered, difficulty=difficulty)
    with session.coach.bank() as bank:
        met = bank.add_question(
            text,
            kind=QuestionKind(kind),
            competency=competency,
            target_seconds=target_seconds,
            trip=trip if how or remembered or difficulty else None,
        )
    question = settle_duplicates(session, met.question, met.near_duplicates, duplicates)
    if screen.as_json:
        screen.data({"question": question, "is_new": met.is_new})
        return
    if guessed and met.is_new:
        screen.note(f"Taken to be {kind}. If it is not: voicecoach questions edit ID --kind KIND")
    done = "Added" if met.is_new and question.id == met.question.id else "Met again"
    screen.line(f"{done}: {question.text} ({question.id})")


@command.command("edit")
@click.argument("question_id", metavar="ID")
@click.option("--text", help="Its wording.")
@click.option("--kind", type=click.Choice(KINDS), help="What kind of question it is.")
@click.option("--competency", help="What it asks for.")
@click.option("--target-seconds", type=click.IntRange(1, 3600), help="How long a good answer is.")
@json_option
@pass_session
def edit(
    session: Session,
    *,
    question_id: str,
    text: str | None,
    kind: str | None,
    competency: str | None,
    target_seconds: int | None,
) -> None:
    """Change a question: what is given replaces what was there."""
    from question_bank.question_shelf import QuestionFields  # noqa: PLC0415 - start-up time

    fields = QuestionFields()
    if text is not None:
        fields["text"] = text
    if kind is not None:
        fields["kind"] = QuestionKind(kind)
    if competency is not None:
        fields["competency"] = competency
    if target_seconds is not None:
        fields["target_seconds"] = target_seconds
    if not fields:
        raise InvalidInputError(
            "Nothing to change was given.", "See: voicecoach questions edit --help"
        )
    with session.coach.bank() as bank:
        question = bank.edit_question(question_id, **fields)
    _tell(session, question, "Changed")


@command.command("retire")
@click.argument("question_id", metavar="ID")
@click.option("--undo", is_flag=True, help="Ask it again.")
@json_option
@pass_session
def retire(session: Session, question_id: str, *, undo: bool) -> None:
    """Stop asking a question; its answers stay."""
    with session.coach.bank() as bank:
        change = bank.restore_question if undo else bank.retire_question
        question = change(question_id)
    _tell(session, question, "Asked again" if undo else "No longer asked")


@command.command("merge")
@click.argument("keep", metavar="KEEP")
@click.argument("drop", metavar="DROP")
@json_option
@pass_session
def merge(session: Session, keep: str, drop: str) -> None:
    """Make one question of two: KEEP takes over the history and answers of DROP."""
    _tell(session, session.coach.merge_questions(keep, drop), "Merged into")


def _show_facts(session: Session, question: Question) -> None:
    screen = session.screen
    screen.line((question.text, "bold"))
    facts = [
        question.kind.value.replace("_", " "),
        f"about {clock_words(question.target_seconds)}",
        *([question.competency] if question.competency else []),
        f"from {question.source.value}",
        *(["retired"] if question.retired else []),
    ]
    screen.line(", ".join(facts) + f". Its id is {question.id}.")
    for trip in question.tripped_up:
        day = trip.noted_at.astimezone(session.coach.time_zone).date()
        hard = "" if trip.difficulty is None else f" (difficulty {trip.difficulty} of 5)"
        how = trip.how or "met it"
        screen.item(f"{day_words(day, session.coach.today())}: {how}{hard}")
        if trip.remembered_answer:
            screen.line(f"you said: {trip.remembered_answer}", indent=6)


def _tell(session: Session, question: Question, done: str) -> None:
    if session.screen.as_json:
        session.screen.data(question)
    else:
        session.screen.line(f"{done}: {question.text} ({question.id})")
