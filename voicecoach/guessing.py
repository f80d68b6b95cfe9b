"""Guessing one's own score before it is shown, and how such guesses fitted.

The score of an answer counts as shown from the moment a front door shows it to anybody, alone or
in a list; from then on a guess is refused. Nothing waits for a guess: answers are scored meanwhile.
"""

from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.errors import ConflictError, InvalidInputError
from voicecoach.guess_store import GuessStore
from voicecoach.guesses import Guess, GuessOutcome, GuessRecord, guess_record
from voicecoach.practice_book import PracticeBook

_STILL_COMES = frozenset({AttemptStatus.RECORDED, AttemptStatus.TRANSCRIBING, AttemptStatus.SCORED})
"""Where an answer has a score, or one is on its way."""


def guess_score(book: PracticeBook, attempt_id: str, expected: float) -> Guess:
    """Keep what the person expects of an answer, before its score is shown.

    Args:
        book: knows the answer.
        attempt_id: its id or an unambiguous beginning.
        expected: the overall the person expects, 0 to 100.

    Raises:
        NotFoundError: there is no such attempt.
        InvalidInputError: that is no score, or the answer can't be guessed at.
        ConflictError: its score was shown already, or something was guessed already.
    """
    if not 0 <= expected <= 100:
        raise InvalidInputError(f"A score can't be {expected:g}.", "Guess a number from 0 to 100.")
    attempt = book.attempt(attempt_id)
    if attempt.parent_id is not None:
        raise InvalidInputError(
            "That is the answer to a follow-up.", "Guess the answer to the question itself."
        )
    if not _is_answered(attempt):
        raise InvalidInputError("Nothing was answered there yet.", "Answer first, then guess.")
    guess = Guess(attempt_id=attempt.id, expected=float(expected), made_at=book.now())
    with book.database.transaction() as session:
        store = GuessStore(session)
        if not store.add(guess):
            before = store.get(attempt.id)
            raise _too_late(None if before is None else before.expected)
    return guess


def pass_over_guess(book: PracticeBook, attempt: Attempt) -> None:
    """Note that the person wants to see the score of an answer without guessing it."""
    with book.database.transaction() as session:
        GuessStore(session).add(Guess(attempt_id=attempt.id, expected=None, made_at=book.now()))


def is_guess_open(book: PracticeBook, attempt: Attempt) -> bool:
    """Whether the score of this answer may still be guessed: it comes, and nobody saw it."""
    if attempt.parent_id is not None or attempt.status not in _STILL_COMES:
        return False
    return _is_answered(attempt) and guess_of(book, attempt.id) is None


def guess_of(book: PracticeBook, attempt_id: str) -> Guess | None:
    """Return what was guessed of an answer (by its full id), None while it is open."""
    with book.database.reading() as session:
        return GuessStore(session).get(attempt_id)


def scores_shown(book: PracticeBook, attempt_id: str | None = None) -> None:
    """Note that the person sees the scores there are, or that of one answer (by its full id).

    Whoever shows scores calls it once the answers have been read, so that none is shown unnoted.
    """
    with book.database.reading() as session:
        unseen = GuessStore(session).has_unseen_scores(attempt_id)
    if unseen:
        with suppress(IntegrityError), book.database.transaction() as session:
            # Somebody who showed them at the same moment has noted it.
            GuessStore(session).mark_shown(book.now(), attempt_id)


def past_guesses(book: PracticeBook) -> GuessRecord:
    """Return the guesses of scored answers beside what the coach had expected of them."""
    with book.database.reading() as session:
        guesses = {one.attempt_id: one for one in GuessStore(session).every()}
        takes = book.standing_in(session).takes()
    outcomes: list[GuessOutcome] = []
    for take in takes:
        guess = guesses.get(take.attempt_id)
        if guess is None or guess.expected is None:
            continue
        if take.overall is None or take.forecast is None:
            continue
        outcomes.append(
            GuessOutcome(
                attempt_id=take.attempt_id,
                question_id=take.question_id,
                at=take.started_at,
                guessed=guess.expected,
                coach=take.forecast.mean,
                overall=take.overall,
            )
        )
    return guess_record(outcomes)


def _is_answered(attempt: Attempt) -> bool:
    return attempt.recording_seconds is not None or attempt.transcript is not None


def _too_late(expected: float | None) -> ConflictError:
    if expected is None:
        return ConflictError(
            "The score of that answer was shown already.", "Guess the next one before you look."
        )
    return ConflictError(
        f"You guessed {expected:.0f} for that answer already.", "A guess stands as it was made."
    )
