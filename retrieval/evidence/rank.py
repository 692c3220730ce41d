"""What answers a question best: the entries of the plans asked, ranked by their words and by likeness in meaning.

The two are measured apart and added. How sure it is that the best entry is an answer at all is told by a logistic
regression over the same measures, fitted to questions that plans do and do not answer (`training/fit_sure.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.plan import Activity, Description, Indicator, Passage, TableRow
from retrieval.evidence.forms import VAGUE, Form, asked_of, fits, has, has_time, insisted
from retrieval.evidence.lookup import TOTAL, Facts, title_of
from retrieval.evidence.year_told import tells_year
from retrieval.language.cues import Asks
from retrieval.language.dates import names_year, within
from retrieval.language.swedish import STOP_WORDS, stem, terms, tokens
from retrieval.question.aside import FROM_REPORT
from retrieval.question.question import Question
from retrieval.store.known import Known
from retrieval.store.search import Hit, Searchable, terms_of
from retrieval.store.units import Entry

Floats = NDArray[np.float32]
# The cosine of each entry of a document to a text in meaning; None where the document has no vectors.
Similar = Callable[[int, Sequence[Entry], str], Floats | None]

# Of the facts next to the first: how many, what share of its score, how much more of a word of the question.
_RIVALS, _RIVAL, _WHOLER = 6, 0.85, 0.3
_BY_WORDS, _BY_MEANING, _BY_TIME = 120, 40, 40  # entries of a document that are looked at: the best by each
_WAY = 1.0  # what it counts, where a question asks how something is done, to stand under a heading of that
_TIMELY = 1.5  # what it counts beside words and likeness that an entry has the days, or the time, that is asked for
_BESIDE = 0.25  # how much of an entry's likeness is that of the sentences on either side: a subject is often named once
_FIRST = 10  # entries that the mean likeness is of
_LOOKED_AT = 12  # entries among which the first is looked for that has the form asked for
_MEANING, _WIDEST = 2.5, 6.0  # what likeness counts beside words; the standard deviations above the plan that are most
_SAID = 0.5  # how much of a word that a follow-up names a fact says
_WHOLE = 0.7  # of a thing that the question names: more of it than that is the thing itself
MONEY: frozenset[Asks] = frozenset(("money", "costs", "revenue", "net"))
# Figures that are others in other years.
OF_A_YEAR: frozenset[Asks] = MONEY | {"price", "fee", "cost", "how_many", "number", "target", "outcome"}
# What is asked of a thing that has a time, and is no list of such things.
OF_ONE: frozenset[Asks] = MONEY | {
    "target", "council", "number", "how_many", "how_often", "share", "price", "why", "who", "person", "contact",
    "hours", "open", "sum", "largest", "smallest", "volume", "goals", "outcome", "where", "described", "meaning",
}  # fmt: skip
_IN_WORDS: frozenset[Asks] = frozenset(("when", "date", "who", "person", "why"))  # what no row of figures tells
_OF_FIGURES: frozenset[Asks] = MONEY | {
    "number", "how_many", "share", "sum", "compare", "largest", "smallest", "price", "volume", "target", "outcome",
    "list",
}  # fmt: skip

_HOW = re.compile(
    r"\b(?:hur (?:arbetar|jobbar|gör|gjorde|gick|ska|skall|tänker|planerar)"
    r"|how (?:do|does|did|are|were|will|should))\b",
    re.IGNORECASE,
)
_OF_WAYS = re.compile(r"(?:^|› )(?:arbetssätt|(?:arbets)?metod\w*|genomförande|så (?:gör|arbetar) vi)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A document of the plan asked, ready: its description, its search, its facts."""

    known: Known
    searchable: Searchable
    facts: Facts


