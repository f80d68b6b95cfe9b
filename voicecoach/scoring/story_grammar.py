"""The small words by which a told story shows who did something and when: persons and tense.

English; lists written for this project.
"""

from typing import Final

from voicecoach.scoring.vocabulary import IRREGULAR_PASTS, word_set

SINGULAR_SPEAKER: Final = word_set("i i'm i've i'd i'll")
PLURAL_SPEAKER: Final = word_set("we we're we've we'd we'll")
SPEAKER: Final = SINGULAR_SPEAKER | PLURAL_SPEAKER

SPEAKER_AS_OBJECT: Final = word_set("me us")
"""With these in it, what others did has to do with the speaker ("she backed me")."""

OTHER_PERSON: Final = word_set(
    """
    he she manager boss colleague colleagues teammate teammates supervisor director lead leader
    engineer engineers developer developers mentor predecessor coworker nurse doctor teacher
    """
)
"""Somebody else whose doing is not the speaker's."""

COLLEAGUES: Final = OTHER_PERSON - word_set("he she nurse doctor teacher")
"""Those with whom the speaker works: what they did is no outcome of the speaker's deeds."""

SUBJECTS: Final = word_set(
    """
    they he she it there this these those everyone everybody nobody somebody someone people
    the a an my our their his her its he's she's they're it's
    """
)
"""With these a clause opens that has a subject of its own."""

NOBODY: Final = word_set("nobody no-one none neither")
"""Subjects that deny their verb and still tell how things were ("nobody measured it")."""

CONNECTORS: Final = word_set(
    "and then so also but or next finally afterwards later eventually first second "
    "third now instead basically actually immediately initially"
)
"""Words that may stand before a verb whose subject is carried on ("and then built")."""

OPENERS: Final = CONNECTORS | word_set(
    "yeah yes well okay ok anyway because since honestly luckily fortunately unfortunately"
)
"""Words that may stand before the subject of a clause."""

BACKGROUND: Final = word_set("before because while when where if although though as until")
"""With these a clause tells what went along with something else, not what came after."""

BEINGS: Final = word_set("was were is are been became got")
PRESENT_BEINGS: Final = word_set("am is are be i'm we're they're you're it's that's isn't aren't")
"""Behind these a word in -ed tells how something is, not what was ("I'm motivated")."""
REACH_OF_BEING: Final = 3
"""So many words a being may stand before its -ed word ("are usually scared or tired")."""

PERFECTS: Final = word_set("has have hasn't haven't it's he's she's they've we've that's")
"""With a past participle behind them they tell what holds until today ("it has been full")."""

NOW: Final = word_set("now still today nowadays since")

HABITS: Final = word_set(
    "always usually often generally typically normally sometimes regularly constantly whenever"
)
"""With these a verb tells a habit, not an occasion."""

PAST_NEGATIONS: Final = word_set("didn't wasn't weren't couldn't hadn't")
"""They tell circumstances of the past ("nobody's fault, the team didn't know")."""

_NOT_PAST: Final = word_set("indeed proceed exceed succeed speed hundred feed need seed breed")


_MORE_PASTS: Final = word_set(
    """
    gone done swept bent lit laid lay bound undid redid misread misheard blew tore sank swam sang
    stung spun wound ground hurt cost oversaw reset recast dug clung swung sprang shone slid wept
    fled crept dealt knelt leapt burnt spelt spilt strode swore bore forbade forgave foresaw mistook
    outgrew overheard overran rebuilt repaid resold retook rethought withstood upheld
    """
)
"""Irregular past forms of spoken stories that the table of stems has no need of."""


def is_past(word: str) -> bool:
    """Tell whether a plain word looks like a past form ("built", "asked")."""
    if word in IRREGULAR_PASTS or word in _MORE_PASTS:
        return True
    return len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST


def tells_past(words: tuple[str, ...], place: int) -> bool:
    """Tell whether a word is a past verb and not what something is ("I'm very structured")."""
    return is_past(words[place]) and not (
        PRESENT_BEINGS & set(words[max(0, place - REACH_OF_BEING) : place])
    )
