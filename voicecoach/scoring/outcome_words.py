"""The words that tell what came of it: outcomes, what others said of it, announcing phrases.

English; lists written for this project.
"""

from typing import Final

from voicecoach.scoring.vocabulary import word_set

OUTCOMES: Final = word_set(
    """
    increased decreased dropped fell rose grew improved reduced cut saved doubled tripled halved
    quadrupled lowered shortened boosted won passed succeeded exceeded beat achieved reached
    gained earned retained eliminated prevented avoided cleared generated solved resolved
    delivered shipped launched finished completed closed signed renewed recovered stabilised
    stabilized sped worked helped fixed met hit adopted shrank stopped disappeared vanished
    eased calmed settled
    """
)
"""Verbs that tell what came of it when a thing is their subject."""

FINISHED_BY_US: Final = word_set("won passed succeeded exceeded beat achieved solved resolved")
"""Outcomes even where the speaker is their subject and no figure follows."""

TARGETS: Final = word_set("deadline target targets goal goals budget date")

TIMELINESS: Final = word_set("early time ahead within under live days weeks months")

DELIVERED: Final = word_set(
    "delivered shipped launched finished completed released opened went closed met hit reached"
)
"""With a target or a word of timeliness beside them these are outcomes ("shipped on time")."""

REACTIONS: Final = word_set(
    """
    agreed accepted thanked voted renewed signed promoted praised stayed adopted approved
    recommended loved recognised recognized appreciated congratulated trusted copied
    apologised apologized cancelled canceled
    """
)
"""What other people did that shows how it came out, for good or bad."""

PRAISE: Final = word_set(
    """
    good great best better fastest helpful useful happy happier pleased delighted satisfied
    impressed thank thanks well smoother smoothest easier easiest proud excellent relieved
    grateful fantastic wonderful brilliant perfect calmer
    """
)

SAYING: Final = word_set("said told wrote called says tells saying commented")

BETTER_STATES: Final = word_set(
    """
    faster quicker cheaper better smoother easier happier ready live stable clearer simpler
    shorter smaller lower higher safer calmer done fixed back solved sorted successful gone
    happy pleased delighted satisfied impressed thrilled relieved standard stronger closer fewer
    adopted available
    """
)

HARMS: Final = word_set(
    """
    lose lost losing miss misses missed mistake mistakes complaint complaints complained incident
    incidents accident accidents problem problems error errors finding findings outage outages
    downtime delay delays resigned fail failed failure failures injury injuries issue issues bug
    bugs late hurt ill sick injured died dead harm harmed damage damaged wrong
    """
)
"""What it is good not to have: denied, these tell what came of it ("not one complaint")."""

RATINGS: Final = word_set("stars rating score points marks")

NAMED_OUTCOMES: Final = word_set(
    """
    promoted promotion award awarded contract renewed renewal certified certification standard
    adopted patent published prize production audit permanent hired extension bonus licence
    license accredited medal
    """
)
"""Outcomes that somebody else could look up."""

BEFORE_AND_AFTER: Final = (
    "instead of",
    "down to",
    "down from",
    "up to",
    "up from",
    "used to",
    "compared to",
    "compared with",
    "by half",
    "just one",
    "only one",
    "not one",
    "in half",
)

COMPARISONS: Final = (
    "instead of",
    "down to",
    "down from",
    "up from",
    "compared to",
    "compared with",
)
"""With a figure beside them these compare after with before, whoever is the subject."""

MULTIPLES: Final = word_set("doubled tripled halved quadrupled twice half zero none third quarter")

AFTER_A_WHILE: Final = (
    "after a month",
    "after a week",
    "after a year",
    "after that",
    "within a week",
    "within a month",
    "within a year",
    "a month later",
    "a year later",
    "weeks later",
    "months later",
    "by the summer",
    "by the end",
)
"""When a figure with no verb of the past still tells how it came out."""

CHECKS: Final = word_set(
    "whether measure check verify test monitor track compare confirm know survey feedback review"
)
"""How one would tell that it worked: the evidence of a result that is only supposed."""

CHECKED_AFTERWARDS: Final = (
    "again",
    "whether it",
    "whether they",
    "whether that",
    "if it helped",
    "if it worked",
    "that it works",
    "that it worked",
    "afterwards",
)

ACHIEVED: Final = word_set(
    "sold got saved raised made finished ended reached had won beat earned kept brought"
)
"""Verbs that with a later time and a figure tell what the speaker achieved ("by May we sold")."""

LATER_TIMES: Final = word_set(
    """
    later within since after by following next second third january february march april may june
    july august september october november december summer autumn winter spring christmas easter
    """
)
"""With these, far on in a story, a clause looks back from a later time ("by June we had sold")."""

LOOKS_BACK: Final = ("after that", "months later", "years later", "a year later", "since then")
"""The same wherever they stand in the clause ("we sold twice as much after that")."""

DONE_WITH: Final = word_set("launched shipped released graduated")
"""Verbs that end a piece of work, so that after several deeds they are its outcome."""

DOWN_OR_UP: Final = word_set("down up")

REPORTS: Final = word_set("said told says tells")
"""What somebody says tells how it came out, whoever says it."""

NEVER_SINCE: Final = ("hasn't happened", "haven't happened", "haven't had", "hasn't had")
"""What has not happened since tells of a harm averted."""

LASTING: Final = ("still use", "still uses", "still used", "still in use")
"""What is still in use has proved itself."""
