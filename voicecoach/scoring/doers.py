"""Who does what a clause tells: the speaker, or another person.

"My manager cut the costs" is not the speaker's deed, "my manager asked me to cut the costs" is,
and "my manager and I cut the costs" too. "We", "my team" and things are never taken for somebody
else. Rules over plain words, not a parser: a person counts as the subject where it stands at the
beginning of a clause or behind a subordinator, with a verb after it.
"""

from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.clause_boundaries import (
    AUXILIARIES,
    DETERMINERS,
    LEADS_IN,
    PREPOSITIONS,
    Range,
    Token,
)
from voicecoach.scoring.vocabulary import is_function_word, is_past_form, rarity, stem, word_set

PERSONS: Final = word_set(
    """
    manager managers boss bosses colleague colleagues coworker coworkers teammate teammates
    supervisor supervisors director directors lead leads leader leaders head mentor mentors
    predecessor successor owner owners chief ceo cto cfo president founder founders partner partners
    engineer engineers developer developers designer designers tester testers analyst analysts
    consultant consultants contractor contractors accountant accountants assistant assistants
    trainee trainees intern interns apprentice apprentices nurse nurses doctor doctors surgeon
    teacher teachers professor lecturer tutor student students pupil pupils parent parents
    friend friends brother sister mother father husband wife flatmate classmate classmates
    client clients customer customers buyer seller supplier suppliers vendor
    guy guys man men woman women girl boy person people lady gentleman fellow folks
    chef cook waiter driver drivers foreman technician technicians mechanic electrician plumber
    secretary receptionist clerk officer officers inspector auditor auditors administrator
    coordinator organiser volunteer volunteers member specialist expert experts recruiter
    salesman saleswoman salesperson agent agents someone somebody everyone everybody anyone anybody
    peer peers senior junior neighbour neighbor stakeholder staff
    """
)
"""Nouns for people other than the speaker. "Team", "company", "department" are left out: they may
well hold the speaker."""
GROUPS: Final = word_set("team teams department departments company office shift group firm unit")
"""People only where something says that the speaker is not among them ("another team")."""
ELSEWHERE: Final = word_set("another other different their his her neighbouring second")

OTHER_PRONOUNS: Final = word_set("he she they he'd she'd they'd he's she's they've they're")
SPEAKER_PRONOUNS: Final = word_set(
    "i we i'd we'd i'm we're i've we've i'll we'll me us myself ourselves"
)
_NOMINATIVE_SPEAKER: Final = SPEAKER_PRONOUNS - word_set("me us myself ourselves")

GIVEN_NAMES: Final = word_set(
    """
    adam aisha alan alex alice amanda amy ana andrea andrew andy angela ann anna anne anthony
    ben beth brian carlos carol caroline catherine charles charlie chris christine claire clara
    daniel dave david deborah diana diego donna elena elizabeth ella emily emma eric eva fatima
    fiona fred gary george hannah harry heather helen henry ian isabel jack jacob james jane
    jason jennifer jenny jessica jim joan joe john jonathan jose joseph julia julie karen kate
    katie keith kelly kevin kim laura lauren leo linda lisa louise lucy luis luke maria marie
    martin mary matt matthew megan mei michael michelle mike mohammed monica nancy natalie
    nathan neil nicholas nick nicole nina olga oliver olivia patricia patrick paul paula pedro
    peter phil philip priya rachel raj rebecca richard rob robert robin roger ruth ryan sally
    sam samantha samuel sandra sara sarah scott sean sharon simon sophie stephanie stephen steve
    steven stuart sue susan tanya thomas tim tina tom tony tracy vanessa victoria wei william
    yusuf zoe
    """
)
"""Common given names, also as a recogniser without capitals writes them (a judgement)."""
_IN_NO_TABLE: Final = 1.0
"""Rarity (0–1) of a word that the table of English words does not have."""

_OPENS: Final = LEADS_IN | word_set(
    "that which who because when while where since after before until if as although though whereas"
)
_HANDS_OVER: Final = word_set(
    """
    asked told let made helped allowed wanted encouraged invited trained had got trusted expected
    taught gave given enabled sent chose picked appointed joined with and or
    """
)
"""Verbs and words behind which "me" or "us" becomes who acts ("asked me to")."""
_LONGEST_SUBJECT: Final = 9
"""Most words from the beginning of a subject to its verb ("one of the people in my old team")."""


