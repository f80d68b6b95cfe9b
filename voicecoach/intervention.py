"""What an interviewer did while an answer was recorded, and the answer without it. Pure.

The interviewer's own words come through the loudspeaker into the recording, and the silence they
leave is theirs. Neither is the person's: it is left out of the words and out of the pauses. The
recording itself keeps everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, transcript_from_words


class InterventionKind(StrEnum):
    """What the interviewer did: broke in with words, or said nothing where words were expected."""

    INTERRUPTION = "interruption"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """One thing the interviewer did, in seconds of the recording; `words` are what they said.

    `played` is false for words that nobody has told to have come through the loudspeaker: a page
    that was closed, a voice that does not work. They are nowhere in the sound, so nothing of the
    person's is left out for them.
    """

    kind: InterventionKind
    start_seconds: float
    end_seconds: float
    words: str = ""
    played: bool = True

    @property
    def span(self) -> Span:
        """Where in the recording it lies."""
        return Span(start_seconds=self.start_seconds, end_seconds=self.end_seconds)


def words_of_the_person(
    transcript: Transcript, interventions: Sequence[Intervention]
) -> Transcript:
    """Return what was heard without what the interviewer said.

    A word whose middle lies in an interruption is left out: two voices at once can't be told
    apart. The words of a person who goes on after a silence stay. Words without times stay.
    """
    spans = _spoken_over(interventions)
    kept = [
        word
        for word in transcript.words
        if word.start_seconds is None
        or word.end_seconds is None
        or not _inside(spans, (word.start_seconds + word.end_seconds) / 2)
    ]
    if len(kept) == len(transcript.words):
        return transcript
    made = transcript_from_words(
        [(word.text, word.start_seconds, word.end_seconds, word.probability) for word in kept],
        version=transcript.version,
        source=transcript.source,
    )
    return replace(transcript, text=made.text, words=made.words)


def sound_of_the_person(
    sound: SoundMeasures, interventions: Sequence[Intervention]
) -> SoundMeasures:
    """Return what was measured without what the interviewer did.

    Speech and possible filled pauses inside an interruption are the interviewer's; a pause that an
    intervention lies in or touches is theirs too, the person waited. Levels stay: they are means
    over the whole recording, of which an interruption is a few seconds.
    """
    spans = [one.span for one in interventions if one.played]
    if not spans:
        return sound
    spoken_over = _spoken_over(interventions)
    stretches = sound.vocalic_stretches
    return replace(
        sound,
        speech=tuple(piece for span in sound.speech for piece in _left_of(span, spoken_over)),
        pauses=tuple(
            pause for pause in sound.pauses if not any(_meet(pause, span) for span in spans)
        ),
        interviewer=tuple(spans),
        vocalic_stretches=None
        if stretches is None
        else tuple(
            one
            for one in stretches
            if not _inside(spoken_over, (one.start_seconds + one.end_seconds) / 2)
        ),
    )


def _spoken_over(interventions: Sequence[Intervention]) -> list[Span]:
    """Return where the interviewer's voice is in the sound."""
    return [
        one.span
        for one in interventions
        if one.kind is InterventionKind.INTERRUPTION and one.played
    ]


def _inside(spans: Iterable[Span], seconds: float) -> bool:
    return any(span.start_seconds <= seconds <= span.end_seconds for span in spans)


def _meet(first: Span, second: Span) -> bool:
    return first.start_seconds <= second.end_seconds and second.start_seconds <= first.end_seconds


def _left_of(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Return what is left of a span once others are cut out of it, in order."""
    left = [span]
    for hole in holes:
        left = [
            piece
            for whole in left
            for piece in (
                Span(
                    start_seconds=whole.start_seconds,
                    end_seconds=min(whole.end_seconds, hole.start_seconds),
                ),
                Span(
                    start_seconds=max(whole.start_seconds, hole.end_seconds),
                    end_seconds=whole.end_seconds,
                ),
            )
            if piece.seconds > 0
        ]
    return left
