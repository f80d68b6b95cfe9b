"""What each sentence of a reply seems to say about the person. A suggestion, never a decision.

Plain cue lists (`reply_cues.py`) say whether a sentence praises or wants something, and which
criterion of the rubric it is about. The person confirms, changes or drops every one. Pure.
"""

from dataclasses import dataclass
from enum import StrEnum

from voicecoach import reply_cues as cues
from voicecoach.reply_sentences import Sentence, sentences_of
from voicecoach.scoring.result import CriterionName


class Nature(StrEnum):
    """What a sentence of a reply seems to be."""

    PRAISE = "praise"
    CRITICISM = "criticism"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a sentence seems to say. `quote` is the sentence exactly as it was written.

    `criterion` is None where none was recognised; `cue` are the words by which it was found.
    """

    quote: str
    start: int
    end: int
    nature: Nature
    criterion: CriterionName | None
    cue: str


def findings_of(reply: str) -> tuple[Finding, ...]:
    """Return what a reply seems to say about the person, in the order of its sentences.

    Args:
        reply: the reply itself, without greeting, signature and quoted mail.
    """
    return tuple(finding for sentence in sentences_of(reply) for finding in _of(sentence))


def _of(sentence: Sentence) -> list[Finding]:
    text = sentence.text
    if cues.SAYS_NOTHING.search(text):
        return []
    found: list[Finding] = []
    if praised := _praise_in(text):
        found.append(_finding(sentence, Nature.PRAISE, None, praised))
    fault = _fault_in(text)
    if fault is not None:
        found.append(_finding(sentence, Nature.CRITICISM, *fault))
    return found


def _finding(
    sentence: Sentence, nature: Nature, criterion: CriterionName | None, cue: str
) -> Finding:
    return Finding(
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        nature=nature,
        criterion=criterion,
        cue=cue,
    )


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
