"""What a debrief asks, in the same words wherever it is asked: at the terminal and on the page."""

from typing import Final

OPENING: Final = (
    "I am sorry that it went badly. Let us look at it once, calmly, and keep what helps. Leave "
    "anything empty that you would rather not say."
)
COMPANY: Final = "Which company or organisation was it"
ROLE: Final = "Which role"
DAY: Final = "On which day"
OUTCOME: Final = "How did it end"
FEELINGS: Final = "How do you feel about it? Nobody scores this. Such as: disappointed 4/5"
WENT_WELL: Final = "Some of it went well. What?"
DIFFERED: Final = "What was different from what you expected?"
COULD_ANSWER_BETTER: Final = "What would you answer better now?"
FEEDBACK: Final = "Which feedback did they give you"
QUESTIONS: Final = "Now the questions that were hard. Each of them can be practised."
QUESTION: Final = "A question, as they asked it"
KIND: Final = "Its kind"
TRIPPED_UP: Final = "How did it trip you up"
DIFFICULTY: Final = "How hard was it, 1 (easy) to 5 (I froze)"
REMEMBERED: Final = "What do you remember having said"
POINTS: Final = "The points, in order"
LESSONS: Final = "What do you take away from it?"
NEXT: Final = "Is another interview coming up?"
NEXT_COMPANY: Final = "With which company or organisation"
NEXT_ROLE: Final = "For which role"
