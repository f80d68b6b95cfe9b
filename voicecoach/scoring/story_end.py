"""The end of a story: what happened after the last of several deeds is what came of them."""

from collections.abc import Sequence

from voicecoach.scoring.circumstances import is_comment
from voicecoach.scoring.clause_reading import (
    REACH_OF_SUBJECT,
    ReadClause,
    all_denied,
    all_unreal,
    measures,
)
from voicecoach.scoring.deeds import Deed, speaker_of
from voicecoach.scoring.empty_talk import says_something
from voicecoach.scoring.outcome_words import REPORTS
from voicecoach.scoring.outcomes import ENOUGH_DONE
from voicecoach.scoring.story_grammar import (
    BACKGROUND,
    COLLEAGUES,
    NOW,
    OPENERS,
    SPEAKER_AS_OBJECT,
    is_past,
)
from voicecoach.scoring.vocabulary import is_function_word


def endings(reads: Sequence[ReadClause], deeds: Sequence[Deed | None]) -> tuple[bool, ...]:
    """Tell for each clause whether its place at the end makes it a result.

    `deeds` has for each clause the deed of its action, None where it is no action.
    """
    acted = [place for place, deed in enumerate(deeds) if deed is not None]
    if sum(deed is not None and deed.in_fact for deed in deeds) < ENOUGH_DONE:
        return (False,) * len(reads)
    return tuple(
        place > acted[-1] and not is_comment(read) and may_end_a_story(read)
        for place, read in enumerate(reads)
    )


def may_end_a_story(read: ReadClause) -> bool:
    """Tell whether a clause behind the last of several deeds tells what came of them.

    It tells a fact, of the past or holding now, with another subject than the speaker and than
    a colleague, unless what they did has to do with the speaker ("my boss lets me do it alone").
    """
    if all_unreal(read) or all_denied(read) or not says_something(read):
        return False
    if read.words[0] in BACKGROUND:
        return False
    opening = read.words[:REACH_OF_SUBJECT]
    to_us = (SPEAKER_AS_OBJECT | REPORTS) & set(read.words)
    if COLLEAGUES & set(opening) and not to_us:
        return False
    past = any(
        is_past(word) and not read.denied(place) and not read.unreal(place)
        for place, word in enumerate(read.words)
    )
    subject = [word for word in opening if word not in OPENERS][:2]
    if speaker_of(read) is not None or subject in (["it", "was"], ["that", "was"]):
        return bool(measures(read)) and past
    return past or (bool(NOW & set(read.words)) and not all(map(is_function_word, read.words)))
