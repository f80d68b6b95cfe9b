"""What came of it: the signs by which a clause tells a result, and what proves one.

Each sign is a rule of its own. A clause is a result if one of them is there and the clause is
neither denied nor planned. Most signs count only once the speaker has done something: before
that, a figure or a happy person is a circumstance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.clause_reading import (
    REACH_OF_SUBJECT,
    ReadClause,
    all_denied,
    all_unreal,
    measures,
    within,
)
from voicecoach.scoring.deeds import Asked, Deed, speaker_of
from voicecoach.scoring.outcome_cues import (
    EMPTY_RESULTS,
    HYPOTHETICAL_RESULT_CUES,
    RESULT_CUES,
    STRONG_RESULT_CUES,
)
from voicecoach.scoring.outcome_words import (
    ACHIEVED,
    AFTER_A_WHILE,
    BEFORE_AND_AFTER,
    BETTER_STATES,
    CHECKED_AFTERWARDS,
    CHECKS,
    COMPARISONS,
    DELIVERED,
    DONE_WITH,
    DOWN_OR_UP,
    FINISHED_BY_US,
    HARMS,
    LATER_TIMES,
    MULTIPLES,
    NAMED_OUTCOMES,
    OUTCOMES,
    PRAISE,
    RATINGS,
    REACTIONS,
    SAYING,
    TARGETS,
    TIMELINESS,
)
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.story_grammar import (
    BACKGROUND,
    BEINGS,
    NOW,
    OPENERS,
    OTHER_PERSON,
    PERFECTS,
    PRONOUNS_OF_OTHERS,
    SPEAKER,
    SPEAKER_AS_OBJECT,
    is_past,
)
from voicecoach.scoring.vocabulary import is_content_word, is_function_word

ENOUGH_DONE: Final = 2
"""So many actions before it make a bare figure, or the end, what came of them (a judgement)."""

_CUE_WORDS: Final = frozenset(word for cue in RESULT_CUES for word in cue.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """What a story has told before a clause: how many deeds in fact, and any deed or result."""

    acted: bool
    done_in_fact: int
    has_result: bool

    @property
    def followed_up(self) -> bool:
        """Whether there is something that an outcome can be the outcome of."""
        return self.done_in_fact > 0 or self.has_result


def is_result(read: ReadClause, deed: Deed | None, asked: Asked, so_far: SoFar) -> bool:
    """Tell whether a clause says what came of it. `deed` is what the speaker does in it."""
    if asked.conditional and so_far.acted and _is_supposed_result(read, deed):
        return says_something(read)
    if all_unreal(read) or not says_something(read):
        return False
    if deed is not None:
        return not all_denied(read) and any(sign(read, deed, so_far) for sign in _SIGNS_OF_OURS)
    if so_far.done_in_fact and _averts_harm(read):
        return True
    if all_denied(read):
        return False
    return (
        _is_announced(read, so_far)
        or _goes_from_to(read)
        or _wins_a_prize(read)
        or (so_far.followed_up and any(sign(read) for sign in _SIGNS_AFTER_DEEDS))
        or (so_far.done_in_fact >= ENOUGH_DONE and _is_figure_at_the_end(read))
    )


def proofs_of(read: ReadClause, asked: Asked) -> int:
    """Return how many pieces of evidence a result has.

    Each figure counts, and so do a before and after, a harm averted, a named outcome, a lasting
    use, what somebody said, and for a result that is only supposed, how it would be checked.
    """
    words = set(read.words)
    signs = (
        bool(asked.conditional and words & CHECKS),
        _averts_harm(read),
        bool(words & (NAMED_OUTCOMES | MULTIPLES)),
        read.says(BEFORE_AND_AFTER) or _goes_from_to(read),
        read.says(("still use", "still uses", "still used", "still in use")),
        bool(words & SAYING and words & PRAISE),
    )
    return len(measures(read)) + sum(signs)


def says_something(read: ReadClause) -> bool:
    """Whether a clause says more than the rubric's words and empty praise ("it was great")."""
    return any(
        (is_content_word(word) or word in NOW) and word not in EMPTY_RESULTS for word in read.words
    )


# Signs that hold anywhere


def _is_announced(read: ReadClause, so_far: SoFar) -> bool:
    """Tell "as a result the client stayed"; of the speaker's own state only a figure does."""
    strong = read.says(STRONG_RESULT_CUES)
    if not strong and not (so_far.done_in_fact and read.says(RESULT_CUES)):
        return False
    if speaker_of(read) is not None and not strong:
        return bool(measures(read))
    return any(
        is_content_word(word) and word not in EMPTY_RESULTS and word not in _CUE_WORDS
        for word in read.words
    )


def _goes_from_to(read: ReadClause) -> bool:
    """Tell "from nine percent to three" and "from ninth to third"."""
    if "from" not in read.words:
        return False
    start = read.words.index("from")
    if "to" not in read.words[start:]:
        return False
    middle = read.words.index("to", start)
    return bool(find_numbers(read.words[start:middle]) and find_numbers(read.words[middle:]))


def _wins_a_prize(read: ReadClause) -> bool:
    """Tell "my team won the regional prize"."""
    return bool({"won", "awarded"} & set(read.words) and NAMED_OUTCOMES & set(read.words))


def _compares(read: ReadClause) -> bool:
    """Tell "after that we had two wrong orders a month instead of thirty"."""
    return bool(measures(read)) and read.says(COMPARISONS)


# Signs that hold once something was done, with another subject than the speaker


def _comes_out(read: ReadClause) -> bool:
    """Tell "the error rate fell" but not "my manager cut the costs"."""
    return any(
        word in OUTCOMES and not (SPEAKER | OTHER_PERSON) & before
        for word, before in _behind_another_subject(read)
    )


