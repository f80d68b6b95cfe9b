"""The attempt log: append-only, bounded, claimed by one at a time."""

import threading
from datetime import timedelta

import pytest

from question_bank.review import Rating
from tests.database_fixtures import START, BankOf
from tests.store.attempts import ask, heard, recorded, score_of, whole
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.database import Database, open_database
from voicecoach.errors import (
    AttemptBusyError,
    ConflictError,
    InvalidInputError,
    NotFoundError,
)
from voicecoach.scoring.result import Unscoreable

SOON = START + timedelta(minutes=5)


def test_an_attempt_reads_back_as_it_was(database: Database, bank_of: BankOf) -> None:
    attempt = whole(ask(database, bank_of))
    with database.transaction() as session:
        AttemptStore(session).add(attempt)

    with database.reading() as session:
        assert AttemptStore(session).get(attempt.id) == attempt
        assert AttemptStore(session).get("attem") == attempt


def test_an_attempt_grows_by_transcripts_and_judgements_and_the_last_ones_count(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)
    refusal = Unscoreable(reasons=("noise",), rubric_version="1", transcript_version=2)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))
        store.append_transcript("attempt-1", heard(1))
        store.append_judgement("attempt-1", score_of(40))
        store.append_judgement("attempt-1", score_of(50))
        store.append_transcript("attempt-1", heard(2, "something else"))
        grown = store.append_judgement("attempt-1", refusal)

    assert [transcript.version for transcript in grown.transcripts] == [1, 2]
    assert grown.judgements == (score_of(40), score_of(50), refusal)
    assert grown.unscoreable == refusal
    with database.reading() as session:
        assert AttemptStore(session).get("attempt-1") == grown
        assert AttemptStore(session).every_take()[0].overall == 50, "what it was worth counts"


def test_a_transcript_version_can_be_neither_skipped_nor_used_twice(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))
        store.append_transcript("attempt-1", heard(1))
        for version in (1, 3):
            with pytest.raises(ConflictError, match="does not follow"):
                store.append_transcript("attempt-1", heard(version))


def test_a_judgement_of_a_transcript_that_is_not_there_is_refused(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))
        with pytest.raises(NotFoundError, match="version 1"):
            store.append_judgement("attempt-1", score_of(40))


def test_saving_changes_only_what_is_given(database: Database, bank_of: BankOf) -> None:
    attempt = whole(ask(database, bank_of))
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(attempt)
        saved = store.save(attempt.id, status=AttemptStatus.FAILED, failure="no room")

    assert (saved.status, saved.failure) == (AttemptStatus.FAILED, "no room")
    assert (saved.sound, saved.forecast, saved.rating) == (
        attempt.sound,
        attempt.forecast,
        Rating.GOOD,
    )


def test_attempt_and_review_are_stored_together_or_not_at_all(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)

    def crash() -> None:
        with database.transaction() as session:
            AttemptStore(session).add(recorded(question_id))
            bank_of(session).add_review(
                question_id, attempt_id="attempt-1", reviewed_at=START, rating=Rating.GOOD
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    with database.reading() as session:
        assert AttemptStore(session).count() == 0
        assert bank_of(session).every_review() == ()


def test_an_attempt_at_an_unknown_question_is_refused(database: Database) -> None:
    with pytest.raises(ConflictError), database.transaction() as session:
        AttemptStore(session).add(recorded("nowhere"))


def test_an_id_is_used_once(database: Database, bank_of: BankOf) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        AttemptStore(session).add(recorded(question_id))
        with pytest.raises(ConflictError, match="stored already"):
            AttemptStore(session).add(recorded(question_id))


def test_attempts_are_listed_latest_first_by_question_status_and_openness(
    database: Database, bank_of: BankOf
) -> None:
    why, what = ask(database, bank_of), ask(database, bank_of, "What is a thread?")
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(why, name="a", at=START))
        store.add(whole(what, name="b", at=START + timedelta(hours=1)))
        store.add(whole(why, name="c", at=START + timedelta(hours=2)))

        def ids(**wanted: object) -> list[str]:
            return [found.id for found in store.list(**wanted)]  # type: ignore[arg-type]

        assert ids() == ["c", "b", "a"]
        assert ids(question_id=why) == ["c", "a"]
        assert ids(status=AttemptStatus.SCORED) == ["c", "b"]
        assert ids(open_only=True) == ["a"]
        assert ids(limit=1, offset=1) == ["b"]
        assert store.count(question_id=why) == 2
        assert [take.attempt_id for take in store.every_take()] == ["a", "b", "c"]
        for limit, offset in ((0, 0), (501, 0), (1, -1)):
            with pytest.raises(InvalidInputError):
                store.list(limit=limit, offset=offset)


def test_attempts_follow_a_question_that_was_merged(database: Database, bank_of: BankOf) -> None:
    keep, drop = ask(database, bank_of), ask(database, bank_of, "What attracts you to us?")
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(drop))
        bank_of(session).merge_questions(keep, drop)

        assert store.move_question(drop, keep) == 1
        assert store.get("attempt-1").question_id == keep


def test_a_claim_keeps_others_out_until_it_is_released_or_runs_out(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))

        assert store.claim("attempt-1", claimant="one", until=SOON, now=START)
        assert not store.claim("attempt-1", claimant="two", until=SOON, now=START)
        assert not store.claim("attempt-1", claimant="one", until=SOON, now=START)
        assert store.get("attempt-1").claimed_by == "one"

        later = SOON + timedelta(minutes=5)
        assert store.claim("attempt-1", claimant="two", until=later, now=SOON)
        assert not store.renew("attempt-1", claimant="one", until=later)
        assert not store.release("attempt-1", claimant="one")
        with pytest.raises(AttemptBusyError):
            store.assert_claimed("attempt-1", claimant="one")

        assert store.renew("attempt-1", claimant="two", until=later + timedelta(minutes=1))
        store.assert_claimed("attempt-1", claimant="two")
        assert store.release("attempt-1", claimant="two")
        assert store.get("attempt-1").claimed_by is None


def test_of_many_claimants_at_one_moment_exactly_one_wins(
    database: Database, bank_of: BankOf
) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        AttemptStore(session).add(recorded(question_id))
    start = threading.Barrier(6)
    won: list[str] = []

    def claim(name: str) -> None:
        own = open_database(database.engine.url.render_as_string(hide_password=False))
        start.wait()
        with own.transaction() as session:
            if AttemptStore(session).claim("attempt-1", claimant=name, until=SOON, now=START):
                won.append(name)
        own.close()

    threads = [threading.Thread(target=claim, args=(str(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    with database.reading() as session:
        assert AttemptStore(session).get("attempt-1").claimed_by == won[0]


def test_corrections_made_at_once_lose_nothing(database: Database, bank_of: BankOf) -> None:
    """Ten people append the next version at once: each either gets it or is told to look again."""
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        AttemptStore(session).add(recorded(question_id))
    outcomes: list[str] = []

    def correct(name: str) -> None:
        try:
            with database.transaction() as session:
                store = AttemptStore(session)
                version = len(store.get("attempt-1").transcripts) + 1
                store.append_transcript("attempt-1", heard(version, name))
            outcomes.append(name)
        except ConflictError:
            outcomes.append("refused")

    threads = [threading.Thread(target=correct, args=(f"person {n}",)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 10
    with database.reading() as session:
        stored = AttemptStore(session).get("attempt-1").transcripts
    assert sorted(found.text for found in stored) == sorted(
        name for name in outcomes if name != "refused"
    )
    assert [found.version for found in stored] == list(range(1, len(stored) + 1))
