"""The words by which a told story shows its parts. English; lists written for this project."""

from typing import Final

from voicecoach.scoring.vocabulary import IRREGULAR_PASTS, word_set

SINGULAR_SPEAKER: Final = word_set("i i'm i've i'd i'll")
PLURAL_SPEAKER: Final = word_set("we we're we've we'd we'll")
SPEAKER: Final = SINGULAR_SPEAKER | PLURAL_SPEAKER

OTHER_PERSON: Final = word_set(
    """
    he she manager boss colleague colleagues teammate teammates supervisor director lead leader
    engineer engineers developer developers mentor predecessor coworker nurse doctor teacher
    """
)
"""Somebody else whose doing is not the speaker's."""

CONNECTORS: Final = word_set(
    "and then so also but or next finally afterwards later eventually first second "
    "third now instead basically actually immediately initially"
)
"""Words that may stand before a verb whose subject is carried on ("and then built")."""

BETWEEN_SUBJECT_AND_VERB: Final = word_set(
    """
    also then just first actually both all together had have did eventually finally immediately
    quickly personally always even soon again now next still like kind sort of went ahead and
    basically really kinda sorta already only simply carefully later myself ourselves each
    the a it there them
    """
)

TELLS_ON: Final = word_set("so then first next afterwards")
"""With these a story goes on, also in the present tense ("so I call the supplier")."""

LABELS: Final = word_set("situation task action result star part")
EMPTY_RESULTS: Final = LABELS | word_set(
    "good great nice fine positive okay ok well successful amazing excellent that this it there "
    "the a an was is were and my our very really as so in of"
)
"""Words that say nothing about what came of it."""

_NOT_PAST: Final = word_set("indeed proceed exceed succeed speed hundred feed need seed breed")

STATES: Final = word_set(
    """
    was were had knew thought felt believed wanted needed liked loved hated hoped wished seemed
    appeared understood remembered forgot owned belonged meant preferred enjoyed worried feared
    expected assumed supposed guessed saw heard noticed realised realized became grew lived
    happened stayed struggled tended failed lost got studied graduated joined faced inherited
    used learned learnt woke slept ate came left been
    """
)
"""Past verbs that report a state, a feeling or a circumstance rather than something done."""

DONE_UNLESS_FOLLOWED_BY: Final = {
    "worked": word_set("at for as in"),
    "started": word_set("at for as in"),
    "used": word_set("to"),
    "did": word_set("was not"),
}
"""Verbs that are deeds but for what follows ("I worked at a bank", "I used to")."""

GOT_DONE: Final = word_set(
    "everyone everybody them him her people together rid agreement approval permission quotes"
)
"""With these behind it "got" is a deed ("I got everyone together")."""

TALKS: Final = word_set(
    "meeting meetings conversation conversations chat call calls discussion discussions word"
    " interview interviews workshop one-to-one session"
)
"""With these, "I had" is something done ("I had a chat with her")."""

HABITS: Final = word_set(
    "always usually often generally typically normally sometimes regularly constantly whenever"
)
"""With these a verb tells a habit, not an occasion."""

OWN_DECISIONS: Final = word_set(
    """
    decided chose suggested proposed recommended convinced persuaded led designed initiated
    insisted volunteered offered organised organized planned invented introduced founded pitched
    negotiated
    decide choose suggest propose recommend convince persuade lead design initiate insist
    volunteer offer organise organize plan introduce pitch negotiate
    """
)

OUTCOMES: Final = word_set(
    """
    increased decreased dropped fell rose grew improved reduced cut saved doubled tripled halved
    quadrupled lowered shortened boosted won passed succeeded exceeded beat achieved reached
    gained earned retained eliminated prevented avoided cleared generated solved resolved
    delivered shipped launched finished completed closed signed renewed recovered stabilised
    stabilized sped worked met hit adopted shrank stopped disappeared vanished eased calmed settled
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
    """
)
"""What other people did that shows how it came out."""

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

