"""A turn read in the words of the plans that it asks: what is asked, and what there answers it, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Protocol

from retrieval.evidence.lookup import Facts
from retrieval.evidence.rank import MONEY, Asked, Ranked, Similar, ranked
from retrieval.language.cues import asked as cues
from retrieval.language.cues import turns
from retrieval.language.dates import asks_ends, is_moment
from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import Language, near, terms
from retrieval.question.aside import subject
from retrieval.question.concepts import lightened
from retrieval.question.leaning import LEANT, asks_money, asks_otherwise, inherited_asks, leans
from retrieval.question.marks import unmarked
from retrieval.question.question import Question, understand
from retrieval.question.scope import Scope, begins, choose, year_moved
from retrieval.question.turn import Turn
from retrieval.store.known import Known
from retrieval.store.search import Concept, Searchable


class Library(Protocol):
    """The plans that can be asked."""

    def known(self) -> Sequence[Known]: ...

    def searchable(self, document: int) -> Searchable: ...


@dataclass(slots=True)
class Reader:
    """Reads turns by the plans there are, their words, what is alike in meaning, and today's date."""

    library: Library
    lexicon: Lexicon
    similar: Similar | None
    clock: Callable[[], date]

    @property
    def today(self) -> date:
        return self.clock()

    def ready(self, group: Sequence[Known]) -> list[Asked]:
        """The documents of a plan, ready to be asked."""
        return [
            Asked(known, searchable, Facts(known.id, searchable.plan, begins(known)))
            for known in group
            for searchable in [self.library.searchable(known.id)]
        ]

    def named(self, turn: Turn) -> Turn:
        """An earlier turn with what it names a plan by itself, which is nothing that it asks about."""
        words = choose(turn.text, self.library.known(), Scope(), self.today).words
        return replace(turn, chosen=replace(turn.chosen, words=(*turn.chosen.words, *words)))

    def understood(self, turn: Turn, asked: Sequence[Asked] = ()) -> Question:
        """What a turn asks, in the vocabulary of some documents; what it leans on counts less."""
        words, chosen = _Words(tuple(one.searchable for one in asked), self.lexicon), turn.chosen
        year = next((one.facts.year for one in asked), None)
        text = _compounded(turn.text, turn.history[-1], words) if turn.leant_on else turn.text
        question = _understood(text, words, year, self.today, chosen.words, turn.written)
        about = subject(unmarked(question.text, list(chain(*chosen.marks))))
        question = replace(question, about=about, language=turn.language or question.language)
        if sum(c.weight >= 0.5 for c in question.concepts) < 2 and chosen.named and asked:
            whose = asked[0].known.description.organisation or ""
            faint = Concept(whose, dict(terms(whose)), weight=0.3)
            question = replace(question, concepts=(*question.concepts, faint))
        if not turn.leant_on:
            return question
        known, history = self.library.known(), turn.history
        skip = tuple(word for each in history for word in choose(each, known, Scope(), self.today).words)
        before = [_understood(each, words, year, self.today, chosen.words + skip) for each in history[-_BACK:]]
        return _leaning(question, before, turn, year)

    def ranked(self, question: Question, asked: Sequence[Asked], focus: Ranked | None = None) -> list[Ranked]:
        """What of some documents may answer a question, best first; `focus` is what was talked about before."""
        return ranked(question, asked, self.similar, focus)


def _compounded(text: str, before: str, words: _Words) -> str:
    """A follow-up with the compound that a word of it makes with one of the question before, where the plan or the
    lexicon has that: "korttids" after "sjukfrånvaro" is "korttidssjukfrånvaro"."""

    def whole(word: re.Match[str]) -> str:
        made = (f"{word[0]}{last}" for last in re.findall(r"[^\W\d_]{5,}", before))
        return word[0] if words.has(word[0].casefold()) else next(filter(words.means, made), word[0])

    return re.sub(r"\b[^\W\d_]{4,}s\b", whole, text)