@dataclass(frozen=True, slots=True)
class Meant:
    """How alike in meaning an entry is to the question: its cosine, and the mean cosine of what was ranked first, which
    tells how much of the plan is about the question's subject; and how far `below` the first the first one stands that
    has the form which the question insists on, from 0 to 1."""

    cosine: float
    first: float
    below: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with the document it is of, the question it was ranked for, and how well it answers beside the others.

    `fit` is how fully the question says a fact's own name, 0 for a passage; `meant` is None where the documents asked
    don't all have their vectors.
    """

    hit: Hit
    asked: Asked
    question: Question
    score: float
    fit: float
    meant: Meant | None = None


def ranked(
    question: Question, asked: Sequence[Asked], similar: Similar | None = None, focus: Ranked | None = None
) -> list[Ranked]:
    """The entries of some documents that may answer, best first; `focus` is what was talked about before."""
    if FROM_REPORT.search(question.text):  # the plan itself says what will be done, not what was
        asked = [one for one in asked if not _is_plan(one.known.description)] or asked
    likeness = _likeness(question, asked, similar)
    in_words = question.asks & _IN_WORDS and not question.asks & _OF_FIGURES
    said = _said(question)
    candidates: list[tuple[Hit, Asked]] = []
    weights: list[tuple[float, float]] = []
    timely: list[bool] = []
    for one in asked:
        closest = np.argsort(-likeness[one.known.id], kind="stable")[:_BY_MEANING].tolist() if likeness else []
        due = _timely(question, one)
        closest += due[:_BY_TIME]
        searched = one.searchable.search(question.concepts, None, _BY_WORDS, closest)
        meant = [hit for hit in searched if not (in_words and _is_figures(hit)) and not _is_excluded(hit, question)]
        hits = _anew(meant, question, focus)
        for hit in hits:
            candidates.append((hit, one))
            weights.append(_by_words(hit, one, question, focus, said))
            timely.append(hit.entry.number in due)
    if not candidates:
        return []
    words = np.log1p(np.array([score for score, _ in weights])).astype(np.float32)
    scores = words / (words.max() or 1.0) + _TIMELY * np.array(timely, np.float32)
    if _HOW.search(question.text) and not question.asks & _OF_FIGURES:
        of_ways = [_OF_WAYS.search(hit.entry.unit.path) is not None for hit, _ in candidates]
        scores = scores + _WAY * np.array(of_ways, np.float32)
    cosines, first = None, 0.0
    if likeness:
        every = np.concatenate(list(likeness.values()))
        middle, spread = every.mean(), every.std() + 1e-6
        cosines = np.array([likeness[one.known.id][hit.entry.number] for hit, one in candidates])
        scores = scores + _MEANING * np.clip((cosines - middle) / spread / _WIDEST, 0, 1)
        first = float(cosines[np.argsort(-scores, kind="stable")[:_FIRST]].mean())
    if question.before and question.asks & {"when", "until", "from"}:
        scores = scores + _TIMELY * _say_when([hit for hit, _ in candidates], int(scores.argmax()))
    order = np.argsort(-scores, kind="stable").tolist()
    below = 0.0 if cosines is None else _form_below([candidates[n][0] for n in order[:_LOOKED_AT]], question)
    found = []
    for n in order:
        hit, one = candidates[n]
        alike = None if cosines is None else Meant(float(cosines[n]), first, below)
        found.append(Ranked(hit, one, question, float(scores[n]), weights[n][1], alike))
    return _better_named_first(found)


def _form_below(hits: Sequence[Hit], question: Question) -> float:
    """How far down the first entry stands that has all the telling forms that a question insists on: 0 where it is the
    first, or none is insisted on, 1 where it is none of them. "What does it cost?" of what is told only without a sum
    finds the sums of other things, farther down."""
    forms = [form for form in insisted(question) if form not in VAGUE]
    for n, hit in enumerate(hits if forms else ()):
        if _has_forms(hit, question, forms):
            return math.log1p(n) / math.log1p(len(hits))
    return 1.0 if forms else 0.0


def _has_forms(hit: Hit, question: Question, forms: Sequence[Form]) -> bool:
    words, labels, timed = hit.entry.embedded, _labels(hit), hit.kind == "activity"
    return all(has(form, words, question, labels) or (timed and form == "date") for form in forms)


def _labels(hit: Hit) -> str:
    """What names the figures of a row or an indicator; prose and activities have none."""
    return "" if hit.kind in ("passage", "activity") else hit.entry.embedded


def _timely(question: Question, one: Asked) -> list[int]:
    """The activities that end, or begin, within the days that a question asks for such things of: their entries."""
    if (dates := question.dates) is None or question.asks & OF_ONE:
        return []
    items = ((entry.number, entry.unit.item) for entry in one.searchable.entries)
    activities = [(number, item) for number, item in items if isinstance(item, Activity)]
    found = [number for number, item in activities if within(item, dates)]
    return found if len(found) < len(activities) else []  # a year that all go on in tells none from another


def _is_figures(hit: Hit) -> bool:
    item = hit.entry.unit.item
    return isinstance(item, TableRow) and all(cell.number is not None for cell in item.cells if cell.written)


def _is_excluded(hit: Hit, question: Question) -> bool:
    """True for a fact that is called what a question says it is not about, or costs where it asks for revenue alone and
    the other way round."""
    item, sides = hit.entry.unit.item, question.asks & _SIDES.keys()
    if isinstance(item, TableRow) and len(sides) == 1 and not question.asks & {"net", "share", "compare"}:
        other = _SIDES["costs" if "revenue" in sides else "revenue"]
        if other.search(item.row) and not _SIDES[next(iter(sides))].search(item.row):
            return True
    if not question.excluded or hit.kind == "passage":
        return False
    held = terms_of(hit.entry.words)
    return any(concept.is_in(held) for concept in question.excluded)


_SIDES: dict[Asks, re.Pattern[str]] = {
    "costs": re.compile("kostnad|utgift", re.IGNORECASE), "revenue": re.compile("intäkt|inkomst", re.IGNORECASE),
}  # fmt: skip


def _anew(hits: list[Hit], question: Question, focus: Ranked | None) -> list[Hit]:
    """The same without what says nothing of what a follow-up names, where a fact of the kind just talked about does:
    "and for preschools?" asks for another row of the table alone."""
    text = question.text.casefold()
    named = [n for n, c in enumerate(question.concepts) if c.weight >= 0.5 and c.words.casefold() in text]
    if focus is None or focus.hit.kind == "passage" or not named:
        return hits
    says = [hit for hit in hits if max(hit.shares[n] for n in named) >= _SAID]
    alike = [hit for hit in says if hit.kind == focus.hit.kind]
    if not alike or any(hit.entry.unit.path == focus.hit.entry.unit.path for hit in alike):
        return says if alike else hits
    return [hit for hit in hits if hit in says or hit.entry is focus.hit.entry]  # it may name a side of the same


def _say_when(hits: Sequence[Hit], best: int) -> Floats:
    """1 for what has a time under the heading of the best, where that has none itself; 0 for all else."""
    told = [has_time(hit.entry.words, hit.kind) for hit in hits]
    path = hits[best].entry.unit.path
    return np.array(
        [not told[best] and t and hit.entry.unit.path == path for t, hit in zip(told, hits, strict=True)], np.float32
    )


def lacks(other: Ranked, best: Ranked) -> bool:
    """True where a row says less than the best one of what the question names: it is of another unit, year or place; or
    of the figures of one table the best one's name is said in full, and its own less, or is said more of."""
    row, first = other.hit.entry.unit.item, best.hit.entry.unit.item
    if not isinstance(row, TableRow):
        return False
    of_one_table = isinstance(first, TableRow) and row.table == first.table and any(c.number for c in row.cells)
    if of_one_table and best.fit >= NAMED_IN_FULL and other.fit < _AS_FULLY * best.fit:
        return True
    return says_less(other, best, _WHOLER if of_one_table else _WHOLE)  # "halvplan" beside "helplan"