RESULT_CUES: Final = (
    "as a result",
    "the result was",
    "the end result",
    "the outcome was",
    "the outcome of",
    "in the end",
    "by the end",
    "at the end",
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
    "turned out",
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

HARMS: Final = word_set(
    """
    lose lost losing miss misses missed mistake mistakes complaint complaints complained incident
    incidents accident accidents problem problems error errors finding findings outage outages
    downtime delay delays resigned fail failed failure failures injury injuries issue issues bug
    bugs late
    """
)
"""What it is good not to have: denied, these tell what came of it ("not one complaint")."""

RATINGS: Final = word_set("stars rating score points marks")

BEINGS: Final = word_set("was were is are been became got")

NAMED_OUTCOMES: Final = word_set(
    """
    promoted promotion award awarded contract renewed renewal certified certification standard
    adopted patent published prize production audit permanent hired extension bonus licence
    license accredited
    """
)
"""Outcomes that somebody else could look up."""

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
    "in half",
)
MULTIPLES: Final = word_set("doubled tripled halved quadrupled twice half zero none third quarter")

TASK_CUES: Final = (
    "had to",
    "needed to",
    "my job was",
    "my task was",
    "my role was",
    "our job was",
    "our task was",
    "was responsible",
    "were responsible",
    "was asked to",
    "were asked to",
    "got asked to",
    "was supposed to",
    "were supposed to",
    "the goal was",
    "our goal was",
    "my goal was",
    "the aim was",
    "the target was",
    "our target was",
    "the challenge was",
    "was in charge",
    "wanted to",
    "was tasked",
    "were tasked",
    "was my job",
    "was my task",
    "what i wanted was",
    "what we needed was",
    "it was up to me",
    "it was on me",
    "so it was on me to",
    "it was up to us",
    "i'd need to understand",
    "would want to understand",
    "i'd want to understand",
    "would want to know",
    "i'd want to know",
    "i would need to know",
)

SITUATION_CUES: Final = (
    "when i was",
    "when we were",
    "at my last",
    "at my previous",
    "in my last",
    "in my previous",
    "in my current",
    "at my current",
    "i used to",
    "we used to",
    "i work at",
    "i work for",
    "i work as",
    "i currently",
    "i'm currently",
    "i am currently",
    "there was",
    "there were",
    "imagine",
    "assuming",
    "in that case",
    "last year",
    "at university",
)

OPINION_CUES: Final = (
    "i think",
    "i believe",
    "i feel",
    "i feel like",
    "in my opinion",
    "i would say",
    "i'd say",
    "i consider",
    "i see myself",
)

MODALS: Final = word_set("would will could should might can i'd i'll we'd we'll 'd")
AFTER_MODAL: Final = word_set(
    """
    also then just first probably definitely certainly maybe perhaps always want need have try
    like to make sure and start by of all immediately quickly actually personally next finally
    still again either
    """
)
"""Words that may stand between "would" and the verb that says what would be done."""
NO_DEED: Final = word_set(
    """
    be have like love think feel know want need hope prefer expect guess imagine suppose say
    become seem believe wish enjoy mean not never been understand able admire care value respect
    appreciate thrive excel live tend remember come agree disagree belong own matter depend work
    consider look see hear hate miss deserve lack trust doubt notice realise realize
    the a an my our this that it they he she we i you
    """
)
"""Base verbs that report no deed after "I would" or, in the present, after "I"."""

PAST_NEGATIONS: Final = word_set("didn't wasn't weren't couldn't hadn't")
"""They tell circumstances of the past ("nobody's fault, the team didn't know")."""


def is_past(word: str) -> bool:
    """Tell whether a plain word looks like a past form ("built", "asked")."""
    if word in IRREGULAR_PASTS:
        return True
    return len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST


def is_deed(word: str) -> bool:
    """Tell whether a plain word is a past form of something done, not a state."""
    return is_past(word) and word not in STATES
