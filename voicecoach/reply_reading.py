"""What each sentence of a reply seems to say about the person. A suggestion, never a decision.

With the sentence encoder a fitted layer judges what a sentence means (`reply_meaning.py`); without
it plain cue lists look for words that are known (`reply_wording.py`), and find fewer. Every finding
is a sentence of theirs as it stands. The person confirms, changes or drops every one. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.reply_meaning import MeaningReader, Meant, meant_by
from voicecoach.reply_sentences import Sentence, sentences_of
from voicecoach.reply_wording import Nature, Worded, worded_in
from voicecoach.scoring.result import CriterionName


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a sentence seems to say. `quote` is the sentence exactly as it was written.

    `criterion` is None where none was recognised; `cue` are the words by which it was found, ""
    where it was found by what the sentence means as a whole.
    """

    quote: str
    start: int
    end: int
    nature: Nature
    criterion: CriterionName | None
    cue: str


def findings_of(reply: str, reader: MeaningReader | None = None) -> tuple[Finding, ...]:
    """Return what a reply seems to say about the person, in the order of its sentences.

    Args:
        reply: the reply itself, without greeting, signature and quoted mail.
        reader: the sentence encoder and the layer fitted to it; without it cue words decide.
    """
    sentences = sentences_of(reply)
    worded = [worded_in(one.text) for one in sentences]
    if reader is None:
        said: Sequence[Sequence[Worded]] = worded
    else:
        meant = meant_by([one.text for one in sentences], reader)
        said = [_with_cues(*both) for both in zip(meant, worded, strict=True)]
    return tuple(
        _finding(sentence, one)
        for sentence, found in zip(sentences, said, strict=True)
        for one in found
    )


def _with_cues(meant: Sequence[Meant], worded: Sequence[Worded]) -> list[Worded]:
    cues = {one.nature: one.cue for one in worded}
    return [
        Worded(nature=one.nature, criterion=one.criterion, cue=cues.get(one.nature, ""))
        for one in meant
    ]


def _finding(sentence: Sentence, said: Worded) -> Finding:
    return Finding(
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        nature=said.nature,
        criterion=said.criterion,
        cue=said.cue,
    )
