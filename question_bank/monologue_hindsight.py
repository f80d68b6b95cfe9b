"""What a monologue says in hindsight: what went well, what was unexpected, what to do better. Pure.

Each is a whole sentence of the person's, without the "and" or "um" it begins with.
"""

import re
from enum import StrEnum
from typing import Final

from question_bank.monologue_text import Span, trimmed


class Hindsight(StrEnum):
    """What a sentence looks back on; named like the fields of an interview."""

    WENT_WELL = "went_well"
    DIFFERED = "differed_from_expected"
    BETTER = "could_answer_better"


_BETTER: Final = re.compile(
    r"\bi (?:really )?should(?:'ve| have|n't have| not have| of)\b|\bi (?:really )?shouldn't\b"
    r"|\bi could(?:'ve| have)\b|\bi wish i(?:'d| had)\b|\bnext time i\b|\bi ought to have\b"
    r"|\bif only i\b|\bi would(?:'ve| have)? (?:\w+ ){1,8}(?:instead|now|next time)\b"
    r"|\bi'd (?:\w+ ){1,8}(?:instead|now|next time)\b|\bi forgot to (?:mention|say|tell|bring)\b"
    r"|\bi never got to\b"
)
_DIFFERED: Final = re.compile(
    r"\bi(?:'d| had|'ve)? (?:really )?(?:expected|was expecting|was prepared for"
    r"|had prepared for)\b"
    r"|\bi (?:did not|didn't|had not|hadn't) expect|\bnot what i(?:'d| had)? expected"
    r"|\bsurprised me|\bsurpris(?:ing|ingly)\b|\bi was (?:really |very |quite |a bit )?surprised"
    r"|\b(?:more|less|longer|shorter|harder|easier|younger|older|earlier|later|bigger|smaller"
    r"|different(?:ly)?|nicer|friendlier|faster|slower) .{0,40}?\bthan i(?:'d| had)?"
    r" (?:thought|expected|imagined)|\b(?:different|other) from what i\b"
    r"|\bi (?:had )?thought (?:it|there|they|we|he|she|that it) (?:would|was going|were going)"
    r"|\bwhich i had(?: not|n't)? prepared for|\bunexpected"
)
_WENT_WELL: Final = re.compile(
    r"\bwent (?:really |very |so |pretty |quite |down |fairly )*(?:well|great|smoothly|fine"
    r"|better)\b"
    r"|\bwent down (?:really |very )?well|\bwhat went well|\bi did (?:really |very |quite )?well"
    r"|\bi (?:was|am|felt)?(?:'m)? ?(?:really |very |quite |pretty |so )?(?:happy|proud|pleased"
    r"|satisfied) (?:with|of|about) (?:my|the|how|that (?:answer|one|part|bit))"
    r"|\b(?:they|he|she|the \w+|everyone|everybody) (?:really |all |both |seemed to )?(?:liked"
    r"|loved"
    r"|like|love|complimented|praised|enjoyed|laughed|smiled|agreed)\b"
    r"|\bi (?:handled|answered|explained|nailed|managed) (?:\w+ ){1,5}(?:well|calmly)\b|\bnailed\b"
    r"|\bi asked good questions|\bmy best answer|\bthat was (?:a )?(?:good|right|strong)\b"
    r"|\b(?:answer|story|pitch|part|presentation|introduction|example|portfolio|test|trial|demo)"
    r"(?: (?:about|on|with|of) (?:\w+ ){1,4}?| itself)? ?\b(?:was|were|is) (?:really |very "
    r"|quite )?"
    r"(?:good|strong|great|perfect|solid|excellent|fine)\b"
)
_NO_PRAISE: Final = re.compile(
    r"\b(?:didn't|did not|not|never|nothing|hardly|wasn't) (?:\w+ ){0,3}(?:well|great|smoothly"
    r"|good|liked|like"
    r"|loved|love)\b"
)
_RULES: Final = (
    (Hindsight.BETTER, _BETTER),
    (Hindsight.DIFFERED, _DIFFERED),
    (Hindsight.WENT_WELL, _WENT_WELL),
)
_OPENING: Final = re.compile(
    r"^[\s,]*(?:(?:and|but|so|um+|uh+|er|well|yeah|oh|also|still|honestly|okay)\b[, ]*)+"
)


def hindsight_in(
    plain: str, sentences: tuple[Span, ...], taken: tuple[Span, ...]
) -> tuple[tuple[Hindsight, Span], ...]:
    """Return the sentences that look back, each once.

    Args:
        plain: the monologue in its plain form.
        sentences: its sentences.
        taken: where questions and answers stand; what is said in them looks back on nothing.
    """
    found: list[tuple[Hindsight, Span]] = []
    for sentence in sentences:
        whole = sentence.of(plain)
        for kind, rule in _RULES:
            match = rule.search(whole)
            if match is None:
                continue
            place = Span(sentence.start + match.start(), sentence.start + match.end())
            if any(place.overlaps(one) for one in taken):
                continue
            if kind is Hindsight.WENT_WELL and _NO_PRAISE.search(whole):
                continue
            opening = _OPENING.match(whole)
            start = sentence.start + (opening.end() if opening else 0)
            # Of a sentence that also tells of a question or an answer only its own part counts.
            start = max(
                [
                    start,
                    *(
                        one.end
                        for one in taken
                        if one.end <= place.start and one.overlaps(sentence)
                    ),
                ]
            )
            end = min([sentence.end, *(one.start for one in taken if one.start >= place.end)])
            span = trimmed(plain, Span(start, end))
            opening = _OPENING.match(span.of(plain))
            found.append((kind, Span(span.start + (opening.end() if opening else 0), span.end)))
            break
    return tuple(found)
