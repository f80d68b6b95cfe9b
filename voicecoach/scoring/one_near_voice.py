"""Whether the sound is one person near the microphone, or many voices, or one across the room.

Refusing a person is worse than scoring a television, so each rule asks for several signs at once.
What they can't tell apart: a television so near that it sounds like a person, and a voice across
the room in noise as loud as 6 dB below it. Both are scored as what they say.
"""

from typing import Final

from voicecoach.speech.acoustics import SoundMeasures

LEAST_SECONDS: Final = 8.0
"""From the first word to the last. Thirty words take so long at 225 words per minute, and in less
even one person may go without a breath."""

NARROW_RANGE: Final = 20.0
"""Levels within speech that lie closer together (dB) are no near voice in a quiet room. Measured
on synthetic voices and eleven real ones: one near voice 21–40, with noise 10 to 15 dB below it
13–22; several voices 9–19, a television across the room 7–19."""

UNBROKEN_SHARE: Final = 0.97
"""Speech takes up so much of the time from first to last word where several voices fill each
other's gaps. Measured: three to eight voices .98–1.00; one voice .4–.9, and more only where it is
short or others talk quietly behind it."""

HIDDEN_PITCH: Final = 0.78
"""Median periodicity below which several voices hide each other's pitch. Measured: three to eight
voices .51–.77; real readers with noise 10 dB below .80–.91 (improvised speech in a noisy room .49,
which has breaks)."""

FADING: Final = 4.3
"""From here on (dB) sounds fade much slower than they begin. Measured: a television across the
room 4.8–12.6; near voices in noise −4–4; an answer in a small room, noise 10 dB below, 2–4."""

SLIGHT_FADING: Final = 2.4
"""So little (dB) is enough against a voice that is blurred within a very narrow range too, as
fading drowns in noise. Measured: televisions with noise 9 dB below 1.0–4.1; real voices in such
noise 1.2–2.6, which are not blurred."""

VERY_NARROW_RANGE: Final = 14.0
"""Fading within so narrow a range (dB) is a voice far away, however much it sounds like one.
Measured: fading answers near the microphone in a small room with noise 15.6 and more."""

BLURRED: Final = 0.86
"""Mean voice-activity probability below which a fading voice is far away. Measured: a television
across the room .35–.89; answers in a small room, noise 10 to 20 dB below, .88–.97."""

BLURRED_PITCH: Final = 0.82
"""Median periodicity above which a fading voice is near all the same. Measured: televisions across
the room .56–.79; answers in a small room .73–.94."""

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
    if near is None or not sound.speech or near.level_range >= NARROW_RANGE:
        return None
    lasting = sound.speech[-1].end_seconds - sound.speech[0].start_seconds
    if lasting < LEAST_SECONDS:
        return None
    if sound.speaking_seconds >= UNBROKEN_SHARE * lasting and near.periodicity < HIDDEN_PITCH:
        return SEVERAL_VOICES
    if near.periodicity >= BLURRED_PITCH:
        return None
    very_narrow = near.level_range < VERY_NARROW_RANGE
    blurred = sound.speech_probability < BLURRED
    fades = near.fading >= (SLIGHT_FADING if very_narrow and blurred else FADING)
    return FAR_VOICE if fades and (very_narrow or blurred) else None
