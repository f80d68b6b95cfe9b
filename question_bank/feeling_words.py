"""Words for feelings after an interview, and words that say how strong they are.

The list is our own, after the families that emotion lexicons share (anger, fear, sadness, shame,
surprise, joy, trust, tiredness); words with another common meaning in an interview ("good",
"fine", "interested") are left out. The level of a bare word is 3, of a few that say more by
themselves 4 or 5.
"""

from typing import Final

from question_bank.word_lists import word_set

ORDINARY: Final = 3
"""Strength of a feeling that nothing is said about, 1 (faint) to 5 (overwhelming)."""

FEELINGS: Final = word_set("""
    afraid angry annoyed anxious ashamed awkward bitter bored calm cheated cheerful confident
    confused content defeated defensive deflated demoralised demoralized depressed desperate
    disappointed discouraged disheartened dismayed drained dumb embarrassed emotional empty
    encouraged excited exhausted flat flustered foolish frightened frustrated glad grateful guilty
    happy helpless hopeful hopeless hurt ignored inadequate insecure insulted intimidated irritated
    jealous lonely lost low mad miserable mortified nervous numb offended optimistic overwhelmed
    panicked panicky patronised pessimistic pleased positive powerless proud rattled rejected
    relaxed relieved resentful sad scared shaken shaky shattered shocked shy sick small stressed
    stunned stupid surprised tearful tense tired uncomfortable uneasy unhappy unsure upset useless
    vulnerable weary worn worried worthless
    crushed devastated furious gutted heartbroken humiliated terrified
    """)

STRONG_BY_THEMSELVES: Final = {
    "crushed": 5,
    "devastated": 5,
    "furious": 5,
    "gutted": 4,
    "heartbroken": 5,
    "humiliated": 4,
    "mortified": 4,
    "shattered": 4,
    "terrified": 5,
}

INTENSITIES: Final = {
    2: "a bit|a little|a little bit|slightly|somewhat|kind of|sort of|mildly|fairly|not too"
    "|faintly",
    4: "really|very|so|pretty|quite|rather|deeply|properly|terribly|awfully|genuinely|seriously"
    "|super|too",
    5: "absolutely|completely|totally|extremely|incredibly|utterly|unbelievably|thoroughly|beyond",
}
"""Phrases before a feeling that say how strong it was."""
