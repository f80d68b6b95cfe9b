"""Which part of a story each clause tells, by rules one can read.

A clause is an action if the speaker is its subject and its verb is something done; a result if
it says what came of it; a task if it says what was to be done; a situation if it tells
circumstances before anything was done. What is denied, planned or merely supposed is none of
these, except that an answer to "what would you do" acts in the conditional. A list of keywords
is no clause at all, and a clause said again counts once.

An added result must never cost a level, so clauses that only tell how things went on after an
action, without being a result, are left out of the reckoning of time.
"""

from dataclasses import dataclass
from typing import Final

from question_bank.outline import StarPart
from question_bank.question import QuestionKind
from voicecoach.scoring.clause_reading import (
    REACH_OF_SUBJECT,
    ReadClause,
    all_denied,
    all_unreal,
    measures,
    read_clauses,
    within,
)
from voicecoach.scoring.clauses import Clause
from voicecoach.scoring.empty_talk import says_nothing
from voicecoach.scoring.spoken_time import has_times
from voicecoach.scoring.story_words import (
    AFTER_A_WHILE,
    AFTER_MODAL,
    BEFORE_AND_AFTER,
    BEINGS,
    BETTER_STATES,
    BETWEEN_SUBJECT_AND_VERB,
    CHECKED_AFTERWARDS,
    CHECKS,
    CONNECTORS,
    DELIVERED,
    DONE_UNLESS_FOLLOWED_BY,
    EMPTY_RESULTS,
    FINISHED_BY_US,
    GOT_DONE,
    HABITS,
    HARMS,
    HYPOTHETICAL_RESULT_CUES,
    LABELS,
    MODALS,
    MULTIPLES,
    NAMED_OUTCOMES,
    NO_DEED,
    OPINION_CUES,
    OTHER_PERSON,
    OUTCOMES,
    PAST_NEGATIONS,
    PRAISE,
    RATINGS,
    REACTIONS,
    RESULT_CUES,
    SAYING,
    SINGULAR_SPEAKER,
    SITUATION_CUES,
    SPEAKER,
    STRONG_RESULT_CUES,
    TALKS,
    TARGETS,
    TASK_CUES,
    TELLS_ON,
    TIMELINESS,
    is_deed,
    is_past,
)
from voicecoach.scoring.vocabulary import is_content_word, is_function_word, stem
from voicecoach.speech.transcript import Transcript

SAME_CLAUSE: Final = 0.8
"""Share of stems in common from which a clause says the same as an earlier one (a judgement)."""

ENOUGH_DONE: Final = 2
"""So many actions before it make a bare figure what came of them (a judgement)."""

_CONDITIONAL_KINDS: Final = frozenset({QuestionKind.SITUATIONAL, QuestionKind.TECHNICAL})
"""Kinds of question that are answered in the conditional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something the speaker did: `own` alone ("I") or together ("we"), and by which verb.

    `in_fact` is true for the past, false for what is done usually or would be done.
    """

    own: bool
    verb: str
    in_fact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryClause:
    """A clause and its part of the story.

    `part` is None for opinions and asides; `deed` is what the speaker does in it (also in a
    result: "I cut the costs by half"); `proved` tells of a result that it has evidence. `time` is
    how long it takes in seconds (or words, where words have no times); labels, lists and repeats
    take none. `in_balance` is false for what the share of the actions is not reckoned against.
    """

    clause: Clause
    part: StarPart | None
    deed: Deed | None
    proved: bool
    time: float
    in_balance: bool


def tell_story(transcript: Transcript, kind: QuestionKind) -> tuple[StoryClause, ...]:
    """Return the clauses of an answer with their parts, in order.

    `transcript` is the content of the answer: without filled pauses and repeats.
    """
    reader = _Reader(kind)
    return tuple(
        reader.read(read, _duration(transcript, read.clause)) for read in read_clauses(transcript)
    )


def _duration(transcript: Transcript, clause: Clause) -> float:
    words = transcript.words[clause.first_word : clause.last_word + 1]
    if not has_times(transcript):
        return float(len(words))
    return sum((word.end_seconds or 0.0) - (word.start_seconds or 0.0) for word in words)


