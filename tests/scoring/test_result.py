"""A judgement survives storage: JSON and back gives the same record, whichever kind it is."""

import msgspec

from voicecoach.attempt import Attempt
from voicecoach.scoring.evidence import Absence, Evidence, Measurement, Quote
from voicecoach.scoring.result import (
    Advice,
    Criterion,
    CriterionName,
    Judgement,
    Measure,
    Score,
    Unscoreable,
)

QUOTE = Quote(
    quote="cut it by half",
    start_char=3,
    end_char=17,
    start_seconds=1.5,
    end_seconds=2.25,
    transcript_version=1,
)
MEASUREMENT = Measurement(
    name="speech_rate",
    value=150.0,
    unit="words/minute",
    start_seconds=0.0,
    end_seconds=60.0,
    transcript_version=1,
)
ABSENCE = Absence(
    looked_for="a result",
    start_char=0,
    end_char=20,
    start_seconds=None,
    end_seconds=None,
    transcript_version=1,
)
SCORE = Score(
    overall=61.5,
    criteria=(
        Criterion(
            name=CriterionName.DELIVERY,
            level=3.5,
            not_measured=None,
            weight=100.0,
            anchor="Easy to follow",
            evidence=(QUOTE, MEASUREMENT, ABSENCE),
            measures=(
                Measure(
                    name="pace", level=5, weight=6.0, not_measured=None, evidence=(MEASUREMENT,)
                ),
            ),
        ),
    ),
    advice=(
        Advice(
            text="Say what came of it.",
            criterion=CriterionName.STRUCTURE,
            gain=12.5,
            because=(ABSENCE,),
        ),
    ),
    follow_up="What was the result?",
    follow_up_because=(ABSENCE,),
    capped_by=None,
    rubric_version="1",
    transcript_version=1,
    outline_version=None,
    encoder=None,
)


def test_each_kind_of_evidence_reads_back_as_what_it_was() -> None:
    stored = msgspec.json.encode((QUOTE, MEASUREMENT, ABSENCE))

    assert msgspec.json.decode(stored, type=tuple[Evidence, ...]) == (QUOTE, MEASUREMENT, ABSENCE)
    assert [entry["kind"] for entry in msgspec.json.decode(stored)] == [
        QUOTE.kind,
        MEASUREMENT.kind,
        ABSENCE.kind,
    ]


def test_a_score_and_a_refusal_read_back_as_what_they_were() -> None:
    refusal = Unscoreable(reasons=("Nobody spoke.",), rubric_version="1", transcript_version=None)
    decoder = msgspec.json.Decoder(Judgement)

    for judgement in (SCORE, refusal):
        assert decoder.decode(msgspec.json.encode(judgement)) == judgement


def test_an_attempt_with_judgements_is_decodable() -> None:
    msgspec.json.Decoder(Attempt)


def test_a_score_of_rubric_1_which_kept_no_weights_reads_back() -> None:
    stored = msgspec.json.decode(msgspec.json.encode(SCORE))
    del stored["weights"], stored["cut_points"]
    read = msgspec.json.decode(msgspec.json.encode(stored), type=Judgement)
    assert read == SCORE
    assert isinstance(read, Score)
    assert (read.rubric_version, read.weights, read.cut_points) == ("1", {}, None)