def _leaning(question: Question, before: Sequence[Question], turn: Turn, year: int | None) -> Question:
    """A question with what its turn leaves to those before it, oldest first."""
    inherited: list[Concept] = []
    last, leant = before[-1], turn.history[-1]
    stands = (n for n, earlier in enumerate(reversed(before)) if earlier.things and not _goes_on(turn.history, n))
    naming = next(stands, 0)
    for n, earlier in enumerate(reversed(before[-naming - 2 :])):
        # What names nothing ("and last year?") leaves what it is about to the one before it.
        inherited += lightened(earlier.concepts, LEANT if n == 0 else 0.5 if n <= naming else 0.35)
        if 0 < n <= naming and not question.things:
            leant = f"{earlier.text} {leant}"
    if asks_otherwise(turn.text) and last.asks & {*MONEY, "price"}:
        # It asks of what the question before named, not of the sum that it asked for.
        inherited = [c for c in inherited if not asks_money(c.words)]
        leant = " ".join(c.words for c in inherited if c.weight >= 0.5) or leant
    own = question.concepts
    if instead := _INSTEAD.match(turn.text):
        named = [c for c in own if c.words in instead["what"] and not is_moment(c.words) and not turns(c.words)]
        before_it, _, replaced = last.text.rpartition(f" {instead['by']} ")
        if named and before_it:
            inherited = [replace(c, weight=c.weight * _REPLACED) if c.words in replaced else c for c in inherited]
            own = tuple(replace(c, weight=max(c.weight, 1.0)) if c in named else c for c in own)
    if any(c.name for c in own):  # "and Piren?" asks of that in place of what was named before
        inherited = [replace(c, weight=c.weight * _REPLACED) if c.name else c for c in inherited]
    have = {concept.words.casefold() for concept in question.concepts}
    extra = tuple(c for c in inherited if c.words.casefold() not in have)
    telling = {
        w for c in question.concepts if c.weight >= 0.5 for w in turn.text.split() if c.words in w
    }  # "HR-chefen" is one
    of_what = last.asks | before[-naming - 1].asks  # "and in Hamre?" asks what the one before it did
    asks = question.asks | (inherited_asks(turn.text, of_what) if len(telling) < 2 else set())
    faded = tuple(c if c.name else replace(c, weight=c.weight * LEANT) for c in own)
    years = question.years or _year_moved(turn, year)
    dates = question.dates or (last.dates if _OF_THEM.search(turn.text) else None)
    if dates and last.dates and not asks_ends(turn.text):
        dates = replace(dates, starts=dates.starts or last.dates.starts, running=dates.running or last.dates.running)
    return replace(question, concepts=faded + extra, asks=asks, before=leant, dates=dates, years=years)


def with_told(question: Question, told: Ranked | None, history: Sequence[str]) -> Question:
    """A follow-up that names nothing by its name, with what the sentence told before does and nobody had asked: "what
    does that save us?" after "the home Fyren is closed"."""
    if told is None or told.hit.kind != "passage" or any(c.name for c in question.concepts):
        return question
    said = " ".join((*history, question.text)).casefold()
    names = [name for name in _NAME_WITHIN.findall(told.hit.entry.words) if name.casefold() not in said]
    concepts = (Concept(name, dict(terms(name)), weight=_TOLD) for name in names[:_NAMES])
    return replace(question, concepts=(*question.concepts, *concepts))


def _goes_on(history: Sequence[str], n: int) -> bool:
    """True where the question so many turns back leans itself on the one before it."""
    return n + 1 < len(history) and leans(history[-1 - n], history[-2 - n])


def _year_moved(turn: Turn, year: int | None) -> tuple[int, ...]:
    """The year that a follow-up moves to ("so what was it the year before?"); none where it sets two years against each
    other."""
    moved = year_moved(turn.text)
    if year is None or moved is None or "compare" in cues(moved[0].sub(" ", turn.text)):
        return ()
    return (year + moved[1],)


_BACK = 4  # earlier questions that are looked at
_TOLD, _NAMES = 0.5, 3  # what a name counts that was told, and how many do
_NAME_WITHIN = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö-]{2,}")
# What is asked of instead of what stood after the same word before: "and for the whole department?"
_INSTEAD = re.compile(
    r"(?:(?:och|and|men|but) )?(?:(?:hur är det|vad gäller|what about|how about) )?"
    r"(?P<by>for|för|in|i|at|on|på|hos|of|av|till|to|från|from|mot|om|about|vid) (?P<what>.+)",
    re.IGNORECASE,
)
_REPLACED = 0.5  # of what is so replaced
_OF_THEM = re.compile(r"\b(?:av d[eo]m|of (?:them|those))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary of the documents asked, together."""

    group: tuple[Searchable, ...]
    lexicon: Lexicon

    def knows(self, term: str) -> bool:
        return not self.group or any(one.knows(term) for one in self.group)

    def has(self, word: str) -> bool:
        return any(word in one.words for one in self.group)

    def is_proper(self, word: str) -> bool:
        return any(word in one.proper for one in self.group)

    def means(self, word: str) -> bool:
        """Whether the plan or the lexicon has a Swedish word."""
        return bool(self.group) and (
            self.has(word.casefold()) or any(e.weight == 1.0 for e in self.lexicon.expand(word, "sv"))
        )

    def near(self, word: str) -> str | None:
        return next((found[0].word for one in self.group if (found := near(word, one.words, self.lexicon))), None)

    def initials(self, capitals: str) -> frozenset[str]:
        return next((long for one in self.group if (long := one.initials.get(capitals))), frozenset())

    def within(self, start: str) -> list[str]:
        return [term for one in self.group for term in one.within(start)]


@lru_cache(maxsize=16)  # one answer reads the same text up to four times; few, as each holds on to its plan
def _understood(
    text: str, words: _Words, year: int | None, today: date, skip: tuple[str, ...], written: Language | None = None
) -> Question:
    return understand(text, words.lexicon, words, year, today, skip, written)
