"""Names and dates in an answer, as recognisers and people write them.

A recogniser gives names a capital, a person typing may not; so a capital inside a sentence shows
a name, and a short list knows the commonest names of tools, firms and places in lower case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.scoring.vocabulary import is_function_word, rarity, word_set
from voicecoach.speech.transcript import Transcript

MONTHS: Final = word_set(
    "january february april june july august september october november december"
)
AMBIGUOUS_MONTHS: Final = word_set("march may")
"""Months only where a capital or a word of time before them says so."""
WEEKDAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
SEASONS: Final = word_set("spring summer autumn winter christmas easter")
PERIODS: Final = word_set("year month week quarter term semester")
_BEFORE_A_DATE: Final = word_set("in last this next since until till by of early late during")
_BEFORE_A_PERIOD: Final = word_set("last previous")

_KNOWN_NAMES: Final = word_set(
    """
    airbnb amazon android ansible aws azure barclays berlin bbc bosch boston california canada
    chatgpt chicago cisco css dell django docker dropbox dublin edinburgh ericsson etsy europe
    excel facebook figma firebase france germany github gitlab glasgow google grafana hadoop
    hubspot ibm india instagram intel ios ireland java javascript jenkins jira kafka kotlin kpmg
    kubernetes lidl linkedin linux lisbon london lyft macos madrid manchester matlab microsoft
    milan mongodb mumbai munich mysql netflix nginx nhs nodejs nokia notion nvidia oracle oxford
    paris paypal pepsi photoshop php postgres postgresql powerpoint prometheus python pytorch
    redis redux rome salesforce samsung sap scotland seattle selenium shopify siemens slack
    snowflake sony spotify sql stripe swift sydney tableau tensorflow terraform tesco tesla tokyo
    toronto trello twitter typescript uber ubuntu unilever unix vodafone wales walmart warsaw
    wikipedia windows youtube zendesk zoom zurich
    """
)
"""Names that people also type without a capital (chosen for being nothing else)."""

_NO_NAMES: Final = word_set(
    """
    ok okay tv pc ceo cto cfo coo hr it qa pr ui ux kpi kpis api apis id pdf faq sla roi asap am
    pm mr mrs ms dr phd bsc msc mba vp god yes no star faqs cv
    """
)
"""Capitals that name nothing in particular."""

_ENDS_SENTENCE: Final = (".", "?", "!", ":", "…", '"', "”")
_TITLE_CASE_SHARE: Final = 0.4
"""With more of the words capitalised than this, capitals say nothing (a judgement)."""
_COMMON_WORD: Final = 0.35
"""A capitalised word less rare than this is a slip of the recogniser (rarity 0–1, a judgement)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or date: its normal form and the words that say it (inclusive positions)."""

    normal: str
    first_word: int
    last_word: int


def find_names(transcript: Transcript) -> tuple[Mention, ...]:
    """Return each mention of a name, neighbouring capitals joined ("New York")."""
    forms = [plain(word.text) for word in transcript.words]
    capitals = _capitalised(transcript, forms)
    mentions: list[Mention] = []
    position = 0
    while position < len(forms):
        if not (capitals[position] or forms[position].removesuffix("'s") in _KNOWN_NAMES):
            position += 1
            continue
        last = position
        while last + 1 < len(forms) and capitals[position] and _joins(transcript, capitals, last):
            last += 1
        normal = " ".join(form.removesuffix("'s") for form in forms[position : last + 1])
        mentions.append(Mention(normal, position, last))
        position = last + 1
    return tuple(mentions)


def find_dates(transcript: Transcript) -> tuple[Mention, ...]:
    """Return each mention of a month, weekday, season, quarter or "last year".

    Years are numbers and are found there.
    """
    forms = [plain(word.text).removesuffix("'s") for word in transcript.words]
    mentions: list[Mention] = []
    for position, form in enumerate(forms):
        before = forms[position - 1] if position else ""
        written = transcript.words[position].text
        if (
            form in MONTHS
            or form.removesuffix("s") in WEEKDAYS
            or (form in AMBIGUOUS_MONTHS and (before in _BEFORE_A_DATE) and written[:1].isupper())
            or (form in SEASONS and before in _BEFORE_A_DATE | {"the"})
            or (len(form) == 2 and form[0] == "q" and form[1] in "1234")
        ):
            mentions.append(
                Mention(form if form in SEASONS else form.rstrip("s"), position, position)
            )
        elif form in PERIODS and before in _BEFORE_A_PERIOD:
            mentions.append(Mention(f"last {form}", position - 1, position))
    return tuple(mentions)


def _joins(transcript: Transcript, capitals: Sequence[bool], last: int) -> bool:
    return capitals[last + 1] and not transcript.words[last].text.endswith((",", *_ENDS_SENTENCE))


def _capitalised(transcript: Transcript, forms: Sequence[str]) -> list[bool]:
    """Tell for each word whether a capital marks it as a name."""
    words = transcript.words
    upper = [word.text.lstrip("\"'“‘([")[:1].isupper() for word in words]
    if sum(upper) > _TITLE_CASE_SHARE * max(len(words), 1):
        return [False] * len(words)
    opens = [
        index == 0 or words[index - 1].text.endswith(_ENDS_SENTENCE) for index in range(len(words))
    ]
    lower_elsewhere = {form for form, capital in zip(forms, upper, strict=True) if not capital}
    sure = {
        form
        for form, capital, first in zip(forms, upper, opens, strict=True)
        if capital and not first and _may_be_a_name(form) and form not in lower_elsewhere
    }
    return [capital and form in sure for form, capital in zip(forms, upper, strict=True)]


def _may_be_a_name(form: str) -> bool:
    return (
        len(form) > 1
        and form.split("'", maxsplit=1)[0] not in _NO_NAMES
        and not is_function_word(form)
        and not form[0].isdigit()
        and form not in MONTHS | AMBIGUOUS_MONTHS | SEASONS
        and form.removesuffix("s") not in WEEKDAYS
        and rarity(form) > _COMMON_WORD
    )
