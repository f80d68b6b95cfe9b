"""Words by which a sentence of a reply shows what it is about. Plain lists, to be read and argued.

Each cue is a regular expression that is looked for at the beginning of a word, in any case. They
were written on the tuning half of `benchmarks/feedback_replies.toml`; the other half tells how well
they do on replies they were not written on.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from voicecoach.scoring.result import CriterionName


def _any(*cues: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(cues) + r")\w*", re.IGNORECASE)


FAULTS: Final[Mapping[CriterionName, re.Pattern[str]]] = {
    CriterionName.STRUCTURE: _any(
        *("rambl", "waffl", "meander", "digress", "long-winded", "lengthy", "too long"),
        *("los(?:t|e|ing) the thread", "lost track", "hard to follow", "difficult to follow"),
        *(
            "hard to see where",
            "to get to the point",
            "got to the point",
            "jump\\w* (?:between|from)",
        ),
        *("all over the place", "more concise", "more succinct", "be brief", "shorter answers?"),
        *("under (?:one|two|three|\\d) minutes", "say the result first", "result first"),
        *("without a result", "confus", "unstructured", "disorgani[sz]ed", "went on (?:for|too)"),
        *("buried", "circl(?:ed|ing)", "in circles", "wander", "drift(?:ed|ing)", "tangent"),
        *("took (?:a while|too long|a long time|some time) to", "scattered", "disjointed"),
        *(
            "long (?:introduction|preamble|detour|run-up)",
            "ran (?:on|over)\\b",
            "trail(?:ed|ing) off",
        ),
        *(
            "no clear (?:end|line|thread|structure|point)",
            "overlong",
            "shorter",
            "hard to pick out",
        ),
        *(
            "keep (?:it|them|answers|your answers) (?:short|brief|to)",
            "never (?:ended|finished|concluded)",
        ),
    ),
    CriterionName.SPECIFICITY: _any(
        *("too (?:general|vague|abstract|generic|theoretical|high[- ]level|superficial)", "vague"),
        *("a bit (?:general|generic|abstract)", "generic", "superficial", "at a high level"),
        *("rather (?:general|vague|abstract)", "buzzword", "nothing specific", "rehearsed"),
        *("how large the effect", "what (?:the )?(?:effect|impact) was", "in general terms"),
        *("textbook", "on the surface", "surface[- ]level", "hypothetical", "what you would do"),
        *(
            "stayed (?:abstract|general|vague|theoretical)",
            "(?:no|few|without) (?:\\w+ )?(?:numbers|figures)",
        ),
        *("(?:no|few|without) (?:\\w+ )?(?:examples?|details?)", "light on", "clich", "hand-?wav"),
        *("could(?: not|n['’]t) (?:really )?picture", "broad[- ]brush", "sweeping"),
    ),
    CriterionName.OWN_PART: _any(
        *("what you did yourself", "what you (?:personally|yourself)", "your own (?:part|role)"),
        *("your (?:personal|individual) (?:part|role|contribution)", "who did what"),
        *(
            "what (?:part|role) you",
            "which (?:part|parts|bits?) (?:was|were) yours",
            "the team did",
        ),
        *("your team (?:did|had)", "first person", "who (?:exactly )?(?:made|took|led|decided)"),
        *("said [\"'“”]?we[\"'“”]? (?:a lot|too)", "[\"'“”]we[\"'“”] (?:instead|rather)"),
    ),
    CriterionName.DELIVERY: _any(
        *("too (?:quiet|soft|fast|quick|slow)", "(?:very|rather|quite|so) (?:quiet|soft|fast)"),
        *("quietly", "speak up", "louder", "trouble hearing", "hear you", "slow down"),
        *("\\bums?\\b", "uhs?\\b", "filler", "monoton", "mumbl", "hesita(?:nt|ted a lot|tion)"),
        *("rush(?:ed|ing)", "raced", "stumbl", "falter", "shaky", "eye contact", "apologetic"),
        *(
            "read(?:ing)? (?:from|off)",
            "memori[sz]ed",
            "scripted",
            "under your breath",
            "hardly hear",
        ),
        *("long pauses", "hedg", "less confident", "more confiden", "lack\\w* confidence"),
    ),
    CriterionName.RELEVANCE: _any(
        *("(?:did|do|does)(?: not|n['’]t) (?:really |quite |actually )?answer", "off[- ]topic"),
        *(
            "miss(?:ed|ing) the point",
            "answer (?:to )?what (?:was|we|we had|we['’]d) asked",
            "beside the point",
        ),
        *("(?:another|a different) question", "evad", "dodg", "sidestep", "stray(?:ed|ing)"),
        *("around the question", "something else (?:entirely|altogether)", "missed the question"),
        *("not (?:quite |really |exactly )?what (?:we|I) (?:asked|had asked|meant|was asking)",),
    ),
    CriterionName.COVERAGE: _any(
        *("(?:did|do)(?: not|n['’]t) mention", "(?:did|do)(?: not|n['’]t) (?:come up|touch on)"),
        *("(?:expected|hoped|wanted|liked) to hear", "waiting (?:for|to hear)", "left out"),
        *(
            "never (?:mentioned|heard|got to|told us|came to)",
            "(?:said|heard|told us) (?:nothing|little|too little)",
        ),
        *(
            "a gap",
            "gaps in",
            "not (?:covered|addressed)",
            "unfamiliar with",
            "knew (?:little|too little)",
        ),
        *(
            "did(?: not|n['’]t) (?:seem to )?know (?:much|enough|our|about)",
            "no questions (?:for|of)",
        ),
        *("no mention", "forgot to", "mentioned (?:no|nothing)", "missed (?:any|a|the) mention"),
    ),
}
"""What is a fault as soon as it is named, by criterion of the rubric."""

_JUDGED_WORDS: Final = {
    CriterionName.DELIVERY: "nervous|unsure|insecure|shy|tense|uncertain|hesitant|timid|bored|flat",
}
NERVES: Final = re.compile(rf"(?<!\w)(?:{_JUDGED_WORDS[CriterionName.DELIVERY]})\b", re.IGNORECASE)
"""How somebody seemed, where that is a matter of delivery."""

TOPICS: Final[Mapping[CriterionName, re.Pattern[str]]] = {
    CriterionName.OWN_PART: _any(
        "your (?:own )?(?:role|part)\\b", "your contribution", "ownership"
    ),
    CriterionName.SPECIFICITY: _any(
        *("example", "concrete", "specific", "detail", "number", "figures", "metric", "facts"),
        *("quantif", "measurable", "evidence", "depth", "data points?"),
    ),
    CriterionName.STRUCTURE: _any(
        *("structur", "order\\b", "concise", "brief", "length", "thread", "STAR\\b", "closing"),
        *("conclusion", "step by step", "clearer", "clarity", "focus"),
    ),
    CriterionName.DELIVERY: _any(
        *("confiden", "voice", "pace", "volume", "delivery", "pauses?\\b", "energy", "enthusias"),
    ),
    CriterionName.RELEVANCE: _any("the question (?:asked|itself)", "relevan"),
}
"""What a sentence may be about; it is a fault only where the sentence also wants more of it."""

WANTED: Final = _any(
    *("more\\b", "lack", "missing", "missed", "would have", "could have", "should", "try\\b"),
    *("please\\b", "next time", "need", "weaker", "weak\\b", "less\\b", "not enough", "suggest"),
    *("advi[sc]e", "recommend", "improve", "work on", "expected", "wish(?:ed)? (?:for|you had)"),
    *("better\\b(?! luck)", "nothing", "without", "never", "could(?: not|n['’]t)", "welcomed"),
    *("instead", "a real", "too (?:few|little)", "hardly any", "convinced us less", "bring\\b"),
    *(
        "use\\b",
        "be\\b",
        "hesitated",
        "struggled",
        "not (?:very|really|always)",
        "what was missing",
    ),
)
"""What shows that something was wanted or missed."""

PRAISE: Final = _any(
    *("impress", "lik(?:ed?|ing)\\b(?! to)", "strong", "great", "excellent", "well\\b", "best\\b"),
    *("convincing(?:ly)?\\b", "stood out", "stayed with us", "good\\b(?! luck)", "solid"),
    *(
        "clear(?:ly)?\\b",
        "friendly",
        "honest\\b",
        "calm",
        "easy to talk",
        "appreciated (?:your|how)",
    ),
    *("commend", "enjoyed (?:your|how|hearing)", "thoughtful", "knowledgeable", "nothing you did"),
    *("know your (?:subject|field|stuff)", "pleas(?:ed|antly)", "outstanding", "confident\\b"),
    *("fine\\b", "engaging", "warm(?:th|ly)?\\b", "professional\\b", "structured", "thorough"),
    *(
        "sincere",
        "lovely",
        "nice(?:ly)?\\b",
        "credible",
        "admire",
        "a plus\\b",
        "spot on",
        "persuasive",
    ),
    *(
        "remarkabl",
        "articulate",
        "positive impression",
        "valued\\b",
        "in your favou?r",
        "memorable",
    ),
    *("at ease", "struck by", "delighted", "pleasure to listen", "came across (?:very )?well"),
)
"""What is said of something that was good."""

CANCELS_PRAISE: Final = _any(
    *("not\\b", "n['’]t", "never", "less", "weaker", "would have", "could have", "unfortunately"),
    *("well as\\b", "as well\\b", "too\\b", "more\\b", "should", "please\\b", "try\\b", "wish"),
)
"""With one of these in the same clause, words of praise praise nothing."""

EMPTY: Final = _any(
    *("another (?:candidate|applicant|person)", "other (?:candidate|applicant|person)"),
    *("someone (?:who has|with) more experience", "more experience", "number of applica"),
    *("thank(?:s| you)\\b", "wish you", "all the best", "on file", "keep your (?:cv|details|data)"),
    *("apply again", "encourage you", "decided to", "unsuccessful", "have chosen", "chose\\b"),
    *("went with", "careful consideration", "applicants", "interest in (?:the|our|working)"),
    *("enjoyed (?:the|meeting|talking|our)", "pleasure (?:to|talking|meeting)", "on hold"),
    *("consider us", "close call", "the decision", "good luck", "best of luck"),
)
"""Politeness: beside one of these praise is no finding, a fault still is."""

SAYS_NOTHING: Final = _any(
    *("unable to", "not able to", "will not be able", "cannot (?:give|provide|share|comment)"),
    *("polic(?:y|ies)\\b", "hope you understand", "please understand", "not monitored"),
    *("not to comment", "do not (?:give|provide) (?:individual )?feedback", "sorry for"),
)
"""Sentences with one of these refuse feedback or excuse themselves; they hold no finding."""

CONTRAST: Final = re.compile(
    r"[,;:]\s+|\s+[–—-]\s+|\s+(?:but|however|although|though|yet|whereas|otherwise)\b\s*",
    re.IGNORECASE,
)
"""Where a sentence may turn from one judgement to another."""


def clauses_of(sentence: str) -> Iterable[str]:
    """Return the parts of a sentence between which its judgement may turn."""
    return [part for part in CONTRAST.split(sentence) if part.strip()]
