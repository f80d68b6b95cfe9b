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
)
from voicecoach.scoring.deeds import Asked, Deed, speaker_of
from voicecoach.scoring.empty_talk import says_something
from voicecoach.scoring.outcome_cues import (
    EMPTY_RESULTS,
    HYPOTHETICAL_RESULT_CUES,
    RESULT_CUES,
    STRONG_RESULT_CUES,
)
from voicecoach.scoring.outcome_proof import averts_harm, goes_from_to
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
    LATER_TIMES,
    LOOKS_BACK,
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
from voicecoach.scoring.story_grammar import (
    BEINGS,
    OTHER_PERSON,
    PERFECTS,
    SPEAKER,
    is_past,
)
from voicecoach.scoring.vocabulary import is_content_word

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
    if so_far.done_in_fact and averts_harm(read):
        return True
    if all_denied(read):
        return False
    return (
        _is_announced(read, so_far)
        or goes_from_to(read)
        or _wins_a_prize(read)
        or (so_far.followed_up and any(sign(read) for sign in _SIGNS_AFTER_DEEDS))
        or (so_far.done_in_fact >= ENOUGH_DONE and _is_figure_at_the_end(read))
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
    if deed.verb in ACHIEVED and so_far.done_in_fact and averts_harm(read):
        return True
    if deed.verb in DELIVERED and set(read.words) & (TARGETS | TIMELINESS):
        return True
    return deed.verb in DONE_WITH and so_far.done_in_fact >= ENOUGH_DONE


def _changes_a_figure(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "I cut the costs by half" and "we brought scrap down from nine percent to three"."""
    del so_far
    if deed.verb in OUTCOMES:
        return read.says(RESULT_CUES) or bool(measures(read)) or read.says(BEFORE_AND_AFTER)
    return goes_from_to(read) and bool(DOWN_OR_UP & set(read.words))


def _is_announced_of_ours(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "in the end we agreed"."""
    del so_far
    return read.says(("rolled out to",)) or (deed.verb in REACTIONS and read.says(RESULT_CUES))


def _is_achieved_later(read: ReadClause, deed: Deed, so_far: SoFar) -> bool:
    """Tell "two years later we sold eighty percent of it" and "by June we had saved a third"."""
    return (
        so_far.done_in_fact >= ENOUGH_DONE
        and deed.verb in ACHIEVED
        and (bool(LATER_TIMES & set(read.words[:REACH_OF_SUBJECT])) or read.says(LOOKS_BACK))
        and bool(measures(read) or MULTIPLES & set(read.words))
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