class Doers:
    """For each token, the head noun, name or pronoun of the other person who acts; None: nobody."""

    def __init__(self, tokens: Sequence[Token], pieces: Sequence[Range]) -> None:
        self._tokens = tokens
        self._words = [token.text for token in tokens]
        self.others: list[str | None] = [None] * len(tokens)
        before: str | None = None
        for number, (start, end) in enumerate(pieces):
            before = self._read(start, end, before if number and self._goes_on(start) else None)

    def _goes_on(self, start: int) -> bool:
        """Whether a clause has no subject of its own: "she listed them | and called each"."""
        return not self._tokens[start - 1].ends_sentence and (
            self._words[start] in {"and", "then", "or"}
        )

    def _read(self, start: int, end: int, carried: str | None) -> str | None:
        """Mark a clause; return who acts at its end."""
        acting = carried
        place = start
        while place < end:
            word = self._words[place]
            opens = place == start or self._words[place - 1] in _OPENS
            if word in _NOMINATIVE_SPEAKER or self._speaker_takes_over(place, acting):
                acting = None
            elif word in OTHER_PRONOUNS:
                acting = word.split("'", maxsplit=1)[0]
            elif word == "who" and (person := self._person_before(place, start)):
                acting = person
            elif opens and (found := self._subject_at(place, end)):
                acting, behind = found
                self.others[place:behind] = [acting] * (behind - place)
                place = behind
                continue
            elif opens and self._own_subject_at(place, end):
                acting = None
            self.others[place] = acting
            place += 1
        if (agent := self._agent(start, end)) is not None:
            self.others[start:end] = [agent] * (end - start)
        return acting

    def _speaker_takes_over(self, place: int, acting: str | None) -> bool:
        """Tell "asked me to", "helped us": from here on the speaker acts."""
        return (
            acting is not None
            and self._words[place] in {"me", "us"}
            and self._words[place - 1] in _HANDS_OVER
        )

    def _person_before(self, place: int, start: int) -> str | None:
        """Return the person right before "who"."""
        behind = self._words[max(start, place - 4) : place]
        return next((word for word in reversed(behind) if word in PERSONS | GIVEN_NAMES), None)

    def _own_subject_at(self, place: int, end: int) -> bool:
        """Whether a thing or group begins here that takes the verb from whoever acted before."""
        if self._words[place] not in DETERMINERS:
            return False
        return any(self._is_verb(later) for later in range(place + 1, min(place + 5, end)))

    def _subject_at(self, place: int, end: int) -> tuple[str, int] | None:
        """Return the person who is the subject from here on, and where their verb begins."""
        head: str | None = None
        last = min(place + _LONGEST_SUBJECT, end)
        position = place
        depth = 0
        while position < last:
            word = self._words[position]
            if word in SPEAKER_PRONOUNS and depth == 0:
                return None  # "my manager and I"
            if position > place and self._is_verb(position) and word not in PERSONS:
                return (head, position) if head is not None else None
            if head is None:
                head = self._head_at(position, place)
                if head is None and not self._may_lead(position, place):
                    return None
            elif word in PREPOSITIONS or word == "who":
                depth += 1
            position += 1
        return None

    def _head_at(self, position: int, place: int) -> str | None:
        word = self._words[position]
        if word in PERSONS or word in GIVEN_NAMES:
            follower = self._words[position + 1] if position + 1 < len(self._words) else ""
            return None if follower in PERSONS else word
        if word in GROUPS:
            return word if ELSEWHERE & set(self._words[place:position]) else None
        return word if position == place and self._is_capital_name(position) else None

    def _is_capital_name(self, position: int) -> bool:
        """Tell a name by its capital; where a sentence begins, only a word nobody else has."""
        word, token = self._words[position], self._tokens[position]
        if not token.capital or is_function_word(word) or is_past_form(word):
            return False
        if position and not self._tokens[position - 1].ends_sentence:
            return not word.endswith("ing")
        follower = self._words[position + 1] if position + 1 < len(self._words) else ""
        return is_past_form(follower) and rarity(word) >= _IN_NO_TABLE

    def _may_lead(self, position: int, place: int) -> bool:
        """Whether a word may stand before the person: "it was my", "one of the", "the senior"."""
        word = self._words[position]
        if position == place:
            return (
                word in DETERMINERS
                or word in LEADS_IN
                or word in {"it", "one", "two", "some", "most", "another", "other", "only"}
                or word in PERSONS
                or word.endswith("ly")
            )
        return word in DETERMINERS | {"was", "of", "my", "other", "one"} or (
            not self._is_verb(position) and word not in PREPOSITIONS and position - place <= 4
        )

    def _is_verb(self, position: int) -> bool:
        word = self._words[position]
        if word == "was" and self._words[position - 1] == "it":
            return False
        return word in AUXILIARIES or (is_past_form(word) and word not in PERSONS)

    def _agent(self, start: int, end: int) -> str | None:
        """Return the person of a passive: "it was set up by my colleague"."""
        for place in range(start + 1, end - 1):
            if self._words[place] != "by":
                continue
            passive = {"was", "were", "been", "being", "is", "are", "got"}
            if not passive & set(self._words[start:place]):
                continue
            behind = self._words[place + 1 : min(place + 5, end)]
            if SPEAKER_PRONOUNS & set(behind):
                return None
            found = next(
                (word for word in behind if word in PERSONS | GIVEN_NAMES | {"him", "her", "them"}),
                None,
            )
            if found is not None:
                return found
        return None


def names_person(words: Sequence[str], person: str) -> bool:
    """Tell whether words name a person, by the same noun, name or pronoun."""
    return any(stem(word) == stem(person) for word in words)
