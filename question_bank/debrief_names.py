"""The names a debrief's parts go by, in headings, labels and keys alike."""

import re
from typing import Final


def plain_name(name: str) -> str:
    """Return a heading, label or key without case, punctuation and decoration."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold().replace("’", "'").replace("'", "")))


def _all(**names: str) -> dict[str, str]:
    return {
        plain_name(name): meaning
        for meaning, listed in names.items()
        for name in (meaning, *listed.split(","))
    }


NEXT_NAMES: Final = _all(
    company="employer,firm,organisation,organization,where,at",
    role="job,position,job title,title",
    date="day,when,on,interview date",
)
"""What is said about the next interview."""

INTERVIEW_NAMES: Final = NEXT_NAMES | _all(
    outcome="result,decision,how it ended",
    feelings="feeling,how i felt,how i feel,how it felt,emotions",
    went_well="what went well,good,what was good,highlights,what worked",
    differed_from_expected="what differed from what i expected,what differed,what was different,"
    "what surprised me,surprises,what differed from my expectations,"
    "different from expected,differed from what i expected",
    could_answer_better="what i could have answered better,could have answered better,"
    "what i could answer better,could answer better,what went badly,what went wrong,"
    "what i would answer differently,what could have gone better,what to improve",
    feedback_received="feedback,feedback i received,feedback i got,what they said,their feedback",
    grey_areas="grey area,gray areas,gray area,what was unclear,neither good nor bad,"
    "where i am not sure,unclear",
    right_company="was it the right company,the right company,was it right for me,"
    "right company for me,is it the right company,was it a fit,fit",
    right_company_why="why it was the right company,why it was not the right company",
    lessons="lesson,lessons learned,lessons learnt,what i learned,what i learnt,takeaways",
    dos="do,do's,next time i do,next time i will,do next time,what to do next time,what i will do",
    donts="dont,don'ts,do's not,next time i dont,next time i wont,dont do next time,"
    "what not to do next time,what i wont do again",
    next_interview="upcoming interview,the next interview,next,upcoming",
    questions="hard questions,the questions,questions they asked,questions asked,"
    "questions that tripped me up,the questions that tripped me up,difficult questions",
)
"""What is said about the interview that was."""

QUESTION_NAMES: Final = _all(
    question="text,the question",
    kind="type,category",
    tripped_up="tripped me up,how it tripped me up,what tripped me up,why it was hard,trip",
    difficulty="how hard,how hard it was,hardness",
    target_seconds="target,target time,target length",
    remembered_answer="what i said,what i answered,my answer,answer,what i remember saying",
    outline="answer outline,a better answer,outline of a better answer,my outline",
    skills="skill,skills shown",
    stories="story",
    competency="competence",
)
"""What is said about a question."""

POINT_NAMES: Final = _all(text="point", part="star", weight="importance")
"""What is said about a point of an outline, in YAML and JSON."""

FEELING_NAMES: Final = _all(word="feeling,name", intensity="strength,level,how strong")
"""What is said about a feeling, in YAML and JSON."""

FREE_TEXT: Final = frozenset(
    {"feedback_received", "remembered_answer", "right_company", "right_company_why"}
)
"""Whole texts: their lines stay lines."""

LISTS: Final = frozenset(
    {
        "feelings",
        "went_well",
        "differed_from_expected",
        "could_answer_better",
        "grey_areas",
        "lessons",
        "dos",
        "donts",
        "outline",
        "skills",
        "stories",
    }
)
"""Lists: one entry a bullet."""

ONE_LINE: Final = frozenset(
    {"company", "role", "date", "outcome", "kind", "difficulty", "target_seconds"}
)
"""Values that end with their line."""
