"""Word lists of the training corpus and their inflected forms."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
VOWELS = "aeiou"


def read_tokens(path: Path) -> list[str]:
    """Return the whitespace-separated tokens of a word list, without ``#`` comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [token for line in lines if not line.startswith("#") for token in line.split()]


def plural(noun: str) -> str:
    """Return the regular plural (or third-person form) of a word."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("o") and noun in {"go", "do", "veto"}:
        return noun + "es"
    return noun + "s"


def past(verb: str, doubled: bool) -> str:
    """Return the regular past form of a verb; ``doubled`` repeats its last consonant."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if doubled else "") + "ed"


def ing(verb: str, doubled: bool) -> str:
    """Return the -ing form of a verb; ``doubled`` repeats its last consonant."""
    if verb == "be":
        return "being"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubled else "") + "ing"


def word_classes(data: Path = DATA) -> dict[str, list[str]]:
    """Return the word classes that the grammar names: N, NS, M, ADJ, V, VS, VED and so on."""
    nouns: list[str] = []
    plurals: list[str] = []
    mass: list[str] = []
    for token in read_tokens(data / "nouns.txt"):
        if token.endswith("!"):
            mass.append(token[:-1])
            continue
        singular, _, irregular = token.partition("/")
        nouns.append(singular)
        plurals.append(irregular or plural(singular))
    forms: dict[str, tuple[str, str, str, str, str]] = {}
    for token in read_tokens(data / "verbs.txt"):
        verb = token.rstrip("+!")
        doubled = token.endswith("+")
        regular = past(verb, doubled)
        forms[verb] = (verb, plural(verb), regular, regular, ing(verb, doubled))
    for line in (data / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        token, preterite, participle = line.split()
        verb = token.rstrip("+")
        third = {"be": "is", "have": "has"}.get(verb, plural(verb))
        forms[verb] = (verb, third, preterite, participle, ing(verb, token.endswith("+")))
    columns = [list(column) for column in zip(*forms.values(), strict=True)]
    adjectives = read_tokens(data / "adjectives.txt")
    function_words = read_tokens(data / "function_words.txt")
    extra = read_tokens(data / "extra_words.txt")
    content = (
        nouns + plurals + mass + [w for column in columns for w in column] + adjectives + extra
    )
    return {
        "N": nouns,
        "NS": plurals,
        "M": mass,
        "V": columns[0],
        "VS": columns[1],
        "VED": columns[2],
        "VEN": columns[3],
        "VING": columns[4],
        "ADJ": adjectives,
        "ANY": sorted(set(content)),
        "FUNCTION": function_words,
    }


if __name__ == "__main__":
    for name, words in word_classes().items():
        print(f"{name}: {len(words)} words, for example {', '.join(words[:8])}")