def _others_react(read: ReadClause) -> bool:
    """Tell "the client stayed with us" and "she thanked me"."""
    return any(
        word in REACTIONS and read.words[place + 1 : place + 3] != ("with", "me")
        for place, word in enumerate(read.words)
        if _has_another_subject(read, place)
    )


def _is_praised(read: ReadClause) -> bool:
    """Tell "she said it was the best handover in years"."""
    return any(
        word in SAYING and PRAISE & set(read.words[place + 1 :])
        for place, word in enumerate(read.words)
        if _has_another_subject(read, place)
    )


def _is_in_a_better_state(read: ReadClause) -> bool:
    """Tell "everybody was happier" and "the site was back"."""
    return any(
        word in BEINGS and BETTER_STATES & set(read.words[place + 1 : place + 5])
        for place, word in enumerate(read.words)
        if _has_another_subject(read, place)
    )


def _holds_until_today(read: ReadClause) -> bool:
    """Tell "the shift has been full since then", "he's paid on time", "they lose less now"."""
    if speaker_of(read) is not None or SPEAKER & set(read.words[:REACH_OF_SUBJECT]):
        return False
    perfect = any(
        word in PERFECTS
        and not read.unreal(place)
        and any(is_past(later) or later == "been" for later in read.words[place + 1 : place + 4])
        for place, word in enumerate(read.words)
    )
    now = {"now", "still"} & set(read.words) and not any(map(is_past, read.words))
    return perfect or bool(now)


def _is_figure_at_the_end(read: ReadClause) -> bool:
    """Tell "thirty people turned up" and "now it takes ten minutes", after several actions."""
    if not measures(read):
        return False
    if (SPEAKER | OTHER_PERSON | {"they"}) & set(read.words[:REACH_OF_SUBJECT]):
        return bool(RATINGS & set(read.words))
    in_fact = any(is_past(word) and not read.denied(n) for n, word in enumerate(read.words))
    return in_fact or "now" in read.words or read.says(AFTER_A_WHILE)


def _averts_harm(read: ReadClause) -> bool:
    """Tell "we didn't lose a single order", "nobody was hurt" and "it hasn't happened again"."""
    if not read.clause.negated or within(read.clause.condition, read.indexes[0]):
        return False
    if {"haven't", "hasn't"} & set(read.words) and "since" in read.words:
        return True
    return any(
        (word in HARMS or word == "again") and read.denied(place)
        for place, word in enumerate(read.words)
    )


_SIGNS_AFTER_DEEDS: Final[tuple[Callable[[ReadClause], bool], ...]] = (
    _compares,
    _comes_out,
    _others_react,
    _is_praised,
    _is_in_a_better_state,
    _holds_until_today,
)


# Signs in what the speaker did


def _is_finished(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "we won the contract", "shipped it on time", and "launched it" after several deeds."""
    if deed.verb in FINISHED_BY_US:
        return True
    if deed.verb in ACHIEVED and so_far.done_in_fact and _averts_harm(read):
        return True
    if deed.verb in DELIVERED and set(read.words) & (TARGETS | TIMELINESS):
        return True
    return deed.verb in DONE_WITH and so_far.done_in_fact >= ENOUGH_DONE


def _changes_a_figure(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "I cut the costs by half" and "we brought scrap down from nine percent to three"."""
    del so_far
    if deed.verb in OUTCOMES:
        return read.says(RESULT_CUES) or bool(measures(read)) or read.says(BEFORE_AND_AFTER)
    return _goes_from_to(read) and bool(DOWN_OR_UP & set(read.words))


def _is_announced_of_ours(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "in the end we agreed"."""
    del so_far
    return read.says(("rolled out to",)) or (deed.verb in REACTIONS and read.says(RESULT_CUES))


def _is_achieved_later(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "two years later we sold eighty percent of it" and "by June we had saved a third"."""
    return (
        so_far.done_in_fact >= ENOUGH_DONE
        and deed.verb in ACHIEVED
        and bool(LATER_TIMES & set(read.words[:REACH_OF_SUBJECT]))
        and bool(measures(read))
    )


_SIGNS_OF_OURS: Final[tuple[Callable[[ReadClause, Deed, SoFar], bool], ...]] = (
    _is_finished,
    _changes_a_figure,
    _is_announced_of_ours,
    _is_achieved_later,
)


# What would come of it


def _is_supposed_result(read: ReadClause, deed: Deed | None) -> bool:
    """Tell "so that they stay" and "I would check again whether it helped"."""
    checked = deed is not None and deed.verb in CHECKS
    return read.says(HYPOTHETICAL_RESULT_CUES) or (checked and read.says(CHECKED_AFTERWARDS))


# The end of a story


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
    others = OTHER_PERSON - PRONOUNS_OF_OTHERS
    if others & set(opening) and not SPEAKER_AS_OBJECT & set(read.words[1:]):
        return False
    past = any(
        is_past(word) and not read.denied(place) and not read.unreal(place)
        for place, word in enumerate(read.words)
    )
    subject = [word for word in opening if word not in OPENERS][:2]
    if speaker_of(read) is not None or subject in (["it", "was"], ["that", "was"]):
        return bool(measures(read)) and past
    return past or (bool(NOW & set(read.words)) and not all(map(is_function_word, read.words)))


def _has_another_subject(read: ReadClause, place: int) -> bool:
    return (
        place > 0
        and not read.denied(place)
        and not read.unreal(place)
        and not SPEAKER & set(read.words[max(0, place - 4) : place])
    )


def _behind_another_subject(read: ReadClause) -> list[tuple[str, set[str]]]:
    return [
        (word, set(read.words[max(0, place - 4) : place]))
        for place, word in enumerate(read.words)
        if _has_another_subject(read, place)
    ]
