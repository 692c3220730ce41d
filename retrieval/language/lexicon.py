"""Everyday words, Swedish and English, and what plans call the same things.

The entries are files: one `phrase<TAB>plan words, best first, separated by " | "` a line, `#` begins a comment line.
Files named `en-*.tsv` hold English phrases, `sv-*.tsv` everyday Swedish ones. A plan word marked with a leading `=`
is an exact translation and is what `gloss` turns back into English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from retrieval.language.swedish import (
    BARE,
    STOP_WORDS,
    Language,
    Token,
    Vocabulary,
    blocks_without_marks,
    compounds_within,
    known,
    near,
    parts,
    spans,
    stem,
    tokens,
)

WHOLE = 1.0
INFLECTED = 0.9
WITHIN_COMPOUND = 0.6
MISSPELT = 0.6
MOST_ERRORS = 1.0  # the cost up to which a misspelt word is taken for one of the lexicon's

# Too common to tell one phrase from another: "size of the groups" is "size of groups".
_SKIPPED = {
    "en": frozenset({"the", "a", "an", "our", "my", "your", "their", "his", "her", "its"}),
    "sv": frozenset({"en", "ett", "den", "det", "de", "vår", "vårt", "våra"}),
}


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase of the lexicon found in a text: `text[start:end]`, and the plan words for it, best first.

    `weight` in (0, 1] says how surely the phrase was meant: as written, inflected, part of a compound, misspelt.
    """

    phrase: str
    start: int
    end: int
    targets: tuple[str, ...]
    weight: float


class LexiconError(ValueError):
    """A lexicon file that can't be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase with its words, the keys that forms of them share, and its plan words, best first."""

    phrase: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    targets: tuple[str, ...]


_Glosses = dict[tuple[str, ...], str]


class _Word(NamedTuple):
    """A word of the text, how it was read, and the key that forms of it share."""

    token: Token
    read: str
    key: str
    misspelt: bool