def says_less(other: Ranked, best: Ranked, least: float = _WHOLE) -> bool:
    """True where an entry has of no thing that the question names more than the best one has, and lacks one that this
    has whole, or at `least` so much of."""
    telling = [concept.weight >= 0.9 for concept in best.question.concepts]
    ahead = [a - b for a, b, t in zip(best.hit.shares, other.hit.shares, telling, strict=True) if t]
    return bool(ahead) and min(ahead) >= 0 and max(ahead) >= least


NAMED_IN_FULL, _AS_FULLY = 0.8, 0.9  # how fully a row's name is said; how much of that another's must be


def _better_named_first(found: list[Ranked]) -> list[Ranked]:
    """The same, but before the fact ranked first the next of its kind that is nearly as likely and better named: it has
    all that has of the question, and whole a word that it has in part ("parks" are "parkerna" before "parkleken"), or
    the same name without what nobody said."""
    for n, other in enumerate(found[1:_RIVALS], 1):
        first = found[0]
        if other.score < _RIVAL * first.score:
            break
        telling = [c.weight >= 0.5 for c in first.question.concepts]
        ahead = [b - a for a, b, t in zip(first.hit.shares, other.hit.shares, telling, strict=True) if t] or [0]
        better = min(ahead) >= 0 and max(ahead) >= _WHOLER
        if other.hit.kind == first.hit.kind != "passage" and (better or _says_only(other, first)):
            return [other, *found[:n], *found[n + 1 :]]
    return found


