"""Does the answer to a follow-up give what the follow-up asked for?

Only where that can be told honestly. A follow-up about a point of the outline is measured against
that point alone, by coverage (`point_asked_for`). One that asks for the result is read in the light
of the answer it follows, as an interviewer hears it: "the complaints fell by a third" is a result
after what was done, and says nothing by itself. Number and example are what specificity measures
anyway. Whether somebody's own part is there can't be told from an answer so short, so it is not
judged (docs/how-scoring-works.md has the figures).
"""

from dataclasses import replace

from question_bank.outline import Outline
from question_bank.question import QuestionKind
from voicecoach.scoring.evidence import absence, quote_words
from voicecoach.scoring.findings import Answered
from voicecoach.scoring.follow_up import RESULT_ASKED, ask_for_point
from voicecoach.scoring.story import tell_story
from voicecoach.scoring.structure import A_RESULT, MOST_QUOTES_A_PART, measure_structure
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words


def point_asked_for(asked: str, outline: Outline | None) -> Outline | None:
    """Return the outline with nothing but the point a follow-up asks for; None where it has none.

    Args:
        asked: the follow-up.
        outline: the question's outline as it is now; a point that was reworded is not found.
    """
    for point in () if outline is None else outline.points:
        if outline is not None and asked == ask_for_point(point.text):
            return replace(outline, points=(point,))
    return None


def measure_answered(
    asked: str, said: Transcript, kind: QuestionKind, follows: Transcript | None
) -> Answered | None:
    """Tell whether an answer gives the result it was asked for; None where nobody can tell.

    Args:
        asked: the follow-up.
        said: the content of the answer to it.
        kind: of the question.
        follows: what was answered to the question itself; None where that is gone.
    """
    if asked != RESULT_ASKED or follows is None or not follows.words or not said.words:
        return None
    before = len(follows.words)
    both = transcript_from_words(
        [(word.text, None, None, None) for word in (*follows.words, *said.words)],
        version=1,
        source=TranscriptSource.TYPED,
    )
    results = [
        told.clause
        for told in measure_structure(both, tell_story(both, kind)).results
        if told.clause.first_word >= before
    ]
    quotes = tuple(
        quote_words(said, clause.first_word - before, clause.last_word - before)
        for clause in results[:MOST_QUOTES_A_PART]
    )
    return Answered(given=bool(quotes), evidence=quotes or (absence(said, A_RESULT),))
