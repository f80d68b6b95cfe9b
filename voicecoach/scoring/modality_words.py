"""How English denies, plans and supposes: the words and phrases that `modality` looks for.

Closed classes and set phrases only; written for this project from general grammars of English
(negation, semi-modals, hypothetical conditionals), not fitted to anything. A phrase is matched word
for word among plain words; `*` stands for any one word.
"""

from typing import Final

from voicecoach.scoring.vocabulary import word_set

Phrases = dict[str, tuple[tuple[str, ...], ...]]


def phrases(*texts: str) -> Phrases:
    """Return phrases by their first word."""
    split = [tuple(text.split()) for text in texts]
    return {
        first: tuple(phrase for phrase in split if phrase[0] == first)
        for first in {phrase[0] for phrase in split}
    }


def _combined(firsts: str, seconds: str) -> tuple[str, ...]:
    return tuple(f"{one} {other}" for one in firsts.split() for other in seconds.split())


# Denials

NEGATED_AUXILIARIES: Final = word_set(
    """
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't shouldn't
    can't cannot couldn't mustn't ain't dont didnt cant wont
    """
)
NEGATORS: Final = NEGATED_AUXILIARIES | word_set(
    "not never hardly barely scarcely neither nor nobody none noone nothing rarely seldom"
)
NEGATING_PHRASES: Final = phrases(
    "no one",
    "no longer",
    "at no point",
    "at no time",
    "on no occasion",
    "under no circumstances",
    "in no way",
    "by no means",
    "not once",
    "fail to",
    "failed to",
    "failing to",
    "unable to",
    "forgot to",
    "forget to",
    "neglected to",
    "declined to",
    "refused to",
    "omitted to",
    "hesitated to",
    "reluctant to",
    "unwilling to",
    "far from",
    "too * to",
    "avoided",
    "skipped",
    "resisted",
    "ruled out",
    "decided against",
    "stopped short of",
    "gave up on",
    "got out of",
    "did nothing to",
)
"""What denies the verb behind it."""
LOCAL_NEGATORS: Final = phrases("no", "without", "instead of", "rather than", "zero")
"""What denies the noun phrase behind it."""
NO_NEGATION: Final = phrases(
    "not only",
    "not just",
    "not merely",
    "not to mention",
    "or not",
    "why not",
    "no doubt",
    "no matter",
    "no problem",
    "nothing but",
    "didn't just",
    "didn't only",
    "don't just",
    "not mistaken",
    "not going to lie",
    "don't get me wrong",
    "never mind",
    "didn't hesitate to",
    "did not hesitate to",
    "didn't fail to",
    "never failed to",
    "not least",
    "no less than",
)
DENIED_PROPOSITIONS: Final = phrases(
    *_combined("not isn't wasn't never hardly", "true right correct so"),
    "not the case",
    "isn't the case",
    "wasn't the case",
    "not that i",
    "not that we",
    "not as if",
    "not what happened",
    "untrue",
    "false that",
    "false to",
    "wrong to say",
    "wrong to claim",
    "a lie",
    "a myth",
    "made up",
    "no way",
    "no truth",
    "no question of",
    "never happened",
    "didn't happen",
    "not happen",
    "deny that",
    "denied that",
    "doubt that",
    "doubt i",
    "doubt we",
    "doubt whether",
    "doubt if",
    "pretend that",
    "pretended that",
    "pretended to",
    "nobody can say",
    "no one can say",
    "contrary to",
    "the opposite of",
    "far from true",
)
"""What denies a whole statement, behind it or, at the end of a sentence, before it."""
BACKWARD_SUBJECTS: Final = word_set("that which this it none that's it's")
SAYING_OR_THINKING: Final = word_set(
    """
    think believe say claim pretend suppose reckon argue maintain swear saying claiming pretending
    """
)
"""Denied, these deny what follows: "I don't think that …", "I can't say that …". Verbs of knowing
are not among them: what one did not know was so."""

# Verbs that lead on to the verb that counts

CATENATIVES: Final = word_set(
    """
    manage managed get got want wanted need needed try tried have bother bothered happen happened
    ever dare dared care cared choose chose decide decided begin began start started succeed
    succeeded end ended remember remembered go going come came able allowed actually even find
    help helped seem seemed
    """
)
"""After a denial or a plan these only lead to the verb: "didn't manage to set up"."""

# Plans

FUTURE_WORDS: Final = word_set(
    "will shall i'll we'll they'll he'll she'll it'll you'll won't gonna let's"
)
PLANS: Final = word_set(
    """
    plan plans planning planned intend intends intending intended hope hopes hoping hoped aim aims
    aiming aimed want wants wanted wanting expect expects expecting expected wish wishes wished need
    needs supposed meant scheduled ought tempted keen dying hesitating dream dreamed dreaming
    """
)
"""With "to" or "on" behind them ("planned to", "planning on")."""
PLANNING_PHRASES: Final = phrases(
    "about to",
    "looking to",
    "due to",
    "yet to",
    "set on",
    "thinking of",
    "thinking about",
    "thought of",
    "thought about",
    "considered",
    "considering",
    "contemplating",
    "toyed with",
    "toying with",
    "dream of",
    "dreamed of",
    "dreaming of",
    "would like",
    "would love",
    "would prefer",
    *_combined("plan idea aim goal intention hope dream wish thing task", "is was would"),
    *(f"{word} to" for word in ("i'd like", "i'd love", "we'd like", "we'd love")),
)
WISHES: Final = phrases(
    "next time",
    "in future",
    "in the future",
    "one day i",
    "one day we",
    "some day i",
    "someday",
    "going forward",
    "from now on",
    "in an ideal world",
    "in a perfect world",
    "ideally",
    "hypothetically",
    "in theory",
    "i wish",
    "we wish",
    "if only",
    *_combined("suppose supposing imagine assuming", "i we"),
    *_combined("say pretend", "i"),
    "what if",
    "given the chance",
    "in hindsight",
)
"""What makes the rest of a sentence a plan, a wish or a thought experiment. The last few need an
opening: see `NEEDS_TO_OPEN`."""
NEEDS_TO_OPEN: Final = word_set("say pretend suppose supposing imagine assuming in given ideally")
"""Wishes that begin with these count only where they open a clause."""

# Suppositions

CONDITIONALS: Final = word_set("would wouldn't might")
MODALS_OF_THE_UNDONE: Final = word_set("could should ought might may")
"""With "have" behind them ("should have", "ought to have") the thing was not done."""
CONTRACTED_WOULD: Final = word_set("i'd we'd they'd he'd she'd you'd it'd")
HABITS: Final = word_set("every each always usually often whenever daily weekly")
NOT_A_CONDITION: Final = word_set(
    """
    ask asked asking see seeing saw know knowing knew wonder wondered wondering check checked
    checking as even sure decide decided unsure tell find test tested
    """
)
"""Words before "if" that make it a question ("asked if") or a comparison ("as if")."""
INVERTED: Final = phrases(*_combined("had were should", "i we"))
"""At the start of a clause: "had I set up …", "were we to set up …"."""
PLACES_TO_GO: Final = word_set("the a an my our work school bed university college church town")
"""Behind "was going to" these are where somebody went, not what they planned."""
