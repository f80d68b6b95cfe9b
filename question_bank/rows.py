"""Stored rows as records. One function a record; nothing is decided here."""

from question_bank.interview import Feeling, Interview, Outcome, RightCompany
from question_bank.outline import Outline, Point, StarPart
from question_bank.question import Question, QuestionKind, QuestionSource, Trip
from question_bank.review import Rating, Review
from question_bank.tables import InterviewRow, OutlineRow, QuestionRow, ReviewRow, TripRow


def interview_of(row: InterviewRow) -> Interview:
    """Return a stored interview."""
    return Interview(
        id=row.id,
        company=row.company,
        role=row.role,
        day=row.day,
        outcome=Outcome(row.outcome),
        created_at=row.created_at,
        feelings=tuple(Feeling(word=word, intensity=level) for word, level in row.feelings),
        went_well=tuple(row.went_well),
        differed_from_expected=tuple(row.differed_from_expected),
        could_answer_better=tuple(row.could_answer_better),
        feedback_received=row.feedback_received,
        lessons=tuple(row.lessons),
        grey_areas=tuple(row.grey_areas),
        right_company=None if row.right_company is None else RightCompany(row.right_company),
        right_company_why=row.right_company_why,
        dos=tuple(row.dos),
        donts=tuple(row.donts),
    )


def question_of(row: QuestionRow) -> Question:
    """Return a stored question with its trips, oldest first."""
    return Question(
        id=row.id,
        text=row.text,
        kind=QuestionKind(row.kind),
        competency=row.competency,
        target_seconds=row.target_seconds,
        source=QuestionSource(row.source),
        created_at=row.created_at,
        pack_id=row.pack_id,
        tripped_up=tuple(trip_of(trip) for trip in row.trips),
        retired=row.retired,
    )


def trip_of(row: TripRow) -> Trip:
    """Return a stored trip."""
    return Trip(
        id=row.id,
        interview_id=row.interview_id,
        how=row.how,
        remembered_answer=row.remembered_answer,
        difficulty=row.difficulty,
        noted_at=row.noted_at,
    )


def outline_of(row: OutlineRow) -> Outline:
    """Return a stored outline with its points in order."""
    return Outline(
        question_id=row.question_id,
        version=row.version,
        points=tuple(
            Point(
                id=point.point_id,
                text=point.text,
                part=None if point.part is None else StarPart(point.part),
                weight=point.weight,
            )
            for point in row.points
        ),
        skills=tuple(row.skills),
        stories=tuple(row.stories),
    )


def review_of(row: ReviewRow) -> Review:
    """Return a stored review."""
    return Review(
        id=row.id,
        question_id=row.question_id,
        attempt_id=row.attempt_id,
        reviewed_at=row.reviewed_at,
        rating=Rating(row.rating),
    )