def _says_only(other: Ranked, first: Ranked) -> bool:
    """True where a row of the same table, or an indicator of the same goal, has the first's name without words that the
    question says none of."""
    one, two = (_named(each) for each in (other, first))
    if one is None or two is None or one[0] != two[0]:
        return False
    said = {term for concept in first.question.concepts for term in concept.terms}  # in part too: "day 1–14"
    short, long = (set(map(stem, tokens(name))) for _, name in (one, two))
    return short < long and not (long - short) & said


def _named(each: Ranked) -> tuple[str, str] | None:
    """Where a row or an indicator stands, and its name."""
    item = each.hit.entry.unit.item
    if isinstance(item, TableRow):
        return item.table, item.row
    return (each.hit.entry.unit.path, item.name) if isinstance(item, Indicator) else None


def _likeness(question: Question, asked: Sequence[Asked], similar: Similar | None) -> dict[int, Floats]:
    """The cosines of each document's entries to the question; {} unless every document has its vectors."""
    found: dict[int, Floats] = {}
    for one in asked if similar else ():
        alike = similar(one.known.id, one.searchable.entries, question.meaning) if similar else None
        if alike is None:
            return {}
        before, after = one.searchable.beside
        found[one.known.id] = (1 - _BESIDE) * alike + _BESIDE / 2 * (alike[before] + alike[after])
    return found


# Log-odds that the best entry is an answer, for each unit of what is measured of it. More measures told less on plans
# and questions that they were not fitted to.
_SURE = {
    "sim": 6.79, "first": 8.64, "coverage": 1.90, "concepts": 0.22, "unsaid": -0.43,
    "leans": 3.11, "meets_when": 1.88, "meets_year": 2.02, "asks_why": 1.55, "asks_list": 1.82,
    "unnamed": -0.81, "form_below": -4.10, "length": 1.65, "oneself": -1.33,
}  # fmt: skip
_UNSURE = -10.57  # log-odds where everything measured is 0
_WHOLE_NAME, _NAMED, _ALL = 0.85, 0.5, 0.85  # a fact whose name is said so fully is so likely at least
NEAR = 0.6  # of the score of what is ranked first: what has less is not told in its place
# Of a name: in the sentence beside, which one may lean on; of another thing: in its heading, and no part of a compound.
_LEANT, _THERE = 0.45, 0.55
LIKELY = 0.13  # a higher limit loses more answers than it keeps wrong ones from being given
CERTAIN = 0.7  # from it on an answer counts even where it lacks the form that the question asks for


def sure(best: Ranked) -> float | None:
    """How likely the best entry is to be an answer at all, from 0 to 1; None where meaning was not measured."""
    if best.meant is None:
        return None
    found = measures(best)
    likely = 1 / (1 + math.exp(-_UNSURE - sum(weight * found[name] for name, weight in _SURE.items())))
    return max(likely, _NAMED) if best.fit >= _WHOLE_NAME or says_all(best) else likely


