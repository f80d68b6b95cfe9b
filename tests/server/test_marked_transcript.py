"""A marked transcript: cut anywhere, joined again it is the text, and every quote is whole."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from server.page.marked_transcript import (
    MarkedPoint,
    Run,
    SoundKind,
    SoundMark,
    TextPiece,
    mark_transcript,
)
from voicecoach.scoring.evidence import Quote
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)

WORDS = st.text(alphabet="abcé“.,'😀", min_size=1, max_size=7)


@dataclass(frozen=True)
class Case:
    transcript: Transcript
    quotes: tuple[Quote, ...]
    points: tuple[MarkedPoint, ...]
    fillers: tuple[Quote, ...]
    heard: tuple[SoundMark, ...]

    def runs(self) -> tuple[Run, ...]:
        return mark_transcript(
            self.transcript,
            quotes=self.quotes,
            points=self.points,
            filled_pauses=self.fillers,
            heard=self.heard,
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    texts = draw(st.lists(WORDS, max_size=12))
    typed = draw(st.booleans())
    starts = sorted(draw(st.lists(st.floats(0, 60), min_size=len(texts), max_size=len(texts))))
    transcript = (
        typed_transcript(" ".join(texts), version=2)
        if typed
        else transcript_from_words(
            [
                (text, start, start + 0.2, draw(st.floats(0, 1)))
                for text, start in zip(texts, starts, strict=True)
            ],
            version=2,
            source=TranscriptSource.MACHINE,
        )
    )
    length = len(transcript.text)

    def quote() -> Quote:
        start = draw(st.integers(0, length))
        end = draw(st.integers(start, length))
        return Quote(
            quote=transcript.text[start:end],
            start_char=start,
            end_char=end,
            start_seconds=None,
            end_seconds=None,
            transcript_version=draw(st.sampled_from([1, 2, 2, 2])),
        )

    def some(most: int) -> tuple[Quote, ...]:
        return tuple(quote() for _ in range(draw(st.integers(0, most))))

    heard = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.floats(0, 60))
        end = start + draw(st.floats(0.1, 3))
        kind = draw(st.sampled_from(SoundKind))
        heard.append(SoundMark(kind=kind, start_seconds=start, end_seconds=end))
    return Case(
        transcript=transcript,
        quotes=some(4),
        points=tuple(MarkedPoint(place=place, quotes=some(2)) for place in (1, 2, 3)),
        fillers=some(2),
        heard=tuple(heard),
    )


def text_pieces(runs: tuple[Run, ...]) -> list[TextPiece]:
    return [piece for run in runs for piece in run.pieces if isinstance(piece, TextPiece)]


@given(cases())
def test_the_pieces_joined_are_exactly_the_text(case: Case) -> None:
    pieces = text_pieces(case.runs())
    assert "".join(piece.text for piece in pieces) == case.transcript.text
    assert all(one.end_char == other.start_char for one, other in pairwise(pieces))
    assert all(
        case.transcript.text[piece.start_char : piece.end_char] == piece.text != ""
        for piece in pieces
    )


@given(cases())
def test_every_quote_is_whole_pieces(case: Case) -> None:
    pieces = text_pieces(case.runs())
    every = [*case.quotes, *case.fillers, *(q for point in case.points for q in point.quotes)]
    for quote in every:
        if quote.transcript_version == case.transcript.version:
            inside = [
                piece.text
                for piece in pieces
                if quote.start_char <= piece.start_char and piece.end_char <= quote.end_char
            ]
            assert "".join(inside) == quote.quote


@given(cases())
def test_a_piece_carries_just_the_points_whose_words_it_is(case: Case) -> None:
    for run in case.runs():
        for piece in run.pieces:
            if isinstance(piece, TextPiece):
                assert piece.points == run.points
                for point in case.points:
                    said = any(
                        quote.transcript_version == case.transcript.version
                        and quote.start_char <= piece.start_char
                        and piece.end_char <= quote.end_char
                        for quote in point.quotes
                    )
                    assert (point.place in piece.points) is said


@given(cases())
def test_a_run_begins_what_the_run_before_it_had_not(case: Case) -> None:
    before: tuple[int, ...] = ()
    for run in case.runs():
        assert set(run.begins) == set(run.points) - set(before)
        assert run.pieces
        before = run.points


@given(cases())
def test_every_word_keeps_its_times_and_none_is_made_up(case: Case) -> None:
    pieces = text_pieces(case.runs())
    words = [piece.word for piece in pieces if piece.word is not None]
    shown = list(dict.fromkeys(words))
    assert shown == list(dict.fromkeys(case.transcript.words))
    assert all(piece.word is not None for piece in pieces if piece.text.strip())


@given(cases())
def test_everything_heard_stands_once_in_the_order_it_was_heard(case: Case) -> None:
    runs = case.runs()
    marks = [piece for run in runs for piece in run.pieces if isinstance(piece, SoundMark)]
    if not case.transcript.text:
        assert all(not run.points for run in runs)
    assert sorted(marks, key=lambda m: (m.start_seconds, m.end_seconds)) == marks
    assert sorted(map(repr, marks)) == sorted(map(repr, case.heard))


def test_a_silence_stands_between_the_words_it_parted() -> None:
    transcript = transcript_from_words(
        [("I", 0.0, 0.2, 0.9), ("called", 0.2, 0.8, 0.3), ("her", 2.4, 2.8, 0.9)],
        version=1,
        source=TranscriptSource.MACHINE,
    )
    pause = SoundMark(kind=SoundKind.PAUSE, start_seconds=0.8, end_seconds=2.4)
    (run,) = mark_transcript(transcript, heard=[pause])
    told = [piece.text if isinstance(piece, TextPiece) else piece for piece in run.pieces]
    assert told == ["I", " ", "called", " ", pause, "her"]
    unsure = [p.text for p in run.pieces if isinstance(p, TextPiece) and p.unsure]
    assert unsure == ["called"]
