"""How an answer's story would come to a higher level: what is missing, beside what was said."""

from collections.abc import Sequence

from question_bank.question import QuestionKind
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.findings import Findings, in_marks
from voicecoach.scoring.next_step import Step
from voicecoach.scoring.rubric import HIGHEST_LEVEL
from voicecoach.scoring.story import StoryClause
from voicecoach.scoring.structure import (
    A_RESULT,
    AN_ACTION,
    ANOTHER_ACTION,
    ANY_STORY,
    PROOF_OF_RESULT,
    SEVERAL,
)


def better_structure(findings: Findings) -> Step | None:
    """Return the step to the next level of structure; None where there is none to take."""
    structure = findings.structure
    supposed = findings.kind is QuestionKind.SITUATIONAL
    if not (structure.acted or structure.settings or structure.results):
        text = (
            "Say what you would do, step by step, and how you would know that it worked."
            if supposed
            else "Tell of something that happened: what it was, what you did, what came of it."
        )
        return Step(text, 3, (findings.missing(ANY_STORY),))
    if not structure.acted:
        return Step(
            f"{_setting(findings)}Say what you {'would do' if supposed else 'did'} then, "
            "step by step.",
            3,
            (*_quotes(findings, structure.settings[:1]), findings.missing(AN_ACTION)),
        )
    if not structure.results:
        return _missing_result(findings, supposed=supposed)
    if structure.steps < SEVERAL:
        told = structure.actions[:1] or structure.results[:1]
        quote = findings.quote(told[0].clause)
        did = "would do" if supposed else "did"
        return Step(
            f"You went quickly from {in_marks(quote.quote)} to how it ended. Tell what else you "
            f"{did} on the way.",
            4,
            (quote, findings.missing(ANOTHER_ACTION)),
        )
    if structure.proved and structure.balanced:
        return None
    return _better_result(findings, supposed=supposed)


def _better_result(findings: Findings, *, supposed: bool) -> Step:
    """Return the step from several actions and a bare result to the highest level."""
    structure = findings.structure
    balance = None if structure.balanced else _better_balance(findings)
    if structure.proved and balance is not None:
        return balance
    quote = findings.quote(structure.results[-1].clause)
    show = (
        "Add how you would check that it worked."
        if supposed
        else "Show it with a figure, a before and after, or what somebody said about it."
    )
    proof = f"You said {in_marks(quote.quote)}. {show}"
    because = (quote, findings.missing(PROOF_OF_RESULT))
    if balance is None:
        return Step(proof, HIGHEST_LEVEL, because)
    return Step(f"{proof} {balance.text}", HIGHEST_LEVEL, (*because, *balance.because))


def _missing_result(findings: Findings, *, supposed: bool) -> Step:
    actions = findings.structure.actions
    several = findings.structure.steps >= SEVERAL
    told = _quotes(findings, actions[-1:] or findings.structure.settings[-1:])
    ending = "how you would know that it worked" if supposed else "what came of it"
    step = "" if several else "your next step and "
    text = f"{step}{ending}."
    text = f"After {in_marks(told[0].quote)}, say {text}" if told else f"Say {text}"
    return Step(text, 4, (*told, findings.missing(A_RESULT)))


def _better_balance(findings: Findings) -> Step:
    structure = findings.structure
    action = findings.quote(structure.actions[0].clause)
    if structure.settings:
        setting = findings.quote(structure.settings[0].clause)
        return Step(
            f"Much of your time goes into what led up to it, from {in_marks(setting.quote)} on. "
            f"Cut that short and get to {in_marks(action.quote)} sooner.",
            5,
            (setting, action),
        )
    return Step(
        f"Give more of your time to what you did yourself, such as {in_marks(action.quote)}.",
        5,
        (action,),
    )


def _setting(findings: Findings) -> str:
    quotes = _quotes(findings, findings.structure.settings[:1])
    return f"You described the setting: {in_marks(quotes[0].quote)}. " if quotes else ""


def _quotes(findings: Findings, told: Sequence[StoryClause]) -> tuple[Quote, ...]:
    return tuple(findings.quote(clause.clause) for clause in told)
