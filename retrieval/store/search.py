"""What in a plan answers to a question's concepts: sentences and facts ranked by their words, alike on any database.

A concept is one thing the question names, with every word the plan may use for it; it counts once however many of
those words a text holds. BM25 weighs rare words over common ones (Robertson and Zaragoza 2009); a text's own words
count most, then those around it and the headings it stands under.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.plan import Passage, Plan
from retrieval.language.swedish import Vocabulary, parts, terms, tokens
from retrieval.store.units import Entry, Kind, entries_of

Ints = NDArray[np.int64]
# Of the entries that hold a term: their numbers, what it gains each, how fully each holds it, whether in its own words.
Postings = tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float32], NDArray[np.bool_]]

_SATURATION, _LENGTH = 1.1, 0.35  # BM25's k1 and b
_BESIDE, _AROUND, _HEADING, _PATH, _COLUMNS = (
    0.45,
    0.25,
    0.55,
    0.2,
    0.5,
)  # what words outside a text count beside its own
_SURELY = 0.75  # the weight of a term from which on it is another word for the same
_UNKNOWN_RARITY = 4.5  # of a word the plan does not have: it may be a turn of phrase, or the very thing asked for


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question names: the words of the question, and the index terms that stand for it with weights.

    `name` marks a proper name or a code, which nothing else can stand for. `weight` is how much the concept matters.
    `phrases` are terms that stand for it only together, with the weight of the whole.
    """

    words: str
    terms: Mapping[str, float]
    name: bool = False
    weight: float = 1.0
    phrases: tuple[tuple[float, tuple[str, ...]], ...] = ()

    @property
    def meant(self) -> frozenset[str]:
        """The index terms that surely stand for it, each by itself."""
        return frozenset(term for term, weight in self.terms.items() if weight >= _SURELY)

    def is_in(self, held: Set[str]) -> bool:
        """True where some index terms surely stand for it: one by itself, or all of a phrase."""
        return bool(self.meant & held) or any(w >= _SURELY and held >= set(phrase) for w, phrase in self.phrases)

    def or_else(self, other: Concept) -> Concept:
        """This concept, for which all that stands for another one stands too."""
        both = {t: max(self.terms.get(t, 0.0), other.terms.get(t, 0.0)) for t in {*self.terms, *other.terms}}
        return replace(self, terms=both, phrases=self.phrases + other.phrases)


