"""How people deny, plan, suppose, hand on and list: phrasings for the attacks, in two sets.

`PRACTICE` is what the guards were worked on with. `HELD_BACK` was written before that work and
never looked into for it; figures that are reported come from it. One team wrote both, so other
people's phrasings are the better proof.

A phrasing has one slot: `{past}` ("set up a checklist"), `{base}` ("set up a checklist"), `{ing}`
("setting up a checklist"), or `{said}`, a whole statement ("I set up a checklist").
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Phrasings:
    """One set: ways to deny, to plan or suppose, to give to another person, to read a list.

    `denials` and `plans` say the opposite of a deed or only mean to do it; `statement_denials`
    deny a statement of any kind; `others` say that somebody else did it. `list_openings` come
    before a list that is read aloud, `list_marks` between its items (`{n}` counts them).
    `rubric_talk` says the words of the rubric and nothing else. `question_talk` wraps a question
    that is repeated (`{question}`, or `{turned}` as the speaker would turn it to themselves).
    """

    denials: tuple[str, ...]
    statement_denials: tuple[str, ...]
    plans: tuple[str, ...]
    others: tuple[str, ...]
    list_openings: tuple[str, ...]
    list_marks: tuple[str, ...]
    rubric_talk: tuple[str, ...]
    question_talk: tuple[str, ...]


PRACTICE: Final = Phrasings(
    denials=(
        "I never {past}.",
        "I did not {base}.",
        "Nobody {past}.",
        "I failed to {base}.",
        "I didn't manage to {base}.",
        "We couldn't {base}.",
        "I wasn't able to {base}.",
        "I hardly {past}.",
        "None of us {past}.",
        "We were supposed to {base} but we didn't.",
        "I refused to {base}.",
        "I can't claim that I {past}.",
        "At no point did I {base}.",
        "I avoided {ing}.",
        "I have never {past}.",
    ),
    statement_denials=(
        "It is not true that {said}.",
        "It isn't the case that {said}.",
        "I don't think that {said}.",
        "It is false that {said}.",
        "{said}, but that is not true.",
        "There is no way that {said}.",
        "Nobody can say that {said}.",
        "I deny that {said}.",
    ),
    plans=(
        "I plan to {base}.",
        "I'm planning to {base}.",
        "Next time I'd {base}.",
        "I will {base}.",
        "I should have {past}.",
        "I was going to {base}.",
        "If I had {past}, it would have been better.",
        "I would {base}.",
        "I wish I had {past}.",
        "I'm thinking of {ing}.",
        "I want to {base}.",
        "In an ideal world I {base}.",
        "I could have {past}.",
        "My plan is to {base}.",
        "I intend to {base}.",
    ),
    others=(
        "My manager {past}.",
        "A colleague {past}.",
        "My team lead {past}.",
        "They {past}.",
        "Sarah {past}.",
        "She {past}.",
        "It was my manager who {past}.",
        "Another team {past}.",
        "My predecessor {past}.",
        "The director then {past}.",
        "So my boss {past}.",
    ),
    list_openings=(
        "",
        "My points are.",
        "Okay so the outline.",
        "I have these points.",
        "Here is my list.",
    ),
    list_marks=("", "", "Then", "Next", "And", "Point {n}", "Number {n}"),
    rubric_talk=(
        "My situation was a challenging situation.",
        "The result was measurable impact.",
        "The task was my task and I owned the task.",
        "I took action and the action was decisive.",
        "As a result I achieved a positive result.",
        "My situation, task, action and result were all clear.",
        "I took ownership and I showed leadership.",
        "I delivered significant results with a measurable outcome.",
    ),
    question_talk=(
        "{question} {question} {question} {question} {question}",
        "You asked me this. {question} So, {question} Well, {question} Okay, {question}",
        "So you want to know: {turned}. That is, {turned}. Yes, {turned}. Again, {turned}.",
        "{turned}. {turned}. {turned}. {turned}. {turned}.",
    ),
)

HELD_BACK: Final = Phrasings(
    denials=(
        "I have to admit I didn't {base}.",
        "Not once did I {base}.",
        "No one {past}.",
        "I never actually {past}.",
        "I neglected to {base}.",
        "We were meant to {base}, only it never happened.",
        "I barely {past}.",
        "I was unable to {base}.",
        "Neither of us {past}.",
        "I won't pretend that I {past}.",
        "We hadn't {past}.",
        "I forgot to {base}.",
        "By no means did we {base}.",
        "I declined to {base}.",
        "Nobody on the team {past}.",
    ),
    statement_denials=(
        "It's not the case that {said}.",
        "It would be wrong to say that {said}.",
        "It is simply untrue that {said}.",
        "I doubt that {said}.",
        "{said}, or so they say, but that never happened.",
        "It's a myth that {said}.",
        "I can't say that {said}.",
        "Not that {said}.",
    ),
    plans=(
        "I'm going to {base}.",
        "I hope to {base} one day.",
        "In future I'll {base}.",
        "I ought to have {past}.",
        "I meant to {base}.",
        "Had I {past}, things would look different.",
        "I'd probably {base}.",
        "If only I had {past}.",
        "I'm considering {ing}.",
        "I was about to {base}.",
        "What I'd like is to {base}.",
        "I might have {past}.",
        "The idea is to {base}.",
        "Tomorrow I'm due to {base}.",
        "Suppose I {past}.",
    ),
    others=(
        "My supervisor {past}.",
        "One of my colleagues {past}.",
        "The head of department {past}.",
        "He {past}.",
        "Tom from finance {past}.",
        "My coworkers {past}.",
        "The person who {past} was my boss.",
        "The consultants {past}.",
        "The guy before me {past}.",
        "Luckily my mentor {past}.",
        "Priya, our project manager, {past}.",
    ),
    list_openings=(
        "",
        "Right, the main points of my answer.",
        "These are the things to mention.",
        "What I wrote down is this.",
        "Let me go through the bullets.",
    ),
    list_marks=("", "", "Also", "After that", "Secondly", "Bullet {n}", "Item {n}"),
    rubric_talk=(
        "I will use the STAR method, so situation, task, action, result.",
        "My role was a key role with real responsibility.",
        "My actions led to a great outcome with measurable success.",
        "I demonstrated strong ownership and proactive communication.",
        "The outcome was excellent and the impact was huge.",
        "I had a clear goal and I reached the goal.",
        "In the end the results were impressive and quantifiable.",
        "The challenge was difficult but I drove the solution.",
    ),
    question_talk=(
        "That's a good one. {question} Let me repeat that. {question} Hmm. {question} {question}",
        "What you would like to hear is {turned}, so let me think about {turned}, and {turned}.",
        "{question} I mean, {turned}. {question} I mean, {turned}. And {turned}.",
        "The question was: {question} In other words, {turned}. Once more: {question} {turned}.",
    ),
)
