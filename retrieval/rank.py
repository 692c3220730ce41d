"""What answers a question best: the entries of the plans asked, ranked by their words and by likeness in meaning.

The two are measured apart and added. How sure it is that the best entry is an answer at all is told by a logistic
regression over the same measures, fitted to questions that plans do and do not answer (`training/fit_sure.py`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ingest.plan import Activity, Description, Indicator, Passage, TableRow
from retrieval.extract import fits, forms
from retrieval.lookup import TOTAL, Facts
from retrieval.question import Asks, Question
from retrieval.scope import Known
from retrieval.search import Hit, Searchable
from retrieval.swedish import STOP_WORDS, terms, tokens
from retrieval.units import Entry, Kind

Floats = NDArray[np.float32]
# The cosine of each entry of a document to a text in meaning; None where the document has no vectors.
Similar = Callable[[int, Sequence[Entry], str], Floats | None]

_BY_WORDS, _BY_MEANING = 120, 40  # entries of a document that are looked at: the best by each
_MEANING, _WIDEST = 2.0, 6.0  # what likeness counts beside words; the standard deviations above the plan that are most
_FAR = -3.0  # standard deviations that what isn't there counts as unlike
_KINDS: tuple[Kind, ...] = get_args(Kind)
_ASKS: tuple[Asks, ...] = tuple(a for a in get_args(Asks) if a not in ("greeting", "instruction", "personal"))
MONEY: frozenset[Asks] = frozenset(("money", "costs", "revenue", "net"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A document of the plan asked, ready: its description, its search, its facts."""

    known: Known
    searchable: Searchable
    facts: Facts


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with the document it is of, how well it answers beside the others, and what was measured of it.

    `fit` is how fully the question says a fact's own name, 0 for a passage.
    """

    hit: Hit
    asked: Asked
    score: float
    fit: float
    measures: Mapping[str, float]


def ranked(
    question: Question, asked: Sequence[Asked], similar: Similar | None = None, focus: Ranked | None = None
) -> list[Ranked]:
    """The entries of some documents that may answer, best first; `focus` is what was talked about before."""
    candidates, table = measured(question, asked, similar, focus)
    if not candidates:
        return []
    scores = table["words_of_best"]
    if "sim_z" in table:
        scores = scores + _MEANING * np.clip(table["sim_z"] / _WIDEST, 0, 1)
    columns = {name: values.tolist() for name, values in table.items()}
    found = [
        Ranked(hit, one, score, columns["fit"][n], {name: values[n] for name, values in columns.items()})
        for n, ((hit, one), score) in enumerate(zip(candidates, scores.tolist(), strict=True))
    ]
    return sorted(found, key=lambda each: -each.score)


# Log-odds that the best entry is an answer, for each unit of what is measured of it.
_SURE = {
    "sim": 8.75, "coverage": 0.92, "share": 1.30, "best_share": -0.82, "names": -0.84, "unknown_names": -1.44,
    "meets_number": 0.64, "meets_money": 0.44, "meets_when": 1.55, "meets_who": 0.26, "meets_target": -0.84,
    "meets_price": 1.15, "meets_year": 1.67, "section_best_z": -0.19, "fit": 1.73, "concepts": 0.25,
    "has_number": -0.34, "asks_number": 0.18, "asks_money": 0.33, "asks_who": 0.26, "asks_when": 1.93,
    "asks_why": 2.36, "asks_list": 0.32, "asks_yes_no": 0.87, "asks_person": -2.56, "asks_price": 0.73,
    "asks_how_many": -0.36, "swedish": -0.32, "leans": 2.04,
}  # fmt: skip
_UNSURE = -3.36  # log-odds where everything measured is 0
LIKELY = 0.22  # below it a plan that answers is rarer than one that doesn't: 3 % of right answers are lost


def sure(best: Ranked) -> float | None:
    """How likely the best entry is to be an answer at all, from 0 to 1; None where meaning was not measured."""
    if "sim" not in best.measures:
        return None
    return 1 / (1 + math.exp(-_UNSURE - sum(weight * best.measures[name] for name, weight in _SURE.items())))


def measured(
    question: Question, asked: Sequence[Asked], similar: Similar | None = None, focus: Ranked | None = None
) -> tuple[list[tuple[Hit, Asked]], dict[str, Floats]]:
    """The candidates, and what is measured of them.

    Likeness in meaning is measured only where every document has its vectors.
    """
    likeness: dict[int, Floats] = {}
    for one in asked if similar else ():
        alike = similar(one.known.id, one.searchable.entries, question.meaning) if similar else None
        if alike is not None:
            likeness[one.known.id] = alike
    meant = bool(asked) and len(likeness) == len(asked)
    candidates: list[tuple[Hit, Asked]] = []
    rows: list[dict[str, float]] = []
    for one in asked:
        hits = {hit.entry.number: hit for hit in one.searchable.search(question.concepts)}
        weighed = {hit.entry.number: _by_words(hit, one, question, focus) for hit in list(hits.values())[:150]}
        numbers = sorted(weighed, key=lambda n: -weighed[n])[:_BY_WORDS]
        if meant:
            closest = np.argsort(-likeness[one.known.id], kind="stable")[:_BY_MEANING].tolist()
            numbers += [n for n in closest if n not in set(numbers)]
        for n in numbers:
            hit = hits.get(n) or Hit(one.searchable.entries[n], 0.0, 0.0, 0.0, (0.0,) * len(question.concepts))
            candidates.append((hit, one))
            rows.append(_measures(hit, one, question, weighed.get(n, 0.0), focus))
    table = {name: np.array([row[name] for row in rows], np.float32) for name in (rows[0] if rows else ())}
    if rows:
        words = table["words"]
        table["words_of_best"] = words / (words.max() or 1.0)
        table["words_rank"] = _reciprocal_ranks(words)
        table["bm_of_best"] = table["bm"] / (table["bm"].max() or 1.0)
        if meant:
            table |= _meanings(candidates, likeness)
    return candidates, table


def _reciprocal_ranks(scores: Floats) -> Floats:
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = 1 / (1 + np.arange(len(scores), dtype=np.float32))
    return ranks


def _by_words(hit: Hit, one: Asked, question: Question, focus: Ranked | None) -> float:
    """How well an entry answers by its words: BM25, times what its kind and its form speak for it."""
    score = hit.score * _prior(hit, question, _fit(hit, question, one.searchable))
    if isinstance(hit.entry.unit.item, Passage):
        score *= fits(hit.entry.words, question)
    score *= _document_prior(one.known.description, question.text)
    if _is_numbered(hit.entry, question):
        score *= 2.0
    if focus is not None and one.known.id == focus.asked.known.id:
        score *= _nearness(hit, focus.hit, _ANOTHER.search(question.text) is not None)
    return score


_ANOTHER = re.compile(r"\b(?:andra|other|else)\b", re.IGNORECASE)


def _measures(hit: Hit, one: Asked, question: Question, words: float, focus: Ranked | None) -> dict[str, float]:
    """What is measured of one entry by itself."""
    entry, asks = hit.entry, question.asks
    item, kind = entry.unit.item, entry.unit.kind
    telling = [n for n, c in enumerate(question.concepts) if c.weight >= 0.5 and not c.name]
    names = [n for n, c in enumerate(question.concepts) if c.name]
    shares = [hit.shares[n] if hit.shares else 0.0 for n in telling]
    found: dict[str, float] = {
        "words": math.log1p(words),
        "bm": math.log1p(hit.score),
        "coverage": hit.coverage,
        "own": hit.own,
        "fit": _fit(hit, question, one.searchable),
        "telling": sum(hit.by_concept[n] > 0 for n in telling) / max(1, len(telling)),
        "share": sum(shares) / max(1, len(telling)),
        "best_share": max(shares, default=0.0),
        "names": sum(hit.by_concept[n] > 0 for n in names) / len(names) if names else 0.5,
        "length": math.log1p(len(entry.words)),
        "depth": entry.unit.path.count(" › "),
        "numbered": _is_numbered(entry, question),
        "total": isinstance(item, TableRow) and TOTAL.match(item.row) is not None,
        "report": _is_report(one.known.description),
        "near": _nearness(hit, focus.hit, False) if focus and one.known.id == focus.asked.known.id else 1.0,
        "concepts": len(telling),
        "unknown": len(question.unknown),
        "unknown_names": len(question.unknown_names),
        "swedish": question.language == "sv",
        "leans": bool(question.before),
        "asked_length": len(question.text.split()),
    }
    found |= {f"is_{each}": kind == each for each in _KINDS}
    found |= {f"asks_{each}": each in asks for each in _ASKS}
    form = forms(entry.embedded, kind)
    found |= {f"has_{name}": there for name, there in form.items()}

    def meets(wanted: bool, there: bool) -> float:
        return (1.0 if there else -1.0) if wanted else 0.0

    found |= {
        "meets_number": meets(bool(asks & {"number", "how_many", "outcome"}), form["number"]),
        "meets_money": meets("money" in asks, form["money"]),
        "meets_when": meets(bool(asks & {"when", "until", "from"}), form["time"]),
        "meets_who": meets("who" in asks, form["body"]),
        "meets_why": meets("why" in asks, form["reason"]),
        "meets_target": meets(bool(asks & {"target", "council"}), kind == "indicator"),
        "meets_list": meets("list" in asks, form["item"] or kind != "passage"),
        "meets_price": meets("price" in asks, form["kronor"]),
    }
    other = [year for year in question.years if year != one.facts.year]
    found["meets_year"] = meets(bool(other), any(str(year) in entry.embedded for year in other))
    return found


def _meanings(candidates: Sequence[tuple[Hit, Asked]], likeness: Mapping[int, Floats]) -> dict[str, Floats]:
    """How alike in meaning each candidate is, by itself and with what stands around it, against all of the plan."""
    every = np.concatenate(list(likeness.values()))
    middle, spread, best = every.mean(), every.std() + 1e-6, every.max()
    downward = np.sort(-every)
    around: dict[int, tuple[dict[str, float], dict[str, list[float]]]] = {}
    for _, one in candidates:
        if one.known.id not in around:
            units: dict[str, float] = {}
            sections: dict[str, list[float]] = defaultdict(list)
            for entry, value in zip(one.searchable.entries, likeness[one.known.id].tolist(), strict=True):
                units[entry.unit.key] = max(units.get(entry.unit.key, -1.0), value)
                sections[entry.unit.path].append(value)
            around[one.known.id] = units, sections
    rows = []
    for hit, one in candidates:
        entry, entries, alike = hit.entry, one.searchable.entries, likeness[one.known.id]
        units, sections = around[one.known.id]
        section = sections[entry.unit.path]

        def beside(step: int, entry: Entry = entry, entries: Sequence[Entry] = entries, alike: Floats = alike) -> float:
            n = entry.number + step
            there = 0 <= n < len(entries) and entries[n].unit.path == entry.unit.path
            return (float(alike[n]) - middle) / spread if there else _FAR

        own = float(alike[entry.number])
        rows.append(
            (
                own,
                (own - middle) / spread,
                best - own,
                1 / (1 + int(np.searchsorted(downward, -own))),
                (units[entry.unit.key] - middle) / spread,
                (sum(section) / len(section) - middle) / spread,
                (max(section) - middle) / spread,
                beside(-1),
                beside(1),
            )
        )
    names = ("sim", "sim_z", "sim_gap", "sim_rank", "unit_z", "section_z", "section_best_z", "before_z", "after_z")
    return dict(zip(names, np.array(rows, np.float32).T, strict=True))


# What speaks for an entry beside its words


def _is_numbered(entry: Entry, question: Question) -> bool:
    """True where an entry stands under a heading whose number the question says."""
    return any(f" {number} " in f" {entry.unit.path} " for number in question.numbered)


def _nearness(hit: Hit, focus: Hit, other: bool) -> float:
    """How far an entry stands by the one just talked about; "the other" is near it, and another."""
    if hit.entry.number == focus.entry.number:
        return 0.5 if other else 1.2
    if hit.entry.unit is focus.entry.unit:
        return 0.6 if other else 1.7
    if hit.entry.unit.path == focus.entry.unit.path:
        return 0.8 if other else 1.5
    above = focus.entry.unit.path.rpartition(" › ")[0]
    return 1.15 if above and hit.entry.unit.path.startswith(above) else 1.0


def _is_report(description: Description) -> bool:
    """True for what follows a plan up rather than being one."""
    return description.kind not in (None, "verksamhetsplan", "budget")


def _document_prior(description: Description, text: str) -> float:
    """A plan before the reports that follow it up, unless the question asks for those."""
    if not _is_report(description):
        return 1.0
    return (
        1.2
        if re.search(r"återkoppling|uppföljning|follow.?up|tertialrapport|uppdrag\b|commission|assignment", text, re.I)
        else 0.92
    )


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
        return 1.15 if asks & {"when", "until", "from", "who"} else 0.85
    if isinstance(item, TableRow):
        numeric = any(cell.number is not None for cell in item.cells)
        if not numeric:
            return 1.1 if asks & {"list", "why", "when"} else 1.0
        counted = "how_many" in asks
        if item.kind == "budget":
            if "price" in asks and not asks & {"net", "costs", "revenue"}:
                return 0.6
            if asks & MONEY and (not counted or asks & {"compare", "share"}):
                return 0.8 + 2.2 * fit
            return 0.8 + 1.6 * fit if asks & {"compare", "share", "largest", "smallest"} else 0.6
        if counted or asks & {"women", "men", "price", "largest", "smallest"}:
            return 0.8 + 1.8 * fit
        return 0.7 + fit if asks & (MONEY | {"number"}) else 0.8
    return 1.0


def _fit(hit: Hit, question: Question, searchable: Searchable) -> float:
    """How well a fact's own name and what the question names agree: the share of the name that is said times the share
    of the question's telling concepts that the fact holds. 0 for a passage."""
    item = hit.entry.unit.item
    if isinstance(item, Indicator):
        name = item.name
    elif isinstance(item, TableRow):
        name = f"{item.table} totalt" if TOTAL.match(item.row) and len(item.row.split()) == 1 else item.row
    else:
        return 0.0
    held, total = 0.0, 0.0
    asked: dict[str, float] = {}
    for concept, gain in zip(question.concepts, hit.by_concept, strict=True):
        best = max([*concept.terms.values(), *(w for w, _ in concept.phrases)], default=1.0)
        for term, weight in concept.terms.items():
            asked[term] = max(asked.get(term, 0.0), weight / best)
        for _, phrase in concept.phrases:
            asked |= {term: max(asked.get(term, 0.0), 0.8) for term in phrase}
        if concept.weight >= 0.5:
            worth = searchable.rarity(concept) * concept.weight
            total += worth
            held += worth * min(1.0, gain / (0.55 * worth)) if worth else 0.0
    recall = held / total if total else 0.0
    if isinstance(item, TableRow) and question.asks & {"largest", "smallest"}:
        return recall
    words = [w for w in tokens(name) if w not in STOP_WORDS and w not in ("varav", "re")]
    if not words:
        return 0.0
    said = sum(max((asked[t] * weight for t, weight in terms(w) if t in asked), default=0.0) for w in words)
    if isinstance(item, TableRow) and name != item.row:
        said *= 0.9  # a bare "Summa" is a table's total, one that says of what is surer
    # Of two names said in full the longer is meant: "Sick leave day 1–14" before "Sick leave".
    return min(1.0, said / len(words)) * recall * (0.88 + 0.04 * min(3, len(words)))
