"""Words as scoring sees them: plain forms, function words, stems, and how rare a word is.

Everything here looks at words alone, never at punctuation or capitals, because a transcript's
punctuation is a recogniser's guess.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import snowballstemmer

from question_bank.outline import Outline
from question_bank.question import Question


def word_set(words: str) -> frozenset[str]:
    """Return the words of a blank-separated list."""
    return frozenset(words.split())


FILLED_PAUSES: Final = word_set("ah eh em er erm ehm hm hmm hmmm huh mhm mm mmm uh uhh uhm um umm")
"""Sounds of hesitation as recognisers spell them. They never count as words of the content."""

FUNCTION_WORDS: Final = word_set(
    """
    a about above across after afterwards again against all almost along already also although
    always am among an and another any anybody anyone anything anyway are aren't around as at away
    back be because been before being below between both but by can can't cannot could couldn't
    did didn't do does doesn't doing don't done down during each either else enough etc even ever
    every everybody everyone everything few for from further get gets getting go goes going gonna
    got had hadn't has hasn't have haven't having he he'd he'll he's hence her here hers herself
    him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it it'd
    it'll it's its itself just kind least less let let's like likely lot lots many may maybe me
    might mine more most much must mustn't my myself neither never no nobody none nor not nothing
    now of off often oh ok okay on once one ones only onto or other others otherwise ought our
    ours ourselves out over own per perhaps quite rather really same shall she she'd she'll she's
    should shouldn't since so some somebody someone something sometimes somewhat sort still such
    than that that'd that's the their theirs them themselves then there there's therefore these
    they they'd they'll they're they've thing things this those though through throughout thus
    till to together too toward towards under unless until unto up upon us very via was wasn't we
    we'd we'll we're we've well were weren't what what's whatever when whenever where where's
    whereas wherever whether which whichever while who who'd who'll who's whoever whole whom whose
    why will with within without won't would wouldn't yeah yes yet you you'd you'll you're you've
    your yours yourself yourselves
    """
)
"""Closed-class English words (articles, pronouns, prepositions, auxiliaries, conjunctions) and
the empty adverbs and nouns of speech. Written for this project; a genuine spoken sentence is
about half function words, a list of keywords has next to none."""

_IRREGULAR: Final[dict[str, str]] = {
    form: base
    for base, forms in (
        line.strip().split(":")
        for line in """
        become:became|begin:began begun|break:broke broken|bring:brought|build:built|buy:bought
        catch:caught|choose:chose chosen|come:came|deal:dealt|draw:drew drawn|drive:drove driven
        eat:ate eaten|fall:fell fallen|feed:fed|feel:felt|fight:fought|find:found|fly:flew flown
        forget:forgot forgotten|freeze:froze frozen|give:gave given|grow:grew grown|hang:hung
        hear:heard|hide:hid hidden|hold:held|keep:kept|know:knew known|lead:led|leave:left
        lend:lent|lose:lost|make:made|mean:meant|meet:met|pay:paid|ride:rode ridden|ring:rang rung
        rise:rose risen|run:ran|say:said|see:saw seen|seek:sought|sell:sold|send:sent
        shake:shook shaken|show:shown|shrink:shrank shrunk|sit:sat|sleep:slept|speak:spoke spoken
        spend:spent|stand:stood|steal:stole stolen|stick:stuck|take:took taken|teach:taught
        tell:told|think:thought|throw:threw thrown|understand:understood|wake:woke woken
        wear:wore worn|win:won|write:wrote written|rebuild:rebuilt|rewrite:rewrote rewritten
        overcome:overcame|undertake:undertook undertaken|withdraw:withdrew withdrawn
        child:children|man:men|woman:women|person:people|foot:feet|tooth:teeth|mouse:mice
        good:better best|bad:worse worst
        """.replace("\n", "|").split("|")
        if ":" in line
    )
    for form in forms.split()
}
"""Irregular forms and the word they belong to."""

IRREGULAR_PASTS: Final = frozenset(_IRREGULAR) - word_set(
    "better best worse worst children men women people feet teeth mice"
) | word_set("did had was were got went put set cut let hit quit shut read split")
"""Past forms that do not end in -ed (those that look like the present included)."""

_OTHER_SPELLINGS: Final[dict[str, str]] = {
    "programme": "program",
    "programmes": "program",
    "centre": "center",
    "centres": "center",
    "cheque": "check",
    "cheques": "check",
    "licence": "license",
    "practise": "practice",
    "practised": "practice",
    "grey": "gray",
    "learnt": "learn",
    "judgement": "judgment",
}
"""British spellings that the rules in `stem` do not reach."""

_WORD: Final = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*%?|[$£€]\d[\d.,]*\w*", re.UNICODE)
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})

_TOKENS_PER_PASSAGE: Final = 100
"""Length in words of the passage whose document frequency `rarity` estimates."""
_ZIPF_CONSTANT: Final = 0.1
"""Zipf's law for English: the word of rank r makes up about 0.1/r of running text."""
_UNKNOWN_RANK: Final = 25_000
"""Rank assumed for a word that is not in the table."""


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A word in plain form (lower case, no punctuation) and its span in the text it came from."""

    text: str
    start_char: int
    end_char: int


@lru_cache(maxsize=8_192)
def plain_words(text: str) -> tuple[PlainWord, ...]:
    """Return the words of a text in plain form; hyphenated words come apart.

    "Follow-up, please!" gives follow, up, please. Filled pauses are still there. The latest texts
    are remembered: every criterion reads the same answer word by word.
    """
    straight = text.translate(_APOSTROPHES)
    return tuple(
        PlainWord(match.group().lower(), match.start(), match.end())
        for match in _WORD.finditer(straight)
    )


def is_function_word(word: str) -> bool:
    """Tell whether a plain word is a function word ("didn't" and "that's" are)."""
    return word in FUNCTION_WORDS


def is_common_word(word: str) -> bool:
    """Tell whether a plain word, or another with its stem, is in the table of common words."""
    return stem(word) in _ranks_of_stems()


def is_content_word(word: str) -> bool:
    """Tell whether a plain word carries content: neither a function word nor a filled pause."""
    if word in FUNCTION_WORDS or word in FILLED_PAUSES:
        return False
    return len(word) > 1 or word.isdigit()


def is_past_form(word: str) -> bool:
    """Tell whether a plain word looks like a past tense or participle ("led", "trained")."""
    return word in IRREGULAR_PASTS or (len(word) > 4 and word.endswith("ed"))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem under which inflections and British and American spellings meet.

    "Organised", "organizing" -> one stem; "led", "leading" -> one stem. Snowball's English
    stemmer, after irregular forms are led back to their base.
    """
    base = word.removesuffix("'s")
    base = _IRREGULAR.get(base, _OTHER_SPELLINGS.get(base, base))
    # A stemmer object keeps its position while it works, so each call has its own.
    stemmed: str = snowballstemmer.stemmer("english").stemWord(base)
    if len(stemmed) > 4:
        if stemmed.endswith(("is", "ys")):
            stemmed = stemmed[:-1] + "z"
        elif stemmed.endswith("our"):
            stemmed = stemmed[:-3] + "or"
    return stemmed


