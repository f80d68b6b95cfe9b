"""A report of a question becomes the question, and nothing is added to it but grammar."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.direct_question import direct_question
from question_bank.near_duplicate import words_of
from question_bank.verb_forms import base_of_past

REPORTS = {
    "why I left my last job": "Why did you leave your last job?",
    "whether I had ever made a drug error": "Have you ever made a drug error?",
    "if I can work weekends": "Can you work weekends?",
    "whether I have points on my licence": "Do you have points on your licence?",
    "what my biggest weakness was": "What was your biggest weakness?",
    "what the last book I read was": "What was the last book you read?",
    "how many rooms I can do in one day": "How many rooms can you do in one day?",
    "what motivates me": "What motivates you?",
    "why there is a gap in my CV": "Why is there a gap in your CV?",
    "why I haven't finished my licence": "Why haven't you finished your licence?",
    "what I'd do with half the budget": "What would you do with half the budget?",
    "why i wanted to work for them": "Why did you want to work for us?",
    "why I had three jobs in two years": "Why did you have three jobs in two years?",
    "to describe a time when I was under pressure": "Describe a time when you were under pressure.",
    "to walk him through my CV": "Walk me through your CV.",
    "about my thesis": "Tell me about your thesis.",
    "what tools I used": "What tools did you use?",
    "why I disagreed with my manager": "Why did you disagree with your manager?",
    "how I solved it": "How did you solve it?",
    "what if they keep shouting": "What if they keep shouting?",
    "why banking": "Why banking?",
    "how do you test code?": "How do you test code?",
    "how many plates can you carry": "How many plates can you carry?",
    "Tell me about yourself": "Tell me about yourself.",
}

WORDS = words_of(
    "why what how if whether to about i my we had have left used worked is was would can job "
    "manager the a team plan when she them Paris 2019 forty"
)
GRAMMAR = set(words_of("do does did have you your yours yourself tell me us are were"))


@pytest.mark.parametrize(("report", "question"), REPORTS.items())
def test_a_reported_question_is_turned_into_the_question(report: str, question: str) -> None:
    assert direct_question(report) == question


@pytest.mark.parametrize("question", REPORTS.values())
def test_a_question_that_is_direct_already_stays(question: str) -> None:
    assert direct_question(question) == question


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    )
)
def test_no_word_is_added_but_grammar(words: list[str]) -> None:
    asked = words_of(direct_question(" ".join(words)))
    bases = {base for word in words if (base := base_of_past(word.lower()))}
    assert set(asked) <= {word.lower() for word in words} | GRAMMAR | bases


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    direct_question(text)