def says_all(best: Ranked) -> bool:
    """True where an entry says all that a question names, in the form that it insists on; in part, where a proper name
    is among it."""
    hit, question = best.hit, best.question
    things, forms = asked_of(question), insisted(question)
    said = [(c.name, share) for c, share in zip(question.concepts, hit.shares, strict=True) if c in things]
    if not said or not _has_forms(hit, question, forms):
        return False
    named = any(thing.name and thing.weight > 1 for thing in things)
    if named and hit.own >= _ALL:
        return True
    if not named and not tells_year(
        f"{hit.entry.unit.words} {hit.entry.unit.columns}", question, best.asked.facts.year
    ):
        return False
    return bool(forms) and all(share >= ((_LEANT if name else _THERE) if named else _ALL) for name, share in said)


def measures(best: Ranked) -> dict[str, float]:
    """What tells whether an entry is an answer: how it is like the question, what it has, and what is asked for."""
    hit, question, asks = best.hit, best.question, best.question.asks
    year, words = best.asked.facts.year, hit.entry.embedded
    other = () if year in question.years else question.years
    timed = f"{words} {hit.entry.unit.columns}"

    def meets(wanted: bool, there: bool, beside: bool = False) -> float:
        return (1.0 if there else 0.0 if beside else -1.0) if wanted else 0.0

    def names_other(text: str) -> bool:
        return any(names_year(text, each, year) for each in other)

    return {
        "sim": best.meant.cosine if best.meant else 0.0,
        "first": best.meant.first if best.meant else 0.0,
        "coverage": hit.coverage,
        "concepts": sum(concept.weight >= 0.5 and not concept.name for concept in question.concepts),
        "unsaid": sum(c.weight >= 0.5 and share < 0.3 for c, share in zip(question.concepts, hit.shares, strict=True)),
        "leans": bool(question.before),
        "meets_when": meets(bool(asks & {"when", "until", "from"}), has_time(words, hit.kind)),
        # Of which year a paragraph tells is often said once in it.
        "meets_year": meets(bool(other), names_other(timed), names_other(hit.entry.unit.words)),
        "form_below": best.meant.below if best.meant else 0.0,
        "unnamed": lacks_name(hit, question),
        "asks_why": "why" in asks,
        "asks_list": "list" in asks,
        "length": math.log(max(_SENTENCE, len(question.text.split()))),
        "oneself": not question.of_newcomer and _ONESELF[question.written].search(question.text) is not None,
    }


def lacks_name(hit: Hit, question: Question) -> bool:
    """True where neither an entry nor what stands around it has a name that the question says."""
    return any(c.name and c.weight > 1 and share == 0 for c, share in zip(question.concepts, hit.shares, strict=True))


_SENTENCE = 6  # words of a short question; one in keywords is as good as that
# What is one's own is often no plan's business ("my holiday"), but where it is one's place of work, or how one begins.
_PLACES = (
    "enhet|avdelning|förvaltning|nämnd|grupp|team|skola|stadsdel|arbetsplats|introduktion|unit|department|district|board"
    "|workplace|introduction|induction|onboarding"
)
_WORK = rf"(?! (?:\w*(?:{_PLACES})|staff)\w*)"
_ONESELF = {
    "sv": re.compile(rf"\b(?:min|mitt|mina)\b{_WORK}", re.IGNORECASE),
    "en": re.compile(rf"\b(?:my|mine)\b{_WORK}", re.IGNORECASE),
}


# What speaks for an entry beside its words


_RESPONSIBLE = re.compile(
    r"\bvem (?:är ansvarig|ansvarar|har ansvar\w*|leder|driver|har hand om)\b"
    r"|\bwho(?:['’]s| is| are)? (?:responsible|in charge|leads?|leading|runs?)\b",
    re.IGNORECASE,
)


