"""Past forms of English verbs brought back to the form that follows "did". Pure.

The irregular ones are those a school grammar lists, without those nobody uses of themselves in an
interview; every other form in -ed follows the spelling rules. A word that is no known past form
comes back as None, so that nobody's sentence is bent by a guess.
"""

import re
from typing import Final

from question_bank.word_lists import word_set

_IRREGULAR: Final = {
    past: base
    for base, pasts in (
        line.split(":")
        for line in """
        be:was were|agree:agreed|argue:argued|become:became
        |begin:began|break:broke|bring:brought|build:built|buy:bought
        |catch:caught|cause:caused|choose:chose|come:came|deal:dealt
        |disagree:disagreed|do:did|explore:explored|draw:drew|drive:drove|eat:ate
        |fall:fell|feel:felt|fight:fought|find:found|forget:forgot|get:got|give:gave|go:went
        |grow:grew|have:had|hear:heard|hold:held|increase:increased|keep:kept|know:knew|lead:led
        |learn:learnt|leave:left|lend:lent|lose:lost|make:made|mean:meant|meet:met|pay:paid
        |raise:raised|require:required|run:ran|say:said|see:saw|seek:sought|sell:sold|send:sent|show:showed|sleep:slept
        |speak:spoke|spend:spent|stand:stood|steal:stole|swim:swam|take:took|teach:taught
        |tell:told|think:thought|throw:threw|understand:understood|use:used|wake:woke|wear:wore|win:won
        |withdraw:withdrew|write:wrote
        """.replace("\n", "").split("|")
    )
    for base, past in ((base.strip(), one) for one in pasts.split())
}
_PARTICIPLES: Final = word_set("""
    been become begun broken brought built bought caught chosen come dealt done drawn driven eaten
    fallen felt fought found forgotten got gotten given gone grown heard held kept known led
    learnt left lost made meant met paid run said seen sold sent shown slept spoken spent stood
    taken taught told thought thrown understood worn won withdrawn written had put read set cut
    hit let quit
    """)
_ENDS_IN_E: Final = re.compile(
    r"(?:[^aeiou](?:iz|is|ic|in|ag|id|ir|iv|ov|us|ut|uc|as|os|ak|ar)|[a-z]{2}at|"
    r"(?:ang|anc|enc|rs|dg|lv|rv|bl|tl|dl|gl|pl|ng|nc|qu|ieu|iev|eiv|ag))$"
)
_DOUBLED: Final = re.compile(r"([bdgklmnprt])\1$")


def base_of_past(form: str) -> str | None:
    """Return the plain form of a past form ("left" -> "leave"); None for a word that is none."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if not form.endswith("ed") or len(form) < 4:
        return None
    stem = form[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if _DOUBLED.search(stem) and not stem.endswith(("ll", "ss")):
        return stem[:-1]
    if _ENDS_IN_E.search(stem) and stem not in _NO_E:
        return stem + "e"
    return stem


_NO_E: Final = word_set(
    "happen listen open offer order visit edit benefit train explain maintain obtain gain join "
    "contain remain complain repair wear clear appear hear focus discuss treat repeat cheat heat "
    "wait await admit commit fit audit target market budget develop consider answer"
)
"""Verbs whose stem ends like one that has lost its e."""


def is_participle(word: str) -> bool:
    """Whether a word may follow "have" to say what has happened ("have made", "had used")."""
    return word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3)
