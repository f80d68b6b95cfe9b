"""Where a silence falls: between which words, and whether a clause ends there.

Word times are a recogniser's guess; Whisper in particular stretches a word over the pause beside
it. The pause itself is heard in the sound, so the sound decides: each word belongs to the side of
the pause on which it has the more of its time.

`split_clauses` keeps a complement or relative clause with the clause it belongs to, because that is
one statement. A pause before "which", "that" or "how" is a pause between clauses all the same, so
the places where such a clause opens are found here. Finite clauses count, main or subordinate, as
in research on pauses in speech (Foster, Tonkyn & Wigglesworth 2000).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from voicecoach.scoring.clauses import split_clauses
from voicecoach.scoring.content import plain
from voicecoach.scoring.vocabulary import FILLED_PAUSES, is_past_form, word_set
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, Word

_SUBJECTS: Final = word_set(
    """
    i we they he she i'm i've i'd i'll we're we've we'd we'll they're they've they'd they'll he's
    he'd he'll she's she'd she'll
    """
)
"""Pronouns that are always a subject: "it" and "you" may be objects."""
_OTHER_SUBJECTS: Final = word_set(
    """
    it you it's it'd it'll you're you've you'd there everyone everybody everything someone somebody
    something anyone anybody anything nobody nothing
    """
)
_DETERMINERS: Final = word_set(
    """
    the a an my our their his her its your this that these those some every each another both no
    one all many most
    """
)
_AUXILIARIES: Final = word_set(
    """
    am is are was were be been being has have had do does did will would shall should can could may
    might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
    shouldn't can't cannot couldn't
    """
)
_PREPOSITIONS: Final = word_set(
    """
    about after against among around at before behind between by during for from in into like of
    off on onto over per since through to toward towards under until upon via with within without
    """
)
_RELATIVES: Final = word_set("which who whose whom whether")
_AFTER_PREPOSITION: Final = word_set("which whom")
"""These take a preposition with them ("in which"); before "who" it ends the clause ("came in")."""
_QUESTION_WORDS: Final = word_set("how what why where when")
_SUBORDINATORS: Final = word_set(
    """
    because although though unless if when whenever while once until till since before after as
    """
)
_COORDINATORS: Final = word_set("and but or so")
_SENTENCE_ADVERBS: Final = word_set(
    """
    first second then next later finally eventually afterwards meanwhile instead now today
    yesterday luckily fortunately unfortunately honestly initially originally
    """
)
_REPORTING: Final = word_set(
    """
    think thought say said says know knew known believe believed feel felt guess mean meant realise
    realised realize realized suppose hope hoped wish wished told tell sure suggested noticed found
    decided sure make see saw read heard hear explained agreed learned learnt
    """
)
"""What a clause hangs on that opens with its subject alone ("i know we were late")."""
_LONGEST_LEAD: Final = 6
"""So many words, at most, lead in a sentence before its subject ("first of all i")."""


def split_place(words: Sequence[Word], pause: Span) -> int:
    """Return how many of the words were said before a pause.

    The split is the one that leaves the least of the words' time on the wrong side. A word's time
    within the pause belongs to neither side; a word that lies within it altogether goes by its
    middle. All words must have times.
    """
    middle = (pause.start_seconds + pause.end_seconds) / 2
    before: list[float] = []
    after: list[float] = []
    for word in words:
        start, end = word.start_seconds or 0.0, word.end_seconds or 0.0
        early = max(0.0, min(end, pause.start_seconds) - start)
        late = max(0.0, end - max(start, pause.end_seconds))
        if early == late == 0.0:
            early, late = (1e-3, 0.0) if (start + end) / 2 <= middle else (0.0, 1e-3)
        before.append(early)
        after.append(late)
    lost_by_ending = list(accumulate(after, initial=0.0))
    kept_early = list(accumulate(before, initial=0.0))
    costs = [
        wrong + kept_early[-1] - right
        for wrong, right in zip(lost_by_ending, kept_early, strict=True)
    ]
    return min(range(len(costs)), key=costs.__getitem__)


def clause_ends(transcript: Transcript) -> frozenset[int]:
    """Return the positions of the words after which a finite clause ends or a new one opens."""
    ends = {clause.last_word for clause in split_clauses(transcript)}
    places = [
        index
        for index, word in enumerate(transcript.words)
        if plain(word.text) not in FILLED_PAUSES
    ]
    words = [plain(transcript.words[index].text) for index in places]
    start = 0
    for position, (here, _) in enumerate(pairwise(places), start=1):
        if words[position - 1] in _PREPOSITIONS and words[position] in _AFTER_PREPOSITION:
            ends.discard(here)
        elif here in ends:
            start = position
        elif _opens(words, start, position):
            ends.add(here)
            start = position
    return frozenset(ends)


def _opens(words: Sequence[str], start: int, position: int) -> bool:
    """Tell whether a clause that began at `start` is followed by another from `position` on."""
    before = words[position - 1]
    if before in _COORDINATORS or before in _DETERMINERS - {"that", "this", "all", "one"}:
        return False
    return _opens_with_marker(words, start, position) or _opens_without_marker(
        words, start, position
    )


def _opens_with_marker(words: Sequence[str], start: int, position: int) -> bool:
    """Tell a clause opened by "which", "in which", "that", "how" or "before" from a mere word."""
    before, word = words[position - 1], words[position]
    follower = words[position + 1] if position + 1 < len(words) else ""
    return (
        (word in _RELATIVES and not (before in _PREPOSITIONS and word in _AFTER_PREPOSITION))
        or (word in _PREPOSITIONS and follower in _AFTER_PREPOSITION)
        or (word == "that" and before not in _PREPOSITIONS and _may_open(follower))
        or (word in _QUESTION_WORDS and before not in _PREPOSITIONS | _SUBORDINATORS)
        or (
            word in _SUBORDINATORS
            and _has_verb(words[start:position])
            and _opens_with_subject(words, position + 1)
        )
    )


def _opens_without_marker(words: Sequence[str], start: int, position: int) -> bool:
    """Tell a clause that opens with its subject, or with a word that leads in a sentence."""
    before, word = words[position - 1], words[position]
    if word in _SUBJECTS:
        return _takes_subject(words, start, position)
    if word in _OTHER_SUBJECTS or word in _DETERMINERS:
        return before in _REPORTING and _opens_with_subject(words, position)
    return _has_verb(words[start:position]) and _leads_in(words, position)


def _takes_subject(words: Sequence[str], start: int, position: int) -> bool:
    """Tell "the limit i was allowed" and "i know we were late" from "after that i called"."""
    before = words[position - 1]
    if before in _AUXILIARIES | _SUBORDINATORS | _QUESTION_WORDS | _RELATIVES | _SENTENCE_ADVERBS:
        return False
    return before in _REPORTING or _has_verb(words[start:position])


def _leads_in(words: Sequence[str], position: int) -> bool:
    """Tell "first i listed" and "instead of that we" from "he came first and i".

    A preposition may lead in too ("by april we"), but as often it ends what came before ("bright at
    night | i fixed it"): those are left to the punctuation.
    """
    if words[position] not in _SENTENCE_ADVERBS or words[position - 1] in _PREPOSITIONS:
        return False
    for later in range(position + 1, min(position + 1 + _LONGEST_LEAD, len(words))):
        if words[later] in _SUBJECTS:
            return True
        if words[later] in _AUXILIARIES | _COORDINATORS | _SUBORDINATORS | _RELATIVES | {"that"}:
            return False
    return False


def _may_open(word: str) -> bool:
    """Tell whether a clause may go on with this word after "that"."""
    return (
        word in _SUBJECTS | _OTHER_SUBJECTS | _DETERMINERS | _AUXILIARIES
        or word in _SUBORDINATORS
        or is_past_form(word)
    )


def _opens_with_subject(words: Sequence[str], position: int) -> bool:
    """Tell a subject with its verb ("anything broke", "the post was late", "i got home")."""
    if position >= len(words):
        return False
    word = words[position]
    if word in _SUBJECTS:
        return True
    if word in _OTHER_SUBJECTS | _DETERMINERS:
        return _has_verb(words[position + 1 : position + 5])
    return False


def _has_verb(words: Sequence[str]) -> bool:
    return any(
        word in _AUXILIARIES
        or is_past_form(word)
        or (word in _REPORTING and number > 0)
        or ("'" in word and word in _SUBJECTS | _OTHER_SUBJECTS)
        or (word in _SUBJECTS and number + 1 < len(words))
        for number, word in enumerate(words)
    )
