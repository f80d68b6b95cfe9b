"""Structure, own part and specificity: each level has an example, and the laws hold."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.outline import StarPart
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import mixed_answer, unpunctuated, written_answers
from tests.scoring.labelled_answers import LabelledAnswer, labelled_answers
from voicecoach.scoring.content import content_of
from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.own_part import OwnPart, measure_own_part
from voicecoach.scoring.specificity import Specificity, measure_specificity
from voicecoach.scoring.story import StoryClause, tell_story
from voicecoach.scoring.structure import Structure, measure_structure
from voicecoach.speech.transcript import typed_transcript

BEHAVIOURAL = QuestionKind.BEHAVIOURAL
SITUATIONAL = QuestionKind.SITUATIONAL
TO_ASK = QuestionKind.TO_ASK

OPINION = (
    "I am a team player and I always communicate openly. I think trust is the most important "
    "thing in a team, and conflicts are normal."
)
SITUATION = (
    "At my last job there was a colleague who disagreed with me about the budget. Everybody was "
    "under pressure and the deadline was close."
)
ONE_ACTION = f"{SITUATION} I asked him to have lunch with me."
ACTIONS = f"{ONE_ACTION} I listened to his reasons. Then I drew up a plan with both of our ideas."
BARE_RESULT = f"{ACTIONS} In the end we agreed."
GOOD = (
    "Our deliveries were late every week. I called each supplier and asked for their numbers. "
    "I built a small dashboard that showed the delays, and I set up a weekly meeting with the "
    "warehouse. As a result late deliveries fell from eighteen percent to six percent."
)
LONG_SETTING = (
    "At my last company there were three teams which all used different tools. The history of that "
    "was long, since the company had bought two others and nobody had ever sorted it out. People "
    "were unhappy about it and there were many complaints from customers in several countries. "
    "I wrote a proposal. I presented it to the board. In the end costs fell by ten percent."
)

RESULTS = [
    "In the end we saved forty hours a month.",
    "As a result complaints fell by half.",
    "My manager thanked me for it.",
    "and then the whole thing worked",
    "The client stayed with us and signed for another year.",
    "I cut the waiting time from ten days to two.",
    "Everybody was happy.",
    "so it paid off",
    "we never had another complaint",
]


def story_of(text: str, kind: QuestionKind = BEHAVIOURAL) -> tuple[StoryClause, ...]:
    return tell_story(content_of(typed_transcript(text)).transcript, kind)


def structure_of(text: str, kind: QuestionKind = BEHAVIOURAL) -> Structure:
    return measure_structure(content_of(typed_transcript(text)).transcript, story_of(text, kind))


def own_part_of(text: str, kind: QuestionKind = BEHAVIOURAL) -> OwnPart:
    return measure_own_part(content_of(typed_transcript(text)).transcript, story_of(text, kind))


def specificity_of(text: str, kind: QuestionKind = BEHAVIOURAL) -> Specificity:
    return measure_specificity(content_of(typed_transcript(text)).transcript, kind)


def answers() -> list[str]:
    return [answer.text for answer in written_answers() if answer.kind is BEHAVIOURAL]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (OPINION, 1),
        (SITUATION, 2),
        (ONE_ACTION, 3),
        (ACTIONS, 3),
        (BARE_RESULT, 4),
        (LONG_SETTING, 4),
        (GOOD, 5),
    ],
)
def test_each_level_of_structure(text: str, level: int) -> None:
    assert int(structure_of(text).level) == level
    assert int(structure_of(unpunctuated(text)).level) == level


def test_each_clause_has_its_part() -> None:
    parts = [told.part for told in story_of("At my last job sales were low. " + GOOD)]

    assert parts[0] is StarPart.SITUATION
    assert parts.count(StarPart.ACTION) >= 4
    assert parts[-1] is StarPart.RESULT


def test_what_is_missing_is_named_as_an_absence() -> None:
    evidence = structure_of(ACTIONS).evidence

    assert [piece.looked_for for piece in evidence if isinstance(piece, Absence)] == [
        "a result: what came of it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I didn't call the supplier and I never built a dashboard for the team.",
        "It is not true that I built a dashboard for the team last year.",
        "I plan to build a dashboard and I will call the supplier.",
        "I would have called the supplier if I had known about it.",
        "My manager called the supplier and he built a dashboard.",
    ],
)
def test_denied_planned_and_others_deeds_are_no_actions(text: str) -> None:
    assert structure_of(text).actions == ()
    assert own_part_of(text).level == 1


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("I called them and asked for the numbers.", ["called", "asked"]),
        ("I was at my desk and found the mistake.", ["found"]),
        ("We had a problem. Called every supplier. Wrote a list.", []),
        ("There was a fire so I call the manager and I tell her.", ["call", "tell"]),
        ("I call customers every day and I tell them the truth.", []),
        ("They were late so what I did was I rang them.", ["rang"]),
        ("It was late. The first thing I did was tell the team.", ["tell"]),
        ("I managed to convince them.", ["managed"]),
        ("I was able to calm her down.", ["able"]),
        ("I was promoted and I was asked to stay.", []),
        ("I used to work there and I had a car.", []),
        ("My boss wrote a plan and he told them.", []),
        ("They were angry and asked for a refund.", []),
    ],
)
def test_deeds_are_told_apart_from_states_and_from_others(text: str, verbs: list[str]) -> None:
    assert [told.deed.verb for told in story_of(text) if told.deed is not None] == verbs


@pytest.mark.parametrize(
    "result",
    [
        "The error rate fell by half.",
        "and complaints stopped",
        "We never lost a single order after that.",
        "After a month it was eight minutes.",
        "Thirty people turned up on the night.",
        "My manager thanked us for it.",
        "She said it was the best handover in years.",
        "It is still in use today.",
        "As a result the client stayed.",
        "We won the contract.",
        "We delivered it two weeks early.",
        "It hasn't happened again.",
        "Everybody was much happier.",
    ],
)
def test_what_came_of_it_is_heard_in_many_words(result: str) -> None:
    story = story_of(f"Sales were low. I wrote a plan. I showed it to the team. {result}")

    assert story[-1].part is StarPart.RESULT


@pytest.mark.parametrize(
    "no_result",
    [
        "The error rate never fell.",
        "I hope that it will save us money.",
        "If it works we will save a lot.",
        "My manager cut the costs.",
        "I think that teamwork is important.",
        "The result was good.",
    ],
)
def test_hopes_denials_and_others_deeds_are_no_results(no_result: str) -> None:
    story = story_of(f"Sales were low. I wrote a plan. I showed it to the team. {no_result}")

    assert story[-1].part is not StarPart.RESULT


def test_what_one_would_do_counts_where_that_was_asked() -> None:
    text = (
        "First I would talk to both managers and ask what depends on it. Then I'd suggest a plan "
        "and write it down. Afterwards I would check whether it worked for both of them."
    )

    assert structure_of(text, SITUATIONAL).level == 5
    assert structure_of(text, BEHAVIOURAL).level == 1
    assert own_part_of(text, SITUATIONAL).level == 5


@pytest.mark.parametrize("text", [OPINION, SITUATION, ONE_ACTION, ACTIONS, BARE_RESULT, GOOD])
@pytest.mark.parametrize(
    "labels",
    [
        "Situation, task, action, result.",
        "The situation was this. My task was that.",
        "Now the action. The result was good.",
    ],
)
def test_the_names_of_the_parts_gain_nothing(text: str, labels: str) -> None:
    for labelled in (f"{labels} {text}", f"{text} {labels}"):
        assert structure_of(labelled).level <= structure_of(text).level


@pytest.mark.parametrize(
    "text",
    [
        "I did ten things. I did many things in my last job. I did this and that.",
        "I took several actions and I completed many tasks. I did different steps.",
        "I did things. I did a lot of things. In the end there were great results.",
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_deeds_that_name_nothing_are_no_actions(text: str, plain: bool) -> None:
    text = unpunctuated(text) if plain else text

    assert structure_of(text).actions == ()
    assert structure_of(text).results == ()
    assert own_part_of(text).level == 1


@pytest.mark.parametrize(
    "text",
    [
        "I did three new versions that night.",
        "I did the accounts for two firms.",
        "I did a course in welding.",
        "I took the plate away.",
        "I got them all together.",
    ],
)
def test_deeds_that_name_something_are_actions(text: str) -> None:
    assert len(structure_of(text).actions) == 1


@pytest.mark.parametrize("text", [OPINION, SITUATION, ONE_ACTION, ACTIONS, BARE_RESULT, GOOD])
@pytest.mark.parametrize(
    "rubric",
    [
        "The result was backed by a figure, a before and after and a named outcome.",
        "As a result there was a measurable outcome with evidence.",
        "I took several actions. They led to great results.",
        "My actions were excellent and the outcome was very positive.",
    ],
)
def test_the_words_of_the_rubric_gain_nothing(text: str, rubric: str) -> None:
    for padded in (f"{text} {rubric}", f"{rubric} {text}"):
        assert structure_of(padded).level <= structure_of(text).level


@pytest.mark.parametrize(
    ("ending", "is_result"),
    [
        ("The auditors looked at exactly that one in January.", True),
        ("And the dad came to the summer fair.", True),
        ("My boss lets me do it alone now.", True),
        ("She walked out of the hospital four days later.", True),
        ("My manager wrote another plan.", False),
        ("Before that everybody had ordered what they liked.", False),
        ("It was fun too.", False),
        ("I learned that you should ask first.", False),
        ("I was quite proud of it.", False),
        ("They would surely have left otherwise.", False),
    ],
)
def test_what_happened_after_the_last_of_several_deeds_is_what_came_of_them(
    ending: str, is_result: bool
) -> None:
    story = story_of(f"Sales were low. I wrote a plan. I showed it to the team. {ending}")
    after_one_deed = story_of(f"Sales were low. I wrote a plan. {ending}")

    assert (story[-1].part is StarPart.RESULT) is is_result
    assert after_one_deed[1].part is StarPart.ACTION


def test_what_happened_between_two_deeds_is_a_circumstance() -> None:
    story = story_of(
        "The van kept losing power. I checked the pump. The flap was stuck. I cleaned it."
    )

    assert [told.part for told in story] == [
        StarPart.SITUATION,
        StarPart.ACTION,
        StarPart.SITUATION,
        StarPart.ACTION,
    ]


def test_a_story_told_in_the_present_is_one_and_habits_are_none() -> None:
    story = structure_of(
        "One day I see he is very white. I call the nurse and I hold his hand. "
        "She says it was good that I called."
    )
    habits = structure_of("I talk to everybody. I make lists and I solve things right away.")

    assert [told.deed.verb for told in story.actions if told.deed] == ["call", "hold"]
    assert story.results
    assert habits.level == 1


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(labelled_answers("development")), st.sampled_from(RESULTS), st.booleans())
def test_an_added_result_never_lowers_a_labelled_answer(
    answer: LabelledAnswer, result: str, plain: bool
) -> None:
    text = answer.text
    if plain:
        text, result = unpunctuated(text), unpunctuated(result)

    assert (
        structure_of(f"{text} {result}", answer.kind).level >= structure_of(text, answer.kind).level
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=10_000), st.sampled_from(RESULTS), st.booleans())
def test_an_added_result_never_lowers_structure(seed: int, result: str, plain: bool) -> None:
    text = mixed_answer(seed).text
    if plain:
        text, result = unpunctuated(text), unpunctuated(result)

    assert structure_of(f"{text} {result}").level >= structure_of(text).level
    assert own_part_of(f"{text} {result}").level >= own_part_of(text).level
    assert specificity_of(f"{text} {result}").level >= specificity_of(text).level


@pytest.mark.parametrize("text", answers())
def test_doubling_an_answer_raises_nothing(text: str) -> None:
    doubled = f"{text} {text}"

    assert structure_of(doubled).level == structure_of(text).level
    assert own_part_of(doubled).level == own_part_of(text).level
    assert specificity_of(doubled).level == specificity_of(text).level


@pytest.mark.parametrize("asking", ["Let me say that again.", "So let me explain.", "Let me see."])
def test_asking_leave_to_speak_is_no_result(asking: str) -> None:
    assert structure_of(ACTIONS).level == structure_of(f"{ACTIONS} {asking}").level


def test_what_others_let_the_speaker_do_may_be_a_result() -> None:
    assert structure_of(f"{ACTIONS} The board let me run it alone.").results


def test_a_keyword_salad_gains_nothing() -> None:
    salad = (
        "I built deployed shipped tested Kubernetes reduced costs 40 percent launched Google "
        "dashboards increased revenue doubled sales metrics stakeholders 2019 delivered results"
    )

    assert structure_of(salad).level == 1
    assert own_part_of(salad).level == 1
    assert specificity_of(salad).level == 1


def test_most_good_answers_are_seen_as_such() -> None:
    levels = [structure_of(text).level for text in answers()]

    assert all(level >= 4 for level in levels)
    assert sum(level == 5 for level in levels) >= len(levels) / 2


def test_out_of_balance_the_level_fades_and_does_not_drop() -> None:
    levels = []
    for further in range(6):
        history = " ".join(
            f"There were {number + 3} other teams there." for number in range(further)
        )
        levels.append(structure_of(f"{history} {GOOD}").level)

    assert levels == sorted(levels, reverse=True)
    assert levels[0] == 5
    assert 4 <= levels[-1] < 5
    assert all(later >= earlier - 0.5 for earlier, later in pairwise(levels))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (SITUATION, 1),
        ("We built a dashboard and we called every supplier together.", 2),
        ("I called every supplier about the late orders.", 3),
        ("I called every supplier. Later I wrote a list of the late orders.", 4),
        ("I suggested a weekly call. Later I wrote a list of the late orders.", 5),
        ("I called every supplier. I wrote a list. I visited two of them.", 5),
    ],
)
def test_each_level_of_own_part(text: str, level: int) -> None:
    assert own_part_of(text).level == level


@settings(max_examples=20, deadline=None)
@given(st.integers(min_value=0, max_value=500))
def test_saying_we_is_never_held_against_anybody(seed: int) -> None:
    text = mixed_answer(seed).text
    together = f"{text} We talked it over with everybody and we tried it out in one team."

    assert own_part_of(together).level >= own_part_of(text).level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("It went well and everybody liked what we had done there.", 1),
        ("It took forty percent of the time and everybody liked it.", 2),
        ("In March it took forty percent of the time that it had taken.", 3),
        ("In March it took us forty percent of the time at Siemens then.", 4),
        ("In March it went from three days to one day for Siemens at our place.", 5),
    ],
)
def test_each_level_of_specificity(text: str, level: int) -> None:
    assert specificity_of(text).level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("What do you like most about the work that you do here?", 1),
        ("What would you hope to see from me after the first three months?", 3),
        ("What would you hope to see from me by March, after three months?", 5),
    ],
)
def test_questions_to_ask_them_need_fewer_specifics(text: str, level: int) -> None:
    assert specificity_of(text, TO_ASK).level == level


def test_repeats_of_a_number_or_a_name_do_not_count_again() -> None:
    text = "We saved forty percent with Sarah Chen, and 40% is a lot, as Sarah said to me."

    assert [found.normal for found in specificity_of(text).specifics] == ["40", "sarah chen"]


def test_names_are_known_without_capitals_and_slips_are_no_names() -> None:
    assert [f.normal for f in specificity_of("we used kubernetes at the office").specifics] == [
        "kubernetes"
    ]
    assert specificity_of("And So we Did what The others had done before.").specifics == ()


@pytest.mark.parametrize("text", [OPINION, GOOD, *answers()[:4]])
def test_every_level_stands_on_exact_quotes_or_absences(text: str) -> None:
    transcript = content_of(typed_transcript(text)).transcript
    for found in (structure_of(text), own_part_of(text), specificity_of(text)):
        assert found.evidence
        for piece in found.evidence:
            if isinstance(piece, Quote):
                assert transcript.text[piece.start_char : piece.end_char] == piece.quote
