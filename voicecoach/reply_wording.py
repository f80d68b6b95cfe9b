"""What a sentence of a reply seems to say by its words alone: plain cue lists. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from voicecoach import reply_cues as cues
from voicecoach.scoring.result import CriterionName


class Nature(StrEnum):
    """What a sentence of a reply seems to be."""

    PRAISE = "praise"
    CRITICISM = "criticism"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """One thing a sentence says in words that are known: `cue` are these words.

    `criterion` is None where none was recognised.
    """

    nature: Nature
    criterion: CriterionName | None
    cue: str


def worded_in(sentence: str) -> tuple[Worded, ...]:
    """Return what a sentence says in known words: praise, a fault, both or nothing."""
    if cues.SAYS_NOTHING.search(sentence):
        return ()
    found: list[Worded] = []
    if praised := _praise_in(sentence):
        found.append(Worded(nature=Nature.PRAISE, criterion=None, cue=praised))
    fault = _fault_in(sentence)
    if fault is not None:
        found.append(Worded(nature=Nature.CRITICISM, criterion=fault[0], cue=fault[1]))
    return tuple(found)


def _fault_in(text: str) -> tuple[CriterionName, str] | None:
    """Return the criterion a sentence finds fault with, and by which words; the first cue wins."""
    faults = [
        (found.start(), criterion, found[0])
        for criterion, pattern in cues.FAULTS.items()
        if (found := pattern.search(text)) is not None
    ]
    if nervous := cues.NERVES.search(text):
        faults.append((nervous.start(), CriterionName.DELIVERY, nervous[0]))
    _, criterion, cue = min(faults, key=lambda fault: fault[0], default=(0, None, ""))
    if criterion is not None and criterion is not CriterionName.COVERAGE:
        return criterion, cue
    wanted = _topic_wanted_in(text)
    # "We would have liked to hear more examples" is about examples more than about a point missed.
    return wanted or (None if criterion is None else (criterion, cue))


def _topic_wanted_in(text: str) -> tuple[CriterionName, str] | None:
    """Return the criterion of which a sentence wants more, and by which words."""
    for clause in (*cues.clauses_of(text), text):
        if not cues.WANTED.search(clause):
            continue
        for criterion, pattern in cues.TOPICS.items():
            if found := pattern.search(clause):
                return criterion, found[0]
    return None


def _praise_in(text: str) -> str:
    """Return the words by which a sentence praises the person; "" where it does not."""
    if cues.EMPTY.search(text):
        return ""
    for clause in cues.clauses_of(text):
        found = cues.PRAISE.search(clause)
        if found and not cues.CANCELS_PRAISE.search(clause):
            return found[0]
    return ""
