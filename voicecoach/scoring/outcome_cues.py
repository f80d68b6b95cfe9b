"""The phrases that announce what came of it, and the words that make such a phrase empty.

English; lists written for this project.
"""

from typing import Final

from voicecoach.scoring.vocabulary import word_set

RESULT_CUES: Final = (
    "as a result",
    "the result was",
    "the end result",
    "the outcome was",
    "the outcome of",
    "in the end",
    "by the end",
    "at the end we",
    "at the end of it",
    "at the end of the week",
    "at the end of the month",
    "at the end of the year",
    "at the end of the season",
    "at the end of the project",
    "at the end of the term",
    "at the end of the quarter",
    "since that day",
    "the year after",
    "the month after",
    "the week after",
    "by the summer",
    "by the following",
    "over the next",
    "the next year",
    "asked me to show",
    "asked us to show",
    "asked me to do the same",
    "used the same",
    "under the budget",
    "under budget",
    "which meant",
    "that meant",
    "this meant",
    "led to",
    "resulted in",
    "ended up",
    "paid off",
    "since then",
    "ever since",
    "to this day",
    "from then on",
    "ultimately",
    "eventually",
    "and now",
    "thanks to that",
    "because of that",
    "still use",
    "still uses",
    "still used",
    "still in use",
    "still in place",
    "no longer",
    "went live",
    "went smoothly",
    "went well",
    "it worked",
    "that worked",
    "this worked",
    "came in under",
    "came down",
    "got promoted",
    "was promoted",
    "was adopted",
    "were adopted",
    "was approved",
    "got approved",
    "signed off",
    "rolled out to",
    "rolled it out",
)
"""Phrases that announce what came of it; only with something behind them do they count."""

STRONG_RESULT_CUES: Final = (
    "as a result",
    "the result was",
    "the end result",
    "the outcome was",
    "resulted in",
    "led to",
    "paid off",
    "ended up",
    "got promoted",
    "was promoted",
    "went live",
    "rolled it out",
    "signed off",
    "still use",
    "still used",
    "still uses",
)
"""Cues that mark a result wherever they stand; the others only after something was done."""

OUTCOME_OPENERS: Final = (
    ("as", "a", "result"),
    ("in", "the", "end"),
    ("at", "the", "end", "of"),
    ("by", "the", "end", "of"),
    ("eventually",),
    ("ultimately",),
    ("since", "then"),
    ("the", "result", "was"),
)
"""With these what came of it begins, also where a recogniser wrote no full stop."""

HYPOTHETICAL_RESULT_CUES: Final = (
    "so that",
    "that way",
    "which would",
    "it would",
    "that would",
    "this would",
    "they would",
    "the goal would be",
    "the aim would be",
    "i would know",
    "i'd know",
    "i would expect",
    "i'd expect",
    "would mean",
    "would show",
    "follow up",
    "in the end",
    "by the end",
    "as a result",
    "the result would",
    "the outcome would",
    "i would hope",
    "to check whether",
    "to see whether",
    "to see if",
)
"""The same for an answer to "what would you do"."""

LABELS: Final = word_set("situation task action result star part")

EMPTY_RESULTS: Final = LABELS | word_set(
    "situations tasks actions results outcome outcomes measurable evidence figure figures number "
    "numbers named backed before after someone's words success positive impact improvement "
    "several achieved excellent "
    "good great nice fine positive okay ok well successful amazing excellent that this it there "
    "the a an was is were and my our very really as so in of by had there"
)
"""Words that say nothing about what came of it."""