def _by_words(
    hit: Hit, one: Asked, question: Question, focus: Ranked | None, said: Mapping[str, float]
) -> tuple[float, float]:
    """How well an entry answers by its words: BM25, times what its own kind and form speak for it; and its fit."""
    fit = _fit(hit, question, one.searchable, said)
    score = hit.score * _prior(hit, question, fit)
    if isinstance(hit.entry.unit.item, Passage):
        score *= fits(hit.entry.words, question)
    if any(f" {number} " in f" {hit.entry.unit.path} " for number in question.numbered):
        score *= 2.0
    if focus and (one.known.id, hit.entry.unit.path) == (focus.asked.known.id, focus.hit.entry.unit.path):
        score *= 1.5
    return score, fit


def _is_plan(description: Description) -> bool:
    return description.kind in (None, "verksamhetsplan", "enhetsplan", "budget")


def _prior(hit: Hit, question: Question, fit: float) -> float:
    """How far the kind of an entry is what the question's cues ask for; a fact counts by how well its name is said."""
    asks, item = question.asks, hit.entry.unit.item
    if isinstance(item, Indicator):
        if asks & {"target", "council"} and "goals" not in asks:
            return 1.3 + 0.5 * fit
        return 0.8 + 0.5 * fit if asks & {"how_many", "number", "share"} else 0.85
    if isinstance(item, Activity):
        if "activities" in asks:
            return 1.35
        if item.responsible and _RESPONSIBLE.search(question.text):
            return 1.7
        return 1.15 if asks & {"when", "until", "from", "who"} else 0.85
    if not isinstance(item, TableRow) or not any(cell.number is not None for cell in item.cells):
        return 1.0
    if item.kind == "budget":
        if "price" in asks or ("how_many" in asks and not asks & {"compare", "share"}):
            return 0.6
        if asks & MONEY:
            return 0.8 + 2.2 * fit
        return 0.8 + 1.6 * fit if asks & {"compare", "share", "largest", "smallest"} else 0.6
    if asks & {"how_many", "women", "men", "price", "largest", "smallest"}:
        return 0.8 + 1.8 * fit
    return 0.7 + fit if asks & (MONEY | {"number"}) else 0.8


def _said(question: Question) -> dict[str, float]:
    """The index terms that stand for what a question names, each by how surely beside the surest."""
    said: dict[str, float] = {}
    for concept in question.concepts:
        best = max([*concept.terms.values(), *(w for w, _ in concept.phrases)], default=1.0)
        for term, weight in concept.terms.items():
            said[term] = max(said.get(term, 0.0), weight / best)
        for _, phrase in concept.phrases:
            said |= {term: max(said.get(term, 0.0), 0.8) for term in phrase}
    return said


def _fit(hit: Hit, question: Question, searchable: Searchable, asked: Mapping[str, float]) -> float:
    """How well a fact's own name and what the question names agree: the share of the name that is said times the share
    of the question's telling concepts that the fact holds. 0 for a passage. `asked` are the terms of the question."""
    item = hit.entry.unit.item
    if isinstance(item, Indicator):
        name = item.name
    elif isinstance(item, TableRow):
        name = f"{title_of(item.table)} totalt" if TOTAL.match(item.row) and len(item.row.split()) == 1 else item.row
    else:
        return 0.0
    held, total = 0.0, 0.0
    for concept, gain in zip(question.concepts, hit.by_concept, strict=True):
        if concept.weight >= 0.5:
            worth = searchable.rarity(concept) * concept.weight
            total += worth
            held += worth * min(1.0, gain / (0.55 * worth)) if worth else 0.0
    recall = held / total if total else 0.0
    words = [w for w in tokens(name) if w not in STOP_WORDS and w not in ("varav", "re")]
    if not words:
        return 0.0
    said = sum(max((asked[t] * weight for t, weight in terms(w) if t in asked), default=0.0) for w in words)
    # Of two names said in full the longer is meant: "Sick leave day 1–14" before "Sick leave".
    return min(1.0, said / len(words)) * recall * (0.88 + 0.04 * min(3, len(words)))
