"""The e-mail that asks for feedback, and the one reminder, from an interview's facts alone. Pure.

Nothing is invented: what isn't known stands in square brackets for the person to fill in. Three
tones, each short, none of them begging.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from question_bank.interview import Interview, Outcome


class Tone(StrEnum):
    """How a letter sounds."""

    WARM = "warm"
    PLAIN = "plain"
    FORMAL = "formal"


class Purpose(StrEnum):
    """What a letter is for."""

    REQUEST = "request"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter may say; "" and None stand for what isn't known.

    `recipient` is how the person would address them ("Anna", "Ms Weber"), `signed` their own name,
    `positive` one thing that went well in their own words, `asked_on` the day the request was sent.
    """

    company: str = ""
    role: str = ""
    day: date | None = None
    outcome: Outcome = Outcome.WAITING
    recipient: str = ""
    signed: str = ""
    positive: str = ""
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter: one line of subject, and paragraphs with an empty line between them."""

    subject: str
    body: str

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        """What still stands in square brackets, in order, each once."""
        return tuple(dict.fromkeys(_BRACKETS.findall(f"{self.subject}\n{self.body}")))


_BRACKETS: Final = re.compile(r"\[[^\[\]\n]{1,40}\]")


def facts_of(
    interview: Interview,
    *,
    recipient: str = "",
    signed: str = "",
    positive: str = "",
    asked_on: date | None = None,
) -> LetterFacts:
    """Return what a letter about an interview may say."""
    return LetterFacts(
        company=interview.company,
        role=interview.role,
        day=interview.day,
        outcome=interview.outcome,
        recipient=recipient,
        signed=signed,
        positive=positive,
        asked_on=asked_on,
    )


def write_letter(facts: LetterFacts, tone: Tone, purpose: Purpose = Purpose.REQUEST) -> Letter:
    """Return a letter in a tone.

    Args:
        facts: what may be said.
        tone: how it sounds.
        purpose: the request, or the reminder that follows it once.
    """
    subject = "Feedback on my interview for {role}{at}".format(**_names(facts))
    if purpose is Purpose.REMINDER:
        return Letter(subject=f"Re: {subject}", body=_filled(_REMINDERS[tone], facts))
    return Letter(subject=subject, body=_filled(_REQUESTS[tone], facts))


@dataclass(frozen=True, slots=True)
class _Form:
    """A letter with gaps; `close` thanks for what was told of the outcome, `positive` leads in.

    `text` is wrapped here; a paragraph is one line once it is written.
    """

    text: str
    closing: str
    close: Mapping[Outcome, str] = field(default_factory=dict)
    positive: str = ""


_REQUESTS: Final[Mapping[Tone, _Form]] = {
    Tone.WARM: _Form(
        """
        Dear {name},

        Thank you for our conversation about the {role} role{at}{on}.{close}

        {positive}

        I would like to learn from it. Which of my answers could have been stronger, and what would
        you have liked to hear? One or two sentences would already help me.

        I wish you and your team all the best.
        """,
        "Warm regards,",
        {
            Outcome.REJECTED: " Thank you, too, for letting me know your decision.",
            Outcome.OFFERED: " Thank you, too, for your offer.",
        },
        "One thing I was glad of that day:",
    ),
    Tone.PLAIN: _Form(
        """
        Hello {name},

        Thank you for the interview for the {role} role{at}{on}.{close}

        {positive}

        I want to do better next time. Which answer convinced you least, and what was missing from
        it? A line or two is enough, and if you would rather not say, that is fine.
        """,
        "Best wishes,",
        {
            Outcome.REJECTED: " Thanks also for telling me your decision.",
            Outcome.OFFERED: " Thanks also for your offer.",
        },
        "One thing that I think went well:",
    ),
    Tone.FORMAL: _Form(
        """
        Dear {name},

        I am writing about my interview for the position of {role}{at}{on}. Thank you for your
        time{close}.

        {positive}

        I would value your feedback, in particular on which of my answers fell short of what you
        were looking for, and what you would have expected instead. A few lines would be very
        helpful for my further preparation.
        """,
        "Yours sincerely,",
        {
            Outcome.REJECTED: " and for informing me of your decision",
            Outcome.OFFERED: " and for your offer",
        },
        "From my side, one thing went well:",
    ),
}

_REMINDERS: Final[Mapping[Tone, _Form]] = {
    Tone.WARM: _Form(
        """
        Dear {name},

        I wrote to you{asked_on} about my interview for the {role} role{at}. I know how full a week
        can be, so this is only a small reminder.

        If you can spare a sentence on what would have made my answers stronger, I would be glad of
        it. If not, I understand, and I won't write again about this.
        """,
        "Warm regards,",
    ),
    Tone.PLAIN: _Form(
        """
        Hello {name},

        I asked you{asked_on} for feedback on my interview for the {role} role{at}. In case it got
        lost: which answer convinced you least? One line is enough.

        I won't ask again, and no answer is fine too.
        """,
        "Best wishes,",
    ),
    Tone.FORMAL: _Form(
        """
        Dear {name},

        May I come back to my message{asked_on} about my interview for the position of {role}{at}.
        Brief feedback on my answers would still be of value to me.

        Should you not be in a position to give it, I quite understand, and I will not trouble you
        further.
        """,
        "Yours sincerely,",
    ),
}


def _filled(form: _Form, facts: LetterFacts) -> str:
    positive = _as_sentence(facts.positive)
    words = {
        **_names(facts),
        "on": f" on {_day(facts.day)}",
        "asked_on": f" on {_day(facts.asked_on)}",
        "name": facts.recipient.strip() or "[name]",
        "close": form.close.get(facts.outcome, ""),
        "positive": f"{form.positive} {positive}" if positive else "",
    }
    paragraphs = (" ".join(one.split()).format(**words) for one in form.text.split("\n\n"))
    closing = f"{form.closing}\n{facts.signed.strip() or '[your name]'}"
    return "\n\n".join((*(one for one in paragraphs if one), closing))


def _names(facts: LetterFacts) -> dict[str, str]:
    company = " ".join(facts.company.split()) or "[company]"
    return {"role": " ".join(facts.role.split()) or "[role]", "at": f" at {company}"}


def _day(day: date | None) -> str:
    return "[date]" if day is None else f"{day.day} {day:%B %Y}"


def _as_sentence(text: str) -> str:
    """Return the person's words on one line, with a full stop where they end without one."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?…" else f"{line}."
