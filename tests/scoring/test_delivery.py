"""Delivery is measured on the sound: pace, pauses, length, hedges, repeats."""

import pytest

from tests.scoring.speaking import sound_of, speak
from voicecoach.scoring.delivery import Delivery, measure_delivery
from voicecoach.scoring.evidence import Measurement, Quote
from voicecoach.scoring.hedging import find_hedges
from voicecoach.scoring.repetition import find_repeats
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import DeliveryMeasure
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import typed_transcript

SENTENCE_WORDS = 8


def text_of(words: int) -> str:
    """Return so many words in sentences of eight; no long run comes twice."""
    sentences = (f"On day {number} we checked route {number + 1} again." for number in range(100))
    return " ".join(" ".join(sentences).split()[:words])


def measure(delivery: Delivery, name: DeliveryMeasure) -> Measure:
    return next(measure for measure in delivery.measures if measure.name == name.value)


def value(measured: Measure, name: str) -> float:
    return next(
        piece.value
        for piece in measured.evidence
        if isinstance(piece, Measurement) and piece.name == name
    )


@pytest.mark.parametrize(
    ("words_per_minute", "level"),
    [(150, 5), (128, 4), (190, 4), (118, 3), (200, 3), (108, 2), (215, 2), (90, 1), (240, 1)],
)
def test_each_level_of_pace(words_per_minute: float, level: int) -> None:
    transcript, sound = speak(text_of(150), words_per_minute=words_per_minute)

    pace = measure(measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.PACE)

    assert pace.level == level
    assert value(pace, "speech_rate") == pytest.approx(words_per_minute, rel=0.03)


def test_one_long_silence_does_not_make_the_pace_slow() -> None:
    transcript, sound = speak(text_of(150), pauses_before={7: 30.0})

    pace = measure(measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.PACE)

    assert pace.level == 5
    assert value(pace, "articulation_rate") == pytest.approx(150, rel=0.03)


def test_fillers_do_not_count_as_words_of_the_pace() -> None:
    plain_transcript, sound = speak(text_of(100), words_per_minute=140)
    words = plain_transcript.text.split()
    with_fillers = " ".join(f"um {word}" if n % 10 == 0 else word for n, word in enumerate(words))
    transcript, sound = speak(with_fillers, words_per_minute=154)

    pace = measure(measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.PACE)

    assert value(pace, "speech_rate") == pytest.approx(140, rel=0.03)


def inside(sentences: int) -> list[int]:
    """Return the place of a word in the middle of each of the first sentences."""
    return [3 + SENTENCE_WORDS * number for number in range(sentences)]


@pytest.mark.parametrize(("pauses", "level"), [(0, 5), (1, 5), (2, 4), (3, 3), (4, 2), (6, 1)])
def test_each_level_of_silent_pauses(pauses: int, level: int) -> None:
    # 150 words at 150 a minute: about one minute, and the first pause is free.
    transcript, sound = speak(text_of(150), pauses_before=dict.fromkeys(inside(pauses), 1.2))

    silent = measure(
        measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.SILENT_PAUSES
    )

    assert silent.level == level
    spans = [piece for piece in silent.evidence if isinstance(piece, Measurement)][1:]
    assert len(spans) == pauses
    assert all(span.value == pytest.approx(1.2, abs=0.05) for span in spans)
    assert [span.name for span in spans[:1]] == ["first_thinking_pause"][:pauses]


def test_a_pause_at_the_end_of_a_sentence_counts_less_than_one_inside() -> None:
    between, between_sound = speak(text_of(150), pauses_before=dict.fromkeys([8, 16, 24], 1.5))
    within, within_sound = speak(text_of(150), pauses_before=dict.fromkeys(inside(3), 1.5))

    at_ends = measure(
        measure_delivery(between, between_sound, target_seconds=60), DeliveryMeasure.SILENT_PAUSES
    )
    in_clauses = measure(
        measure_delivery(within, within_sound, target_seconds=60), DeliveryMeasure.SILENT_PAUSES
    )

    assert value(at_ends, "silent_pauses") < value(in_clauses, "silent_pauses")


