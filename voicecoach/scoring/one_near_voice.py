"""Whether the sound is one person near the microphone, or many voices, or one across the room.

Refusing a person is worse than scoring a television, so each rule asks for several signs at once.
What they can't tell apart: a television so near that it sounds like a person, and a voice across
the room in noise less than about 10 dB below it. Both are scored as what they say: of televisions
across the room made from voices that no threshold was chosen on, about two in five were.
"""

from typing import Final

from voicecoach.scoring.rubric import RUBRIC
from voicecoach.speech.acoustics import SoundMeasures

LEAST_SECONDS: Final = RUBRIC.number("least_lasting")
"""From the first word to the last; shorter speech is not told apart."""

NARROW_RANGE: Final = RUBRIC.number("narrow_range")
SEVERAL_RANGE: Final = RUBRIC.number("several_range")
VERY_NARROW_RANGE: Final = RUBRIC.number("very_narrow_range")
"""How close together (dB) levels within speech lie: in a far voice, in several voices that fill
each other's gaps, in a voice that is far however much it sounds like one."""

UNBROKEN_SHARE: Final = RUBRIC.number("unbroken_share")
"""How much of the time from first to last word speech takes up where several voices speak."""

HIDDEN_PITCH: Final = RUBRIC.number("hidden_pitch")
BLURRED_PITCH: Final = RUBRIC.number("blurred_pitch")
"""Median periodicity below which several voices hide each other's pitch, and above which a fading
voice is near all the same."""

FADING: Final = RUBRIC.number("fading")
SLIGHT_FADING: Final = RUBRIC.number("slight_fading")
"""From how many dB on sounds fade much slower than they begin, and how few are enough against a
voice that is blurred within a very narrow range."""

BLURRED: Final = RUBRIC.number("blurred")
"""Mean voice-activity probability below which a fading voice is far away.

What was measured for each stands in rubric.toml."""

SEVERAL_VOICES: Final = (
    "Several voices at once were heard, and none of them stands out. "
    "Find a quieter place or move closer to the microphone, and answer again."
)
FAR_VOICE: Final = (
    "The voice is far from the microphone, as from a television or across a room. "
    "Switch off what else is talking, move closer to the microphone and answer again."
)


def reason_against_the_voice(sound: SoundMeasures) -> str | None:
    """Return why the voice is none of one person near the microphone; None where it may be one.

    Recordings too short to tell, or measured before voicecoach knew how, have no reason.
    """
    near = sound.nearness
    if near is None or not sound.speech or near.level_range >= SEVERAL_RANGE:
        return None
    lasting = sound.speech[-1].end_seconds - sound.speech[0].start_seconds
    if lasting < LEAST_SECONDS:
        return None
    if sound.speaking_seconds >= UNBROKEN_SHARE * lasting and near.periodicity < HIDDEN_PITCH:
        return SEVERAL_VOICES
    if near.level_range >= NARROW_RANGE or near.periodicity >= BLURRED_PITCH:
        return None
    very_narrow = near.level_range < VERY_NARROW_RANGE
    blurred = sound.speech_probability < BLURRED
    fades = near.fading >= (SLIGHT_FADING if very_narrow and blurred else FADING)
    return FAR_VOICE if fades and (very_narrow or blurred) else None
