"""Interview-like English sentences for training: hand-written ones, a grammar, and shuffled words.

Command: ``python corpus.py --count 10000 --seed 1 OUT.txt`` writes one sentence per line.
No written line shares a run of six words with the test files.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

from words import DATA, word_classes

SYMBOL = re.compile(r"<([A-Z0-9]+)>")
LEAK_RUN = 6
CAPITAL_WORDS = ("I", "I'm", "I've", "I'd", "I'll")
FILLERS = ("um", "uh", "er", "you know", "like", "well", "I mean", "so", "um", "uh")
# How a sentence is made, and the weight of each way.
RECIPE = (
    ("written", 0.22),
    ("mutated", 0.34),
    ("grammar", 0.24),
    ("shuffled", 0.08),
    ("spliced", 0.12),
)


def normalized_words(text: str) -> list[str]:
    """Return the lower-case words of a text, without punctuation."""
    return re.sub(r"[^a-z' ]+", " ", text.lower().replace("\u2019", "'")).split()


def word_runs(text: str, length: int = LEAK_RUN) -> set[tuple[str, ...]]:
    """Return every run of ``length`` words of a text (or the whole text if it is shorter)."""
    words = normalized_words(text)
    if len(words) < length:
        return {tuple(words)}
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def read_paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a file (blank lines between), without ``#`` comment lines."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return [" ".join(block.split()) for block in "\n".join(lines).split("\n\n") if block.strip()]


def read_sentences(path: Path) -> list[str]:
    """Return the non-empty lines of a file, without ``#`` comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return re.findall(r"[^.?!]+[.?!]", paragraph.strip())


def articles(text: str) -> str:
    """Turn ``a`` into ``an`` before a vowel sound, and back before a consonant."""

    def fix(match: re.Match[str]) -> str:
        article, word = match.group(1), match.group(2)
        vowel = word[0].lower() in "aeiou" or word.lower().startswith(("hour", "honest", "honor"))
        if word.lower().startswith(("uni", "use", "usu", "uti", "one", "once", "euro")):
            vowel = word.lower().startswith(("unim", "unin", "unid"))
        base = "A" if article[0] == "A" else "a"
        return f"{base}{'n' if vowel else ''} {word}"

    return re.sub(r"\b([Aa]n?) ([A-Za-z]+)", fix, text)


def finish(text: str) -> str:
    """Capitalise the first letter and correct the articles."""
    text = articles(" ".join(text.split()))
    return text[0].upper() + text[1:]


class Grammar:
    """A context-free grammar whose terminals are words; sentences are drawn at random."""

    def __init__(self, path: Path, classes: dict[str, list[str]], rng: random.Random) -> None:
        self.rules: dict[str, list[str]] = {name: list(words) for name, words in classes.items()}
        self.rng = rng
        for line in read_sentences(path):
            name, _, body = line.partition(" = ")
            self.rules.setdefault(name, []).extend(body.split("|"))

    def expand(self, symbol: str) -> str:
        """Return a random expansion of a symbol."""
        choice = self.rng.choice(self.rules[symbol])
        return SYMBOL.sub(lambda match: self.expand(match.group(1)), choice)


