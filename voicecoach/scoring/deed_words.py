"""Which verbs report something done, and which a state, a feeling or a circumstance.

English; lists written for this project.
"""

from typing import Final

from voicecoach.scoring.story_grammar import is_past
from voicecoach.scoring.vocabulary import word_set

STATES: Final = word_set(
    """
    was were had knew thought felt believed wanted needed liked loved hated hoped wished seemed
    appeared understood remembered forgot owned belonged meant preferred enjoyed worried feared
    expected assumed supposed guessed saw heard noticed realised realized became grew lived
    happened stayed struggled tended failed lost got studied graduated joined faced inherited
    used learned learnt woke slept ate came left been
    """
)
"""Past verbs that report a state, a feeling or a circumstance rather than something done."""

DONE_UNLESS_FOLLOWED_BY: Final = {
    "worked": word_set("at for as in with"),
    "started": word_set("at for as in"),
    "used": word_set("to"),
    "did": word_set("was not"),
}
"""Verbs that are deeds but for what follows ("I worked at a bank", "I used to")."""

DONE_IF_FOLLOWED_BY: Final = {
    "got": word_set(
        "everyone everybody them him her people together rid agreement approval permission quotes"
        " prices replaced"
    ),
    "left": word_set("note notes message messages"),
    "learned": word_set("how to"),
    "learnt": word_set("how to"),
    "saw": word_set("that to through"),
}
"""States that these words behind them make deeds ("I got everyone together", "I left a note")."""
REACH_OF_OBJECT: Final = 3
"""Most words between such a verb and the word that makes it a deed."""

TALKS: Final = word_set(
    "meeting meetings conversation conversations chat call calls discussion discussions word"
    " interview interviews workshop one-to-one session"
)
"""With these, "I had" is something done ("I had a chat with her")."""

BETWEEN_SUBJECT_AND_VERB: Final = word_set(
    """
    also then just first actually both all together had have did eventually finally immediately
    quickly personally always even soon again now next still like kind sort of went ahead and
    basically really kinda sorta already only simply carefully later myself ourselves each
    the a it there them
    """
)

TELLS_ON: Final = word_set("so then first next afterwards")
"""With these a story goes on, also in the present tense ("so I call the supplier")."""

EMPTY_OBJECTS: Final = word_set(
    """
    thing things stuff something everything anything job jobs task tasks work works best bit lot
    lots many several various different important useful good great whatever
    situation situations action actions result results outcome outcomes goal goals
    structure star step steps deed deeds
    """
)
"""What names nothing that was done: "I did ten things", "I took several actions"."""

EMPTY_VERBS: Final = word_set("did do done")
"""Verbs that say nothing without an object that does ("I did it", "I did this and that")."""

ENDS_OBJECT: Final = word_set(
    "in at on for with during about because when while to from by and but so as every sometimes"
)
"""Words behind which no object of the verb stands any more."""

SPEECH: Final = word_set(
    "told tell asked ask said say explained promised offered agreed suggested wrote knew made"
)
"""Behind these a clause may say what was said: it goes with them ("I told her | we'd watch it")."""

OCCASIONS: Final = (
    "one day",
    "one night",
    "one morning",
    "one evening",
    "halfway through",
    "suddenly",
    "all of a sudden",
    "this one time",
    "so there's this",
    "so there is this",
)
"""In a clause without a past verb they open a story that is told in the present."""

MODALS: Final = word_set("would will could should might can i'd i'll we'd we'll 'd")
AFTER_MODAL: Final = word_set(
    """
    also then just first probably definitely certainly maybe perhaps always want need have try
    like to make sure and start by of all immediately quickly actually personally next finally
    still again either
    """
)
"""Words that may stand between "would" and the verb that says what would be done."""

NO_DEED: Final = word_set(
    """
    be have like love think feel know want need hope prefer expect guess imagine suppose say
    become seem believe wish enjoy mean not never been understand able admire care value respect
    appreciate thrive excel live tend remember come agree disagree belong own matter depend work
    consider look see hear hate miss deserve lack trust doubt notice realise realize
    the a an my our this that it they he she we i you
    """
)
"""Base verbs that report no deed after "I would" or, in the present, after "I"."""


def is_deed(word: str) -> bool:
    """Tell whether a plain word is a past form of something done, not a state."""
    return is_past(word) and word not in STATES