class _Reader:
    """Reads clauses in order, remembering only what was said before."""

    def __init__(self, kind: QuestionKind) -> None:
        self._conditional = kind in _CONDITIONAL_KINDS
        self._present = kind is not QuestionKind.BEHAVIOURAL
        self._seen: list[frozenset[str]] = []
        self._acted = False
        self._done_in_fact = 0
        self._has_result = False
        self._carried: Deed | None = None
        self._before: StarPart | None = None

    def read(self, read: ReadClause, duration: float) -> StoryClause:
        if read.is_list or self._is_label(read) or self._said_before(read):
            self._carried = None
            return StoryClause(
                clause=read.clause, part=None, deed=None, proved=False, time=0.0, in_balance=False
            )
        deed = self._deed(read)
        part, in_balance = self._part(read, deed)
        if part is StarPart.ACTION:
            self._acted = True
            self._done_in_fact += deed is not None and deed.in_fact
        if part is StarPart.RESULT:
            self._has_result = True
        if deed is not None or part is not self._before:
            self._carried = deed or _speaker_of(read)
        self._before = part
        proved = part is StarPart.RESULT and self._is_proved(read)
        return StoryClause(
            clause=read.clause,
            part=part,
            deed=deed,
            proved=proved,
            time=duration,
            in_balance=in_balance,
        )

    def _part(self, read: ReadClause, deed: Deed | None) -> tuple[StarPart | None, bool]:
        """Return the part of a clause and whether the actions are reckoned against its time."""
        tells = self._tells_circumstances(read)
        is_task = tells and not self._acted and deed is None and self._is_task(read)
        if not is_task and self._is_result(read, deed):
            return StarPart.RESULT, False
        if deed is not None:
            return StarPart.ACTION, True
        if self._continues(read) and not is_task:
            return self._before, self._before is not StarPart.RESULT
        if not tells:
            return None, not self._has_result
        if self._acted or self._has_result:
            return None, False
        return (StarPart.TASK if is_task else StarPart.SITUATION), True

    # What the speaker did

    def _deed(self, read: ReadClause) -> Deed | None:
        if HABITS & set(read.words) and not self._present:
            return None
        for position, word in enumerate(read.words):
            if word in SPEAKER:
                if self._is_background(read, position):
                    continue
                verb = self._verb_after(read, position)
                if verb is not None:
                    return _deed(word in SINGULAR_SPEAKER, verb)
        return self._carried_deed(read)

    def _is_background(self, read: ReadClause, position: int) -> bool:
        """Tell "when I built it" and "before I change anything": said on the way to the point."""
        before = read.words[position - 1] if position else ""
        if before == "what":
            return "was" not in read.words[position:]
        if self._present and before in {"before", "if", "once", "until"}:
            return True
        return before in {"when", "where", "while", "who"}

    def _verb_after(self, read: ReadClause, position: int) -> str | None:
        """Return the deed's verb behind a subject, or None where there is no deed."""
        if self._conditional and (
            read.words[position] in MODALS or self._modal_follows(read, position)
        ):
            return self._supposed_verb(read, position)
        for place in range(position + 1, min(position + 1 + REACH_OF_SUBJECT, len(read.words))):
            word = read.words[place]
            if read.denied(place) or read.unreal(place):
                return None
            if read.words[place : place + 2] == ("did", "was"):
                return self._named_deed(read, place + 2)
            if self._is_done(read, place) or self._is_present_deed(read, place):
                return word
            passes = word in BETWEEN_SUBJECT_AND_VERB or word.endswith("ly")
            if not passes and read.words[place : place + 2] not in {
                ("was", "able"),
                ("were", "able"),
            }:
                return None
        return None

    def _is_present_deed(self, read: ReadClause, place: int) -> bool:
        """Tell "I check the logs" and, in a story under way, "so I call the supplier"."""
        word = read.words[place]
        told_in_present = self._before is not None and read.words[0] in TELLS_ON
        return (
            (self._present or told_in_present)
            and is_content_word(word)
            and not is_past(word)
            and not word.endswith(("ly", "ing"))
            and word not in NO_DEED
        )

    @staticmethod
    def _named_deed(read: ReadClause, place: int) -> str | None:
        """Return the verb in "the first thing I did was tell them"; None in "was I told them"."""
        word = read.words[place] if place < len(read.words) else ""
        return word if is_content_word(word) and word not in NO_DEED else None

    @staticmethod
    def _modal_follows(read: ReadClause, position: int) -> bool:
        return any(word in MODALS for word in read.words[position + 1 : position + 3])

    @staticmethod
    def _supposed_verb(read: ReadClause, position: int) -> str | None:
        """Return what would be done behind "I would", "I'd first want to"."""
        for place in range(position + 1, min(position + 9, len(read.words))):
            word = read.words[place]
            if read.denied(place):
                return None
            if word in MODALS or word in AFTER_MODAL or word.endswith("ly"):
                continue
            return None if word in NO_DEED else word
        return None

    @staticmethod
    def _is_done(read: ReadClause, place: int) -> bool:
        """Tell whether a word is a past verb of something done, given what follows it."""
        word = read.words[place]
        following = read.words[place + 1 : place + 6]
        follower = following[0] if following else ""
        if word in DONE_UNLESS_FOLLOWED_BY:
            return bool(follower) and follower not in DONE_UNLESS_FOLLOWED_BY[word]
        if word == "got":
            return bool(GOT_DONE & set(following[:3]))
        if word == "had":
            return bool(TALKS & set(following)) and follower != "to"
        return word == "able" or (word == "came" and follower == "up") or is_deed(word)

    def _carried_deed(self, read: ReadClause) -> Deed | None:
        """Return a deed whose subject was said before: "I called them | and asked".

        Deeds without any subject ("Called every supplier.") are left out: so sounds an outline
        that is read aloud.
        """
        if self._carried is None:
            return None
        for place, word in enumerate(read.words[:REACH_OF_SUBJECT]):
            if read.denied(place):
                return None
            if place and self._is_done(read, place) and not read.unreal(place):
                return _deed(self._carried.own, word)
            if (
                place
                and self._conditional
                and read.words[0] in {"and", "then"}
                and word not in CONNECTORS
                and not is_past(word)
                and read.unreal(place)
            ):
                return None if word in NO_DEED else _deed(self._carried.own, word)
            if word not in CONNECTORS and not word.endswith("ly"):
                return None
        return None

    # What came of it

    def _is_result(self, read: ReadClause, deed: Deed | None) -> bool:
        if self._conditional and self._acted and self._is_supposed_result(read, deed):
            return _says_something(read)
        if all_unreal(read):
            return False
        strong = read.says(STRONG_RESULT_CUES)
        cued = strong or (read.says(RESULT_CUES) and (self._done_in_fact > 0 or deed is not None))
        if deed is not None:
            return not all_denied(read) and self._is_own_result(read, deed, cued=cued)
        if self._done_in_fact and _is_harm_averted(read):
            return True
        if all_denied(read):
            return False
        followed_up = self._done_in_fact > 0 or self._has_result
        return (cued and self._cue_tells(read)) or (followed_up and self._is_outcome(read))

    @staticmethod
    def _is_supposed_result(read: ReadClause, deed: Deed | None) -> bool:
        """Tell "so that they stay" and "I would check again whether it helped"."""
        checked = deed is not None and deed.verb in CHECKS
        return read.says(HYPOTHETICAL_RESULT_CUES) or (checked and read.says(CHECKED_AFTERWARDS))

    @staticmethod
    def _cue_tells(read: ReadClause) -> bool:
        """Whether something follows a cue; of the speaker's own state only a figure does."""
        speaker = _speaker_of(read)
        if speaker is not None and not read.says(STRONG_RESULT_CUES):
            return bool(measures(read))
        return _says_something(read)

    def _is_own_result(self, read: ReadClause, deed: Deed, *, cued: bool) -> bool:
        """Tell "I cut the costs by half" and "in the end we won" from plain actions."""
        words = set(read.words)
        if deed.verb in FINISHED_BY_US:
            return True
        if deed.verb in DELIVERED and words & (TARGETS | TIMELINESS):
            return True
        if deed.verb in OUTCOMES:
            return cued or bool(measures(read)) or read.says(BEFORE_AND_AFTER)
        return cued and (deed.verb in REACTIONS or read.says(("ended up", "rolled out to")))

    def _is_outcome(self, read: ReadClause) -> bool:
        """Tell whether something else than the speaker came out well after the action."""
        words = read.words
        if self._is_figure_at_the_end(read):
            return True
        for place, word in enumerate(words):
            if not place or read.denied(place) or read.unreal(place):
                continue
            before = set(words[max(0, place - 4) : place])
            if before & SPEAKER:
                continue
            if word in OUTCOMES and not before & OTHER_PERSON:
                return True
            if word in REACTIONS and words[place + 1 : place + 3] != ("with", "me"):
                return True
            if word in SAYING and PRAISE & set(words[place + 1 :]):
                return True
            if word in BEINGS and BETTER_STATES & set(words[place + 1 : place + 5]):
                return True
        return False

    def _is_figure_at_the_end(self, read: ReadClause) -> bool:
        """Tell "thirty people turned up" and "now it takes ten minutes", after several actions."""
        if self._done_in_fact < ENOUGH_DONE or not measures(read):
            return False
        if (SPEAKER | OTHER_PERSON | {"they"}) & set(read.words[:REACH_OF_SUBJECT]):
            return bool(RATINGS & set(read.words))
        in_fact = any(is_past(word) and not read.denied(n) for n, word in enumerate(read.words))
        return in_fact or "now" in read.words or read.says(AFTER_A_WHILE)

    def _is_proved(self, read: ReadClause) -> bool:
        words = set(read.words)
        if self._conditional and words & CHECKS:
            return True
        return bool(
            measures(read)
            or _is_harm_averted(read)
            or words & (NAMED_OUTCOMES | MULTIPLES)
            or read.says(BEFORE_AND_AFTER)
            or read.says(("still use", "still uses", "still used", "still in use"))
            or (words & SAYING and words & PRAISE)
        )

    # The setting

    def _tells_circumstances(self, read: ReadClause) -> bool:
        if read.says(SITUATION_CUES) or self._is_task(read):
            return not all_unreal(read) or self._conditional
        if read.says(OPINION_CUES):
            return False
        if self._conditional and read.clause.conditional and "if" in read.words:
            return True
        return any(
            (is_past(word) and not read.unreal(place) and not read.denied(place))
            or (word in PAST_NEGATIONS and read.words[place - 1] not in SINGULAR_SPEAKER)
            for place, word in enumerate(read.words)
        )

    @staticmethod
    def _is_task(read: ReadClause) -> bool:
        return read.says(TASK_CUES)

    def _continues(self, read: ReadClause) -> bool:
        """Tell a clause that goes on with the one before: "| that showed the delays"."""
        if self._before is None or read.says(OPINION_CUES):
            return False
        opener = read.words[0]
        has_speaker = bool(SPEAKER & set(read.words))
        return (opener in {"that", "which", "who", "where", "to", "by", "with"}) or (
            opener in {"because", "so"} and not has_speaker
        )

    # What counts for nothing

    @staticmethod
    def _is_label(read: ReadClause) -> bool:
        """Tell a clause that only names a part: "so the situation", "I took decisive action"."""
        if says_nothing(read.words):
            return True
        if not LABELS & set(read.words):
            return False
        return all(word in EMPTY_RESULTS or is_function_word(word) for word in read.words)

    def _said_before(self, read: ReadClause) -> bool:
        stems = frozenset(stem(word) for word in read.words if is_content_word(word))
        if not stems:
            return False
        repeated = any(
            len(stems & earlier) >= SAME_CLAUSE * max(len(stems), len(earlier))
            for earlier in self._seen
            if len(stems) > 1 or stems == earlier
        )
        self._seen.append(stems)
        return repeated


def _deed(own: bool, verb: str) -> Deed:
    return Deed(own=own, verb=verb, in_fact=is_past(verb) or verb == "able")


def _speaker_of(read: ReadClause) -> Deed | None:
    """Return the speaker as subject of a clause without a deed: "I was at my desk | and saw"."""
    for word in read.words[:REACH_OF_SUBJECT]:
        if word in SPEAKER:
            return _deed(word in SINGULAR_SPEAKER, "")
        if word not in CONNECTORS and not word.endswith("ly"):
            return None
    return None


def _is_harm_averted(read: ReadClause) -> bool:
    """Tell "we didn't lose a single order" and "it hasn't happened again"."""
    if not read.clause.negated or within(read.clause.condition, read.indexes[0]):
        return False
    harmed = any(word in HARMS and read.denied(place) for place, word in enumerate(read.words))
    over = any(word == "again" and read.denied(place) for place, word in enumerate(read.words))
    return harmed or over


def _says_something(read: ReadClause) -> bool:
    """Whether a clause with a cue says more than the cue's own empty words."""
    cue_words = {word for cue in RESULT_CUES for word in cue.split()}
    return any(
        is_content_word(word) and word not in EMPTY_RESULTS and word not in cue_words
        for word in read.words
    )