def test_pauses_below_a_second_do_not_count() -> None:
    transcript, sound = speak(text_of(150), pauses_before=dict.fromkeys(inside(4), 0.9))

    silent = measure(
        measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.SILENT_PAUSES
    )

    assert silent.level == 5


@pytest.mark.parametrize(
    ("target", "level"),
    [(60, 5), (52, 5), (110, 4), (42, 4), (150, 3), (36, 3), (280, 2), (28, 2), (400, 1), (20, 1)],
)
def test_each_level_of_length(target: int, level: int) -> None:
    transcript, sound = speak(text_of(150))

    length = measure(
        measure_delivery(transcript, sound, target_seconds=target), DeliveryMeasure.LENGTH
    )

    assert length.level == level


def test_saying_it_twice_does_not_make_an_answer_long_enough() -> None:
    once = text_of(75)
    transcript, sound = speak(f"{once} {once}")
    single, single_sound = speak(once)

    twice = measure(measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.LENGTH)
    single_length = measure(
        measure_delivery(single, single_sound, target_seconds=60), DeliveryMeasure.LENGTH
    )

    assert twice.level == single_length.level


@pytest.mark.parametrize(("hedges", "level"), [(0, 5), (1, 4), (2, 3), (3, 2), (5, 1)])
def test_each_level_of_hedging(hedges: int, level: int) -> None:
    transcript, sound = speak(text_of(120) + " maybe then" * hedges)

    hedging = measure(
        measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.HEDGING
    )

    assert hedging.level == level
    assert sum(isinstance(piece, Quote) for piece in hedging.evidence) == hedges


def test_kinds_and_sorts_of_things_are_no_hedges() -> None:
    hedges = find_hedges(
        typed_transcript("This kind of work was kind of new, I guess, and a sort of test, maybe.")
    )

    assert [hedge.quote for hedge in hedges] == ["kind of", "I guess,", "maybe."]


@pytest.mark.parametrize(("repeats", "level"), [(0, 5), (2, 4), (4, 3), (7, 2), (14, 1)])
def test_each_level_of_repetition(repeats: int, level: int) -> None:
    words = text_of(160).split()
    for place in range(repeats):
        words[3 + 8 * place] = f"{words[3 + 8 * place]} {words[3 + 8 * place]}"
    transcript, sound = speak(" ".join(words))

    repetition = measure(
        measure_delivery(transcript, sound, target_seconds=60), DeliveryMeasure.REPETITION
    )

    assert repetition.level == level


def test_repeats_are_seen_through_a_filled_pause_and_emphasis_is_none() -> None:
    transcript = typed_transcript("We had we had the um the plan and it was very very good")
    filled = [word.text == "um" for word in transcript.words]

    assert [quote.quote for quote in find_repeats(transcript, filled)] == [
        "We had we had",
        "the um the",
    ]


def test_a_typed_answer_has_no_delivery() -> None:
    delivery = measure_delivery(typed_transcript(text_of(60)), None, target_seconds=60)

    assert delivery.level is None
    assert delivery.not_measured is not None
    assert "typed" in delivery.not_measured
    assert delivery.evidence == ()


def test_words_without_times_leave_pace_and_length_to_the_sound() -> None:
    sound = sound_of([Span(start_seconds=1.0, end_seconds=61.0)], seconds=62.0)

    delivery = measure_delivery(typed_transcript(text_of(150)), sound, target_seconds=60)

    assert value(measure(delivery, DeliveryMeasure.PACE), "speech_rate") == 150
    assert measure(delivery, DeliveryMeasure.SILENT_PAUSES).level is None


def test_sound_without_a_word_has_no_delivery() -> None:
    delivery = measure_delivery(typed_transcript(""), sound_of([], seconds=5), target_seconds=60)

    assert delivery.level is None
    assert delivery.not_measured is not None


def test_delivery_is_the_weighted_mean_of_what_was_measured() -> None:
    transcript, sound = speak(text_of(150), words_per_minute=118)

    delivery = measure_delivery(transcript, sound, target_seconds=77)

    measured = [measure for measure in delivery.measures if measure.level is not None]
    total = sum(measure.weight for measure in measured)
    mean = sum((measure.level or 0) * measure.weight for measure in measured) / total
    assert delivery.level == pytest.approx(mean, abs=0.01)
    assert len(delivery.evidence) == len(measured)
