"""The form of an interview: what was typed in it, what it means, what can't be used."""

from dataclasses import dataclass
from datetime import date

from question_bank.debrief_draft import DebriefDraft, FieldProblem, read_draft
from question_bank.interview import Feeling, Interview, Outcome
from question_bank.interview_shelf import InterviewFields
from server.page.forms import Typed
from server.page.question_form import Problems, by_field


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewForm:
    """An interview as it was typed. `meant` is None where it can't be stored like that."""

    typed: DebriefDraft
    meant: InterviewFields | None
    problems: Problems


def read_interview_form(sent: Typed, today: date) -> InterviewForm:
    """Return what the form of an interview says."""
    typed = DebriefDraft(
        company=sent.one("company"),
        role=sent.one("role"),
        day=sent.one("day"),
        outcome=sent.one("outcome"),
        feelings=sent.one("feelings"),
        went_well=sent.one("went_well"),
        differed_from_expected=sent.one("differed_from_expected"),
        could_answer_better=sent.one("could_answer_better"),
        feedback_received=sent.one("feedback_received"),
        lessons=sent.one("lessons"),
        grey_areas=sent.one("grey_areas"),
        right_company=sent.one("right_company"),
        right_company_why=sent.one("right_company_why"),
        dos=sent.one("dos"),
        donts=sent.one("donts"),
    )
    read = read_draft(typed)
    said = read.debrief
    # A day is name enough for an interview that is to come.
    problems = [one for one in read.problems if one.field != "company" or typed.company.strip()]
    if not (said.company or said.role or said.day):
        problems.append(
            FieldProblem(
                field="company",
                what="The interview has no name yet.",
                remedy="Write the company, the role or the day.",
            )
        )
    if said.outcome is Outcome.UPCOMING and said.day is not None and said.day < today:
        problems.append(
            FieldProblem(
                field="outcome",
                what="That day has passed.",
                remedy="Say how it ended, or that there is no answer yet.",
            )
        )
    meant: InterviewFields = {
        "company": said.company,
        "role": said.role,
        "day": said.day,
        "outcome": said.outcome,
        "feelings": said.feelings,
        "went_well": said.went_well,
        "differed_from_expected": said.differed_from_expected,
        "could_answer_better": said.could_answer_better,
        "feedback_received": said.feedback_received,
        "lessons": said.lessons,
        "grey_areas": said.grey_areas,
        "right_company": said.right_company,
        "right_company_why": said.right_company_why,
        "dos": said.dos,
        "donts": said.donts,
    }
    return InterviewForm(
        typed=typed, meant=None if problems else meant, problems=by_field(problems)
    )


def interview_form_of(interview: Interview) -> InterviewForm:
    """Return the form of a stored interview."""
    typed = DebriefDraft(
        company=interview.company,
        role=interview.role,
        day="" if interview.day is None else interview.day.isoformat(),
        outcome=interview.outcome.value,
        feelings="\n".join(map(feeling_words, interview.feelings)),
        went_well="\n".join(interview.went_well),
        differed_from_expected="\n".join(interview.differed_from_expected),
        could_answer_better="\n".join(interview.could_answer_better),
        feedback_received=interview.feedback_received,
        lessons="\n".join(interview.lessons),
        grey_areas="\n".join(interview.grey_areas),
        right_company=interview.right_company or "",
        right_company_why=interview.right_company_why,
        dos="\n".join(interview.dos),
        donts="\n".join(interview.donts),
    )
    return InterviewForm(typed=typed, meant=None, problems={})


def feeling_words(feeling: Feeling) -> str:
    """Return a feeling as somebody would write it: "disappointed 4/5"."""
    strength = "" if feeling.intensity is None else f" {feeling.intensity}/5"
    return feeling.word + strength