def rarity(word: str) -> float:
    """Return how much a word tells, from 0 (in every passage) to 1 (hardly ever met).

    An inverse document frequency: the word's rank r in the table gives, by Zipf's law, the share
    `1 - exp(-100 * 0.1 / r)` of 100-word passages that contain it; the negative logarithm of
    that share is scaled so that an unknown word has 1.
    """
    ranks = _ranks_of_stems()
    return _rarity_of_rank(ranks.get(stem(word), _UNKNOWN_RANK))


def _rarity_of_rank(rank: int) -> float:
    def information(r: int) -> float:
        return -math.log(-math.expm1(-_TOKENS_PER_PASSAGE * _ZIPF_CONSTANT / r))

    return min(1.0, information(rank) / information(_UNKNOWN_RANK))


@cache
def _ranks_of_stems() -> dict[str, int]:
    """Return the rank of the commonest word with each stem (1 is the commonest of all)."""
    table = resources.files("voicecoach.scoring").joinpath("word_ranks.txt")
    ranks: dict[str, int] = {}
    words = (
        line for line in table.read_text(encoding="utf-8").splitlines() if line[:1] not in {"#", ""}
    )
    for rank, word in enumerate(words, start=1):
        ranks.setdefault(stem(word), rank)
    return ranks


def rare_terms(question: Question, outline: Outline | None, limit: int) -> tuple[str, ...]:
    """Return the words of a question and its outline that a recogniser may not expect.

    They serve as hotwords. Names and abbreviations (a capital inside a sentence, or digits beside
    letters) come first, then the rarest words; as written, each once, at most `limit`.
    """
    texts = [question.text]
    if outline is not None:
        texts += [point.text for point in outline.points]
        texts += [*outline.skills, *outline.stories]
    best: dict[str, tuple[float, str]] = {}
    for text in texts:
        for written, opens_sentence in _written_words(text):
            plain = written.lower()
            if not is_content_word(plain) or plain.isdigit():
                continue
            score = rarity(plain) + (1.0 if _looks_like_a_name(written, opens_sentence) else 0.0)
            if score >= _RARE_ENOUGH and (plain not in best or best[plain][0] < score):
                best[plain] = (score, written)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(written for _, (_, written) in ordered[: max(0, limit)])


_RARE_ENOUGH: Final = 0.75
"""Least `rarity` of a hotword: about rank 5,000, beyond everyday words (a judgement)."""


def _written_words(text: str) -> Iterable[tuple[str, bool]]:
    straight = text.translate(_APOSTROPHES)
    for word in plain_words(text):
        before = straight[: word.start_char].rstrip(" \"'([")
        yield straight[word.start_char : word.end_char], before[-1:] in {"", ".", "?", "!", ":"}


def _looks_like_a_name(written: str, opens_sentence: bool) -> bool:
    if any(letter.isupper() for letter in written[1:]):
        return True
    if any(letter.isdigit() for letter in written):
        return any(letter.isalpha() for letter in written)
    return written[:1].isupper() and not opens_sentence
