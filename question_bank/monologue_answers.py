"""What a monologue says was answered: "I told them that ...", "I said ...". Pure.

Words that tell of an answer in any place (said, told them, replied) always count; weaker ones
("mentioned", "went for") only behind a question. What somebody told their husband or themselves
is no answer.
"""

import re
from typing import Final

from question_bank.monologue_text import Span, trimmed

_BETWEEN: Final = (
    r"(?:(?:then|just|only|also|kind of|sort of|kept|had to|have to|went on to|tried to|could only"
    r"|really|simply|honestly|quickly|first|started|began)(?: to)? )*"
)
_WHOM: Final = (
    r"(?:him|her|them|the (?:panel|manager|interviewer|interviewers|lady|man|woman|guy|boss|head"
    r"|owner|partner|professor|chef))"
)
_ALWAYS: Final = (
    rf"(?:said|say|saying|replied|answered|answering|responded|explained(?: to {_WHOM})?"
    rf"|told {_WHOM}|tell {_WHOM}|telling {_WHOM}|admitted|admit)"
)
_BEHIND_A_QUESTION: Final = (
    r"(?:mentioned|mention|described|listed|pitched|went for|went with|talked about|talk about"
    r"|started with|offered|suggested|named|gave(?: them| him| her)?|used)"
)
_TOLD: Final = re.compile(
    rf"(?<!what )(?<!when )(?<!how )(?<!that )\bi {_BETWEEN}"
    rf"(?P<verb>{_ALWAYS}|(?P<weak>{_BEHIND_A_QUESTION}))\b"
    r"(?:,? (?:um+|uh+|well|like|yeah|basically),?(?= ))*(?: something like)?[,:]?\s+[\"\u201c']?"
)
_ENDS: Final = re.compile(
    r",? and then (?:the |he|she|they|it)\b|,? which (?:was|is|sounded|went|made|he|she|they)\b"
    r"|,? (?:and|but|so) (?:(?:he|she|they)(?:'d)? (?!can|could)[a-z]+"
    r"|the (?:guy|boss|lady|man|woman|manager|supervisor|other|interviewer)\b"
    r"|i (?:was|felt|feel|got|froze|could see|could tell|did not|didn't|couldn't|don't)\b|i'm\b"
    r"|that (?:was|went)\b|it (?:was|went)\b)"
    r"|,? but then\b|,? then (?:he|she|they|the)\b"
)
_NOTHING_SAID: Final = re.compile(r"^(?:nothing|so|that|this|it|goodbye|hello|thank you|thanks)$")
_NEAR_CHARACTERS: Final = 200
"""How far behind a question a weaker word still tells of its answer: a long sentence."""


def answers_in(
    plain: str, sentences: tuple[Span, ...], questions: tuple[Span, ...]
) -> tuple[Span, ...]:
    """Return where answers stand, in their order, none overlapping another or a question.

    Args:
        plain: the monologue in its plain form.
        sentences: its sentences.
        questions: where its questions stand.
    """
    found: list[Span] = []
    for sentence in sentences:
        for cue in _TOLD.finditer(plain, sentence.start, sentence.end):
            if cue["weak"] and not _still_open(cue.start(), questions, found):
                continue
            stop = re.compile(r"[?!;]|\.(?:\s|$)|\u2026").search(plain, cue.end(), sentence.end)
            last = stop.start() if stop else sentence.end
            last = min([last, *(q.start for q in questions if cue.end() <= q.start < last)])
            goes_on = _ENDS.search(plain, cue.end(), last)
            span = trimmed(plain, Span(cue.end(), goes_on.start() if goes_on else last))
            said = span.of(plain)
            if not said or _NOTHING_SAID.match(said):
                continue
            if not any(span.overlaps(one) for one in (*found, *questions)):
                found.append(span)
    return tuple(found)


def question_of(answer: Span, questions: tuple[Span, ...]) -> int | None:
    """Return the place of the question an answer belongs to: the last one before it."""
    before = [place for place, one in enumerate(questions) if one.end <= answer.start]
    return before[-1] if before else None


def _still_open(place: int, questions: tuple[Span, ...], answers: list[Span]) -> bool:
    """Whether a question stands close before a place, and no answer to it has been told yet."""
    before = [one.end for one in questions if 0 <= place - one.end <= _NEAR_CHARACTERS]
    return bool(before) and not any(before[-1] <= one.start for one in answers)