def either(wanted: Sequence[Concept], text: str) -> list[Concept]:
    """Concepts with those that a text sets beside each other as one: "opens or closes"."""
    made: list[Concept] = []
    for concept in sorted(wanted, key=lambda each: text.casefold().find(each.words.casefold())):
        last = re.escape(made[-1].words.split()[-1]) if made else ""
        if last and re.search(rf"{last}(?:,|,? (?:or|and|eller|och)) {re.escape(concept.words)}", text, re.I):
            made[-1] = replace(made[-1].or_else(concept), words=f"{made[-1].words} {concept.words}")
        else:
            made.append(concept)
    return made


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: how well it fits, which share of the question's weight it covers itself or with what stands
    around it, what each concept gave, and how fully each is there (a part of a compound is half of it)."""

    entry: Entry
    score: float
    coverage: float
    own: float
    by_concept: tuple[float, ...]
    shares: tuple[float, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.entry.unit.kind


class Searchable:
    """A plan ready to be searched; building it analyses every word once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.entries = entries_of(plan)
        postings: dict[str, list[tuple[int, float, bool]]] = defaultdict(list)
        lengths: list[float] = []
        for entry in self.entries:
            own: dict[str, float] = defaultdict(float)
            for term, weight in analysed(entry.words):
                own[term] += weight
            weights = dict(own)
            for text, share in self._around(entry):
                for term, weight in analysed(text):
                    weights[term] = max(weights.get(term, 0.0), share * weight)
            for term, weight in weights.items():
                postings[term].append((entry.number, weight, term in own))
            lengths.append(sum(own.values()))
        count, mean = len(self.entries), sum(lengths) / len(lengths) if lengths else 1.0
        # One array for all terms, each with its stretch of it: a thousand plans are held at once.
        self._stretch: dict[str, tuple[int, int]] = {}
        start = 0
        for term, posting in postings.items():
            self._stretch[term] = start, (start := start + len(posting))
        flat = [each for posting in postings.values() for each in posting]
        self._numbers = np.array([n for n, _, _ in flat], np.int32)
        self._held = np.array([held for _, held, _ in flat], np.float32)
        self._own = np.array([own for _, _, own in flat], bool)
        norms = 1 - _LENGTH + _LENGTH * np.array(lengths) / mean
        self._gained = self._held * (_SATURATION + 1) / (self._held + _SATURATION * norms[self._numbers])
        held = {term: sum(own for _, _, own in posting) for term, posting in postings.items()}
        self._rarity = {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in held.items()}
        self._most = math.log(1 + (count + 0.5) / 0.5)

    def _around(self, entry: Entry) -> Iterable[tuple[str, float]]:
        path = entry.unit.path.split(" › ") if entry.unit.path else []
        yield from ((text, _HEADING if n == len(path) - 1 else _PATH) for n, text in enumerate(path))
        if columns := entry.unit.columns:
            yield columns, _COLUMNS
        if isinstance(entry.unit.item, Passage):
            for step in (-1, 1):
                beside = entry.number + step
                if 0 <= beside < len(self.entries) and self.entries[beside].unit is entry.unit:
                    yield self.entries[beside].words, _BESIDE
            yield entry.unit.words, _AROUND

    @cached_property
    def beside(self) -> tuple[Ints, Ints]:
        """For each entry the numbers of those before and after it in its passage, its own where there is none."""
        units = np.array([id(entry.unit) for entry in self.entries], np.int64)
        same = units[1:] == units[:-1]
        before, after = np.arange(len(units)), np.arange(len(units))
        before[1:] -= same
        after[:-1] += same
        return before, after

    @cached_property
    def words(self) -> Vocabulary:
        """The words of the plan, for mending a misspelt question."""
        return Vocabulary(tokens(self.plan.text))

    @cached_property
    def initials(self) -> dict[str, frozenset[str]]:
        """What capitals may be short for: initials of headings, indicators and row labels → their terms."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.plan.names:
            words = [w for w in tokens(name) if w.isalpha()]
            if not 1 <= len(words) <= 6:
                continue
            whole = "".join(w[0] for w in words if w not in ("och", "i", "för", "av"))
            split = "".join(
                "".join(part[0] for part in parts(w)) or w[0] for w in words if w not in ("och", "i", "för", "av")
            )
            for short in {whole, split}:
                if len(short) >= 2:
                    found[short] |= {term for w in words for term, weight in terms(w) if weight == 1.0}
        return {short: frozenset(long) for short, long in found.items()}

    @cached_property
    def proper(self) -> frozenset[str]:
        """The casefolded words that the plan writes with a capital within a sentence, and never without one."""
        names = {name.casefold() for name in re.findall(r"(?<=[\w,;–] )[A-ZÅÄÖ][a-zåäöé]{3,}\b", self.plan.text)}
        return frozenset(names - {*re.findall(r"\b[a-zåäöé]{4,}\b", self.plan.text)})

    def within(self, start: str) -> list[str]:
        """Terms of the plan that begin with a name and go on: Svedmyra → svedmyrabad."""
        return [term for term in self._stretch if term.startswith(start) and term != start][:5]

    def knows(self, term: str) -> bool:
        """True where the plan has the term anywhere."""
        return term in self._stretch

    @property
    def vocabulary(self) -> Iterable[str]:
        """Every term of the plan."""
        return self._stretch.keys()

    def rarity(self, concept: Concept) -> float:
        """How telling a concept is in this plan: as the commonest of its best words, most where none is known."""
        best = max(concept.terms.values(), default=0.0)
        known = [self._rarity[t] for t, weight in concept.terms.items() if weight >= 0.85 * best and t in self._rarity]
        known = known or [self._rarity[t] for t in concept.terms if t in self._rarity]
        if known:
            return min(known)
        return self._most if concept.name else min(self._most, _UNKNOWN_RARITY)

    def search(
        self,
        concepts: Sequence[Concept],
        kinds: Iterable[Kind] | None = None,
        most: int | None = None,
        also: Sequence[int] = (),
    ) -> list[Hit]:
        """The entries that hold a concept, best first, `most` at most; then those of `also` that are not among them."""
        size = (len(concepts), len(self.entries))
        gains, shares, own_shares = np.zeros(size), np.zeros(size), np.zeros(size)
        for c, concept in enumerate(concepts):
            best = max([*concept.terms.values(), *(weight for weight, _ in concept.phrases)], default=1.0)
            for weight, (numbers, gained, held, own) in (
                *((weight, self._holding(term)) for term, weight in concept.terms.items()),
                *((weight, self._together(words)) for weight, words in concept.phrases),
            ):
                share = min(1.0, weight / best) * np.minimum(1.0, held)
                for table, value in (
                    (gains, gained * (weight * concept.weight)),
                    (shares, share),
                    (own_shares, share * own),
                ):
                    table[c, numbers] = np.maximum(table[c, numbers], value)
        worth = np.array([self.rarity(concept) * concept.weight for concept in concepts])
        total = worth.sum() or 1.0
        coverage, own_coverage = worth @ shares / total, worth @ own_shares / total
        scores = gains.sum(0) * (0.35 + 0.65 * coverage)
        there = shares.any(0)
        if kinds is not None:
            wanted = frozenset(kinds)
            there &= np.array([entry.unit.kind in wanted for entry in self.entries], bool)
        found = np.flatnonzero(there)
        numbers = found[np.argsort(-scores[found], kind="stable")][:most].tolist()
        return [
            Hit(
                self.entries[n],
                float(scores[n]),
                float(coverage[n]),
                float(own_coverage[n]),
                tuple(gains[:, n].tolist()),
                tuple(shares[:, n].tolist()),
            )
            for n in dict.fromkeys([*numbers, *also])
        ]

    def _holding(self, term: str) -> Postings:
        """The entries that hold a term."""
        start, end = self._stretch.get(term, (0, 0))
        gained = self._gained[start:end] * self._rarity.get(term, 0.0)
        return self._numbers[start:end], gained, self._held[start:end], self._own[start:end]

    def _together(self, words: Sequence[str]) -> Postings:
        """The entries that hold all of a phrase's terms, which are worth a little less than each by itself."""
        numbers, gained, held, own = self._holding(words[0]) if words else self._holding("")
        for word in words[1:]:
            others, more, as_held, as_own = self._holding(word)
            numbers, here, there = np.intersect1d(numbers, others, assume_unique=True, return_indices=True)
            gained, held = gained[here] + more[there], np.minimum(held[here], as_held[there])
            own = own[here] & as_own[there]
        return numbers, gained * 0.8, held, own


@lru_cache(maxsize=50_000)
def analysed(text: str) -> tuple[tuple[str, float], ...]:
    """The index terms of a text, kept since headings and passages recur."""
    return tuple(terms(text))


def terms_of(*texts: str, least: float = 0.0) -> set[str]:
    """The index terms of some texts, those that stand for at least so much of their word."""
    return {term for text in texts for term, weight in analysed(text) if weight >= least}
