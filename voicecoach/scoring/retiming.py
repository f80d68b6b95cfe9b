"""A judgement whose quotes lie where its words are now known to lie in the sound.

Times of a transcript version are refined once its words have been aligned with the recording.
Levels and quotes are about words and stay; only where they are heard moves.
"""

import dataclasses
from bisect import bisect_left, bisect_right
from typing import Any

import msgspec

from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.result import Judgement
from voicecoach.speech.transcript import Transcript


def at_times_of(judgement: Judgement, transcript: Transcript) -> Judgement:
    """Return a judgement with each quote and absence at the seconds its words have.

    Evidence in another version of the transcript stays as it is, and so do measurements: they are
    of the sound.

    Args:
        judgement: what was judged.
        transcript: the version whose times are new, its text as it was judged.
    """
    moved: Judgement = _moved(judgement, transcript)
    return moved


def _moved(value: Any, transcript: Transcript) -> Any:
    """Rebuild records and tuples around the evidence in them; all else is itself."""
    if isinstance(value, Quote | Absence):
        return _timed(value, transcript)
    if isinstance(value, tuple):
        return tuple(_moved(item, transcript) for item in value)
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value)
        changed = {name: _moved(field, transcript) for name, field in fields.items()}
        return msgspec.structs.replace(value, **changed)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        changed = {name: _moved(getattr(value, name), transcript) for name in names}
        return dataclasses.replace(value, **changed)
    return value


def _timed(found: Quote | Absence, transcript: Transcript) -> Quote | Absence:
    """Give evidence the start of its first word and the end of its last one."""
    if found.transcript_version != transcript.version or not transcript.words:
        return found
    first = bisect_right([w.start_char for w in transcript.words], found.start_char) - 1
    last = bisect_left([w.end_char for w in transcript.words], found.end_char)
    return msgspec.structs.replace(
        found,
        start_seconds=transcript.words[max(first, 0)].start_seconds,
        end_seconds=transcript.words[min(last, len(transcript.words) - 1)].end_seconds,
    )
