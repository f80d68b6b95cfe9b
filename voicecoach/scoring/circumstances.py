"""Circumstances: the situation a story starts from, and the task it sets.

English; lists written for this project.
"""

from typing import Final

from voicecoach.scoring.clause_reading import REACH_OF_SUBJECT, ReadClause, all_unreal
from voicecoach.scoring.deeds import Asked
from voicecoach.scoring.empty_talk import is_empty_talk
from voicecoach.scoring.story_grammar import (
    HABITS,
    NOBODY,
    OPENERS,
    OTHER_PERSON,
    PAST_NEGATIONS,
    SINGULAR_SPEAKER,
    SPEAKER,
    tells_past,
)
from voicecoach.scoring.vocabulary import word_set

DUTIES: Final = ("had to", "needed to", "wanted to", "need to", "needed")
"""Tasks where the speaker is who had to ("my boss wanted to" is a circumstance)."""

WHO_HAS_TO: Final = SPEAKER | word_set("somebody someone you")

TASK_CUES: Final = (
    "asked me to",
    "asked us to",
    "wanted me to",
    "told me to",
    "told us to",
    "was told to",
    "were told to",
    "mine to",
    "ours to",
    "up to me to",
    "it was me who",
    "i was given",
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

SET_TASKS: Final = (
    "my job was",
    "my task was",
    "our task was",
    "my goal was",
    "the goal was",
    "the target was",
    "had asked me to",
    "was tasked",
    "were tasked",
    "was my job",
    "was my task",
)
"""Tasks wherever they stand: a story may come to them late. The others only before any deed."""

WORKPLACE: Final = word_set("in at for with as on a the an")
JOBS: Final = word_set(
    "work run clean manage teach train study lead drive sell fix look interpret write build"
)
"""With a workplace behind them, in the present, they open a story ("I work in a care home")."""

POSTS: Final = ("of our", "of the", "at a", "at the", "with a", "in my last")
"""Behind "I'm" they name a post ("I'm treasurer of our choir")."""

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
    "i like to",
    "i like that",
    "i learned that",
    "i learnt that",
    "i've learned",
    "taught me",
    "what i took away",
    "lesson",
    "to be honest",
    "people say",
    "is important",
    "are important",
    "it's important",
    "you have to",
    "you need to be",
)
"""Opinions, generalities and lessons: no part of a story."""

EVALUATIONS: Final = word_set(
    """
    fun hard hardest tough impressive interesting difficult great amazing nice stressful crazy
    horrible terrible wonderful brilliant rewarding exciting challenging scary weird funny
    """
)
"""With these, "it was" comments on the story and tells none of it."""

SHORT_COMMENT: Final = 12
"""A comment on the story has at most so many words (a judgement)."""


def is_task(read: ReadClause) -> bool:
    """Tell whether a clause says what was to be done, and by the speaker."""
    if read.says(TASK_CUES) or _is_wanted_by_another(read):
        return True
    return any(f" {word} {duty} " in read.sentence for word in WHO_HAS_TO for duty in DUTIES)


def _is_wanted_by_another(read: ReadClause) -> bool:
    """Tell "my boss wanted that number halved" from "the mayor wanted to show something"."""
    return any(
        before in OTHER_PERSON and word == "wanted" and after != "to"
        for before, word, after in zip(read.words, read.words[1:], read.words[2:], strict=False)
    )


def is_set_task(read: ReadClause) -> bool:
    """Tell whether a clause names the task as such ("the target was four hundred")."""
    return read.says(SET_TASKS)


def is_comment(read: ReadClause) -> bool:
    """Tell opinions, lessons and remarks on the story ("it was fun too") from what happened.

    "Let me say that again" is one: its "let" looks like a past form and asks for the listener's
    leave. "They let me run it" has its subject before it.
    """
    if read.says(OPINION_CUES):
        return True
    opening = [word for word in read.words[:REACH_OF_SUBJECT] if word not in OPENERS]
    if opening[:2] == ["let", "me"]:
        return True
    evaluates = opening[:2] in (["it", "was"], ["that", "was"], ["it", "is"], ["this", "was"])
    return (
        evaluates
        and len(read.words) <= SHORT_COMMENT
        and (bool(EVALUATIONS & set(read.words)) or read.says(("on me",)))
    )


def tells_circumstances(read: ReadClause, asked: Asked) -> bool:
    """Tell whether a clause says how things were: a situation or a task."""
    if read.says(SITUATION_CUES) or is_task(read):
        return not all_unreal(read) or asked.conditional
    if is_comment(read) or _is_habit_of_ours(read) or is_empty_talk(read):
        return False
    if asked.conditional and read.clause.conditional and "if" in read.words:
        return True
    if _names_a_job(read):
        return True
    return any(_tells_fact(read, place) for place in range(len(read.words)))


def _tells_fact(read: ReadClause, place: int) -> bool:
    word = read.words[place]
    if word == "could":
        return bool(NOBODY & set(read.words[:place]))
    if word in PAST_NEGATIONS:
        return read.words[place - 1] not in SINGULAR_SPEAKER
    if not tells_past(read.words, place) or read.unreal(place):
        return False
    return not read.denied(place) or bool(NOBODY & set(read.words[:place]))


def _is_habit_of_ours(read: ReadClause) -> bool:
    return bool(HABITS & set(read.words) and SPEAKER & set(read.words[:REACH_OF_SUBJECT]))


def _names_a_job(read: ReadClause) -> bool:
    """Tell "I work in a care home" and "I'm in my second year as a machinist"."""
    opening = [word for word in read.words[:REACH_OF_SUBJECT] if word not in OPENERS]
    if opening[:3] in (["i'm", "in", "my"], ["we're", "in", "the"]):
        return True
    if opening[:1] == ["i'm"] and any(f" {place} " in read.sentence for place in POSTS):
        return True
    return len(opening) > 2 and (
        opening[0] in {"i", "we"} and opening[1] in JOBS and opening[2] in WORKPLACE
    )