class Lexicon:
    """The bundled entries and those of the user's own folder; the user's come first where both have a phrase."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._entries: dict[tuple[Language, str], list[_Entry]] = {}
        self._glosses: dict[str, tuple[_Glosses, _Glosses]] = {}
        self._closest = lru_cache(maxsize=4096)(self._closest_of)

    def expand(self, text: str, language: Language, known_words: Container[str] = ()) -> list[Expansion]:
        """The phrases of the lexicon in `text`, longest first where they overlap, returned in reading order.

        `known_words` are casefolded words that are right as they stand (the plan's own): they are never respelt.
        """
        skipped = _SKIPPED[language]
        words = [self._read_word(token, language, known_words) for token in spans(text) if token.text not in skipped]
        found: list[tuple[int, int, Expansion]] = []
        for at in range(len(words)):
            found += self._phrases_at(at, words, language, text)
        found.sort(key=lambda match: (match[0] - match[1], -match[2].weight))  # most words first
        taken: set[int] = set()
        kept: list[Expansion] = []
        for first, end, expansion in found:
            if taken.isdisjoint(range(first, end)):
                taken.update(range(first, end))
                kept.append(expansion)
        if language == "sv":
            for at, word in enumerate(words):
                if at not in taken:
                    kept += self._parts_of(word.token)
        return sorted(kept, key=lambda expansion: expansion.start)

    def gloss(self, swedish: str) -> str | None:
        """The English for a Swedish word or short phrase in any form, None if not listed."""
        words = tuple(tokens(swedish))
        if not words:
            return None
        keys = tuple(map(stem, words))
        starts = dict.fromkeys((words[0][:3], keys[0][:3]))
        as_written = (self._glosses_beginning(start)[0].get(words) for start in starts)
        as_inflected = (self._glosses_beginning(start)[1].get(keys) for start in starts)
        return next(filter(None, chain(as_written, as_inflected)), None)

    def __contains__(self, word: object) -> bool:
        """Whether a casefolded word, in this or another form, stands in any phrase of either language."""
        if not isinstance(word, str):
            return False
        return any(word in words or _key(word, spoken) in self._keys[spoken] for spoken, words in self._words.items())

    def accented(self, word: str) -> str | None:
        """The everyday Swedish word that a casefolded one without å, ä and ö was meant to be, in its base form; None
        where it is none, or right as it stands."""
        return None if word in self else self._bare.get(stem(word).translate(BARE))

    # --- matching ---

    def _read_word(self, token: Token, language: Language, known_words: Container[str]) -> _Word:
        """A word of the text as it was meant: a misspelt one as the word of the lexicon it comes closest to."""
        word = token.text
        key = _key(word, language)
        right = len(word) < 5 or word in known_words or word in self
        if not right and (close := self._closest(word, language)):
            return _Word(token, close, _key(close, language), True)
        return _Word(token, word, key, False)

    def _closest_of(self, word: str, language: Language) -> str | None:
        """The word of the lexicon that an unknown one comes closest to; None for one that is right, or near to none."""
        if known(word) or parts(word) or (language == "sv" and any(_halves(word))):
            return None
        one = word.removesuffix("s") if language == "en" else word  # the plural of a word that is listed
        for written in dict.fromkeys((word, one)):
            found = near(written, self._words[language])[:1]
            if found and found[0].cost <= MOST_ERRORS:
                return found[0].word
        return None

    def _phrases_at(
        self, at: int, words: Sequence[_Word], language: Language, text: str
    ) -> Iterator[tuple[int, int, Expansion]]:
        """The best entry of each length that begins at word `at`, as (first, end, expansion)."""
        best: dict[int, tuple[float, _Entry]] = {}
        for entry in self._beginning_like(words[at].read, words[at].key, language):
            size = len(entry.keys)
            if entry.keys[0] != words[at].key:
                continue
            stretch = words[at : at + size]
            if tuple(word.key for word in stretch) != entry.keys:
                continue
            if any(word.misspelt for word in stretch):
                weight = MISSPELT
            elif tuple(word.read for word in stretch) == entry.words:
                weight = WHOLE
            elif size == 1 and words[at].read in STOP_WORDS:
                continue  # "finns" is no form of "finnar"
            else:
                weight = INFLECTED
            if size not in best or weight > best[size][0]:
                best[size] = (weight, entry)
        for size, (weight, entry) in best.items():
            begin, end = words[at].token.start, words[at + size - 1].token.end
            yield at, at + size, Expansion(text[begin:end], begin, end, entry.targets, weight)

    def _parts_of(self, token: Token) -> list[Expansion]:
        """Entries for what a Swedish compound is made of, longest first: dagispersonal has dagis."""
        found: list[Expansion] = []
        elements = parts(token.text)
        for element in (*compounds_within(token.text), *elements) if elements else _halves(token.text):
            if any(element in each.phrase for each in found):
                continue
            entry = self._single(element, "sv")
            # A common word is an element of much that its everyday forms don't mean: fritids, but fritidsgård.
            if entry and (entry.words == (element,) or not known(element)):
                found.append(Expansion(element, token.start, token.end, entry.targets, WITHIN_COMPOUND))
        return found

    def _single(self, word: str, language: Language) -> _Entry | None:
        """The one-word entry for a word, as written before inflected."""
        key = _key(word, language)
        inflected: _Entry | None = None
        for entry in self._beginning_like(word, key, language):
            if entry.words == (word,):
                return entry
            if inflected is None and entry.keys == (key,):
                inflected = entry
        return inflected

    def _beginning_like(self, word: str, key: str, language: Language) -> Iterator[_Entry]:
        """The entries whose first word begins like a word or its key: all that can match, and others."""
        for start in dict.fromkeys((word[:3], key[:3])):
            entries = self._entries.get((language, start))
            if entries is None:
                entries = [_entry(phrase, right, language) for phrase, right in self._buckets[language].get(start, ())]
                self._entries[language, start] = entries
            yield from entries

    # --- reading ---

    @cached_property
    def _rows(self) -> dict[Language, dict[str, str]]:
        """Phrase → plan words as written, by language; the words of equal phrases joined."""
        rows: dict[Language, dict[str, str]] = {"en": {}, "sv": {}}
        bundled = sorted((files("retrieval") / "lexicon").iterdir(), key=lambda path: path.name)
        own = sorted(self._folder.iterdir()) if self._folder else []
        for path in chain[Traversable | Path](own, bundled):
            if path.name.endswith(".tsv") and path.name.startswith(("en-", "sv-")):
                _read(path, rows["en" if path.name.startswith("en-") else "sv"])
        return rows

    @cached_property
    def _buckets(self) -> dict[Language, dict[str, list[tuple[str, str]]]]:
        """Rows by the first three letters of their first word; few are ever asked for, so only these are parsed."""
        buckets: dict[Language, dict[str, list[tuple[str, str]]]] = {"en": defaultdict(list), "sv": defaultdict(list)}
        for language, rows in self._rows.items():
            skipped, into = _SKIPPED[language], buckets[language]
            for row in rows.items():
                first, _, rest = row[0].partition(" ")
                while rest and first in skipped:
                    first, _, rest = rest.partition(" ")
                into[first[:3]].append(row)
        return buckets

    @cached_property
    def _english_of(self) -> dict[str, list[tuple[str, str]]]:
        """(plan word, English phrase) by the plan word's first three letters, exact translations first."""
        exact: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for phrase, right in self._rows["en"].items():
            targets = _targets(right)
            exact += [(target[1:], phrase) for target in targets if target.startswith("=")]
            if phrase.count(" ") < 2:  # a longer one is how people ask, not what the word means
                others.append((targets[0].lstrip("="), phrase))
        listed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for target, phrase in chain(exact, others):
            listed[target[:3].casefold()].append((target, phrase))
        return listed

    def _glosses_beginning(self, start: str) -> tuple[_Glosses, _Glosses]:
        """The English of plan words that begin so: by their words as written, and by their stems."""
        if start not in self._glosses:
            by_words: _Glosses = {}
            by_stems: _Glosses = {}
            for target, phrase in self._english_of.get(start, ()):
                words = tuple(tokens(target))
                by_words.setdefault(words, phrase)
                by_stems.setdefault(tuple(map(stem, words)), phrase)
            self._glosses[start] = (by_words, by_stems)
        return self._glosses[start]

    @cached_property
    def _words(self) -> dict[Language, Vocabulary]:
        return {language: Vocabulary(chain.from_iterable(map(tokens, rows))) for language, rows in self._rows.items()}

    @cached_property
    def _bare(self) -> dict[str, str]:
        """The everyday Swedish words with å, ä or ö, by their stems without."""
        words = ((stem(word), word) for word in self._words["sv"].words)
        return blocks_without_marks() | {
            bare: word for whole, word in words if (bare := whole.translate(BARE)) != whole
        }

    @cached_property
    def _keys(self) -> dict[Language, frozenset[str]]:
        return {
            "en": frozenset(map(_english_key, self._words["en"].words)),
            "sv": self._words["sv"].stems(),
        }


def _read(path: Traversable | Path, rows: dict[str, str]) -> None:
    """Adds a file's rows to those read before it."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        phrase, _, right = line.partition("\t")
        phrase = phrase.strip().casefold()
        if not phrase or not right.strip(" |="):
            raise LexiconError(f'{path.name}, line {number}: write a phrase, one tab, then plan words between " | "')
        rows[phrase] = f"{rows[phrase]}|{right}" if phrase in rows else right


def _targets(right: str) -> list[str]:
    return [target for target in map(str.strip, right.split("|")) if target]


def _entry(phrase: str, right: str, language: Language) -> _Entry:
    words = tuple(word for word in tokens(phrase) if word not in _SKIPPED[language]) or tuple(tokens(phrase))
    bare = dict.fromkeys(target.lstrip("=").strip() for target in _targets(right))
    return _Entry(phrase, words, tuple(_key(word, language) for word in words), tuple(bare))


# --- keys -----------------------------------------------------------------------------------------------------------

_ENGLISH_IRREGULAR = {
    "children": "child", "kids": "kid", "men": "man", "women": "woman", "people": "people", "bought": "buy",
    "paid": "pay", "built": "build", "spent": "spend", "sold": "sell", "kept": "keep", "met": "meet", "led": "lead",
    "taught": "teach", "began": "begin", "begun": "begin", "chosen": "choose", "chose": "choose", "grew": "grow",
    "shut": "shut", "moved": "move", "teeth": "tooth", "feet": "foot", "lives": "life", "wives": "wife",
    "indices": "index", "criteria": "criterion", "news": "news", "during": "during", "thing": "thing",
    "spring": "spring", "evening": "evening", "nothing": "nothing", "need": "need", "seed": "seed", "feed": "feed",
    "speed": "speed", "exceed": "exceed", "bus": "bus", "gas": "gas", "childrens": "child", "womens": "woman",
    "mens": "man", "peoples": "people",
}  # fmt: skip
_S_STAYS = ("ss", "us", "is")
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=50_000)
def _english_key(word: str) -> str:
    """The key that forms of an English word share: closing, closed, closes, close → "clos"."""
    if word in _ENGLISH_IRREGULAR:
        word = _ENGLISH_IRREGULAR[word]
    elif word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(_S_STAYS):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest) and word not in _ENGLISH_IRREGULAR:
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _key(word: str, language: Language) -> str:
    return _english_key(word) if language == "en" else stem(word)


def _halves(word: str) -> Iterable[str]:
    """Readings of `word` as an unlisted first part and a building block: dagismat → dagis."""
    for at in range(len(word) - 3, 2, -1):
        if known(word[at:]):
            yield word[:at]
            if word[at - 1] == "s":
                yield word[: at - 1]
