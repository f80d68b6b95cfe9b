"""Measured times take the place of estimates, and of nothing else."""

from dataclasses import replace

import msgspec
import pytest

from tests.database_fixtures import BankOf
from tests.store.attempts import ask, heard, recorded, score_of
from voicecoach.attempt import Attempt
from voicecoach.attempt_rows import stored_json, transcript_of
from voicecoach.attempt_store import AttemptStore
from voicecoach.attempt_times import refine_times
from voicecoach.database import Database
from voicecoach.errors import ConflictError
from voicecoach.scoring.evidence import quote_words
from voicecoach.scoring.result import Score
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.transcript import Transcript

CORRECTED = correct_transcript(heard(1, "she shouted at me"), "Brunhilde shouted at me")
ALIGNED = replace(
    CORRECTED,
    aligned=True,
    words=(
        replace(CORRECTED.words[0], start_seconds=0.1, end_seconds=0.45, probability=0.8),
        *CORRECTED.words[1:],
    ),
)


def quoting(transcript: Transcript) -> Score:
    """A score whose follow-up was caused by the first two words."""
    return msgspec.structs.replace(
        score_of(60),
        transcript_version=transcript.version,
        follow_up_because=(quote_words(transcript, 0, 1),),
    )


@pytest.fixture
def corrected(database: Database, bank_of: BankOf) -> Attempt:
    """An attempt that was heard, judged, corrected and judged again."""
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))
        store.append_transcript("attempt-1", heard(1, "she shouted at me"))
        store.append_judgement("attempt-1", quoting(heard(1, "she shouted at me")))
        store.append_transcript("attempt-1", CORRECTED)
        return store.append_judgement("attempt-1", quoting(CORRECTED))


def test_words_and_the_quotes_of_them_move_together(database: Database, corrected: Attempt) -> None:
    with database.transaction() as session:
        refine_times(session, corrected.id, ALIGNED)
    with database.reading() as session:
        refined = AttemptStore(session).get(corrected.id)
    assert refined.transcripts == (corrected.transcripts[0], ALIGNED)
    assert refined.judgements == (corrected.judgements[0], quoting(ALIGNED))


def test_a_judgement_on_the_measured_times_takes_the_place_of_the_one_on_estimates(
    database: Database, corrected: Attempt
) -> None:
    anew = msgspec.structs.replace(quoting(ALIGNED), overall=61.0)
    with database.transaction() as session:
        refine_times(session, corrected.id, ALIGNED, judged_anew=anew)
    with database.reading() as session:
        refined = AttemptStore(session).get(corrected.id)
        (take,) = AttemptStore(session).every_take()
    assert refined.judgements == (corrected.judgements[0], anew)
    assert take.overall == 61.0


def test_a_cut_in_between_leaves_both_as_they_were(database: Database, corrected: Attempt) -> None:
    def refine_and_die() -> None:
        with database.transaction() as session:
            refine_times(session, corrected.id, ALIGNED)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refine_and_die()
    with database.reading() as session:
        assert AttemptStore(session).get(corrected.id) == corrected


@pytest.mark.parametrize(
    "other",
    [
        replace(ALIGNED, version=3),
        replace(ALIGNED, text="Brunhilde shouted at us"),
        replace(ALIGNED, words=ALIGNED.words[1:]),
    ],
    ids=["not stored", "other text", "other words"],
)
def test_times_of_other_words_are_refused(
    database: Database, corrected: Attempt, other: Transcript
) -> None:
    with database.transaction() as session, pytest.raises(ConflictError):
        refine_times(session, corrected.id, other)


def test_words_stored_before_there_was_alignment_are_not_aligned() -> None:
    body = stored_json(CORRECTED).replace(',"aligned":false', "")
    assert "aligned" not in body
    assert transcript_of(body) == CORRECTED


def test_measured_times_are_never_replaced(database: Database, corrected: Attempt) -> None:
    with database.transaction() as session:
        refine_times(session, corrected.id, ALIGNED)
        with pytest.raises(ConflictError):
            refine_times(session, corrected.id, ALIGNED)
