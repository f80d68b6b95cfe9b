"""What earlier interviews taught, as it is shown before the next one."""

from voicecoach.lessons import KeptLessons, kept_lessons
from voicecoach.practice import Coach


def lessons_before_next(coach: Coach) -> tuple[KeptLessons, ...]:
    """Return what was kept from the interviews that are over, the latest first."""
    with coach.reading_bank() as bank:
        return kept_lessons(bank.past_interviews(coach.today()))