class Corpus:
    """Draws training sentences without end, never one that leaks from the test files."""

    def __init__(self, seed: int, data: Path = DATA) -> None:
        self.rng = random.Random(seed)
        self.classes = word_classes(data)
        self.grammar = Grammar(data / "grammar.txt", self.classes, self.rng)
        self.written = [
            s for path in sorted(data.glob("sentences*.txt")) for s in read_sentences(path)
        ]
        tests = read_sentences(data / "test_sentences.txt")
        tests += [s for p in read_paragraphs(data / "test_answers.txt") for s in split_sentences(p)]
        self.forbidden = {run for text in tests for run in word_runs(text)}
        self.class_of: dict[str, str] = {}
        for name in ("N", "NS", "M", "V", "VED", "VING", "ADJ"):
            for word in self.classes[name]:
                self.class_of.setdefault(word, name)

    def leaks(self, text: str) -> bool:
        """Whether a text shares a run of six words (or all of a few) with the test files."""
        return not word_runs(text).isdisjoint(self.forbidden)

    def any_word(self) -> str:
        """Return a random word: a content word, or less often a function word."""
        name = "FUNCTION" if self.rng.random() < 0.3 else "ANY"
        return self.rng.choice(self.classes[name])

    def mutate(self, text: str) -> str:
        """Return a written sentence with some words exchanged, and sometimes a filled pause."""
        tokens = text.split()
        share = self.rng.choice((0.0, 0.1, 0.2, 0.35))
        for i, token in enumerate(tokens):
            match = re.fullmatch(r"([a-z']+)([,.?]?)", token)
            if match is None or self.rng.random() >= share:
                continue
            name = self.class_of.get(match.group(1))
            if name is not None:
                tokens[i] = self.rng.choice(self.classes[name]) + match.group(2)
            elif self.rng.random() < 0.3:
                tokens[i] = self.any_word() + match.group(2)
        while self.rng.random() < 0.3:
            i = self.rng.randrange(len(tokens))
            comma = "" if i == 0 or tokens[i - 1][-1] in ",." else ","
            if comma:
                tokens[i - 1] += comma
            if i == 0 and tokens[0] not in CAPITAL_WORDS:
                tokens[0] = tokens[0].lower()
            tokens.insert(i, self.rng.choice(FILLERS) + ",")
        return finish(" ".join(tokens))

    def shuffled(self) -> str:
        """Return a row of random words."""
        words = [self.any_word() for _ in range(self.rng.randint(2, 10))]
        return self.punctuate(words)

    def spliced(self) -> str:
        """Return fragments of other sentences, joined in a new order."""
        words: list[str] = []
        for _ in range(self.rng.randint(2, 4)):
            source = (
                self.rng.choice(self.written)
                if self.written and self.rng.random() < 0.6
                else self.grammar.expand("S")
            )
            tokens = re.findall(r"[A-Za-z']+", source)
            tokens[0] = tokens[0] if tokens[0] in CAPITAL_WORDS else tokens[0].lower()
            start = self.rng.randrange(len(tokens))
            words += tokens[start : start + self.rng.randint(1, 4)]
        return self.punctuate(words)

    def punctuate(self, words: list[str]) -> str:
        """Join words, with a comma here and there and a full stop."""
        commas = [
            ("," if self.rng.random() < 0.1 and i < len(words) - 1 else "")
            for i in range(len(words))
        ]
        return finish(
            " ".join(word + comma for word, comma in zip(words, commas, strict=True)) + "."
        )

    def draw(self) -> str:
        """Return one sentence by one of the ways of ``RECIPE``."""
        way = self.rng.choices([name for name, _ in RECIPE], [weight for _, weight in RECIPE])[0]
        if way in ("written", "mutated") and self.written:
            text = self.rng.choice(self.written)
            return text if way == "written" else self.mutate(text)
        if way == "shuffled":
            return self.shuffled()
        if way == "spliced":
            return self.spliced()
        return finish(self.grammar.expand("S"))

    def sentences(self, longest: int = 200) -> Iterator[str]:
        """Yield sentences of at most ``longest`` characters without end."""
        while True:
            text = self.draw()
            if len(text) <= longest and text.isascii() and not self.leaks(text):
                yield text


def main() -> None:
    """Write a text file of sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="text file to write, one sentence per line")
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    source = Corpus(options.seed).sentences()
    lines = [next(source) for _ in range(options.count)]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    vocabulary = {word for line in lines for word in normalized_words(line)}
    print(f"{options.out}: {len(lines)} sentences, {len(vocabulary)} different words")


if __name__ == "__main__":
    main()
