"""What a question sets side by side: two areas of the budget, two targets, or all that it adds up.

The question is cut where its words part the sides, and each part is ranked by itself. An "and" may also stand within
one name ("Fritid och kultur"), so that such a cut counts only where both parts name a thing of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from ingest.plan import Indicator, TableCell, TableRow
from retrieval.evidence.amounts import limit
from retrieval.evidence.answer_types import Draft, Statement
from retrieval.evidence.lookup import TOTAL, Facts, cells_named, is_money, own_name, row_statement, targets_statement
from retrieval.evidence.rank import MONEY, NAMED_IN_FULL, Ranked
from retrieval.evidence.tables import is_part
from retrieval.facts.arithmetic import Value, alike, value_in, valued
from retrieval.facts.measure import IN_PERCENT, is_asked, unsaid
from retrieval.language.dates import is_moment
from retrieval.language.swedish import stem
from retrieval.question.question import Question, is_telling
from retrieval.store.search import Concept, terms_of

# A part of a question ranked by itself, best first.
Rank = Callable[[str], Sequence[Ranked]]


@dataclass(frozen=True, slots=True)
class Named:
    """A value that a part of a question may name: how well, beside others, and how fully its row's name is said, of
    which nothing says the words `left`."""

    value: Value
    worth: float
    fit: float
    left: tuple[str, ...] = ()


NAMED = 0.3  # how fully a row's name is said that is meant
HALF_NAMED = 0.15  # how fully an indicator is named: its name is a sentence
_ALMOST = 0.75  # how good beside what is ranked first


def is_counted(each: Ranked) -> bool:
    """True for a row of a table with a number in it."""
    item = each.hit.entry.unit.item
    return isinstance(item, TableRow) and any(cell.number is not None for cell in item.cells)


def miscounts(each: Ranked, question: Question) -> bool:
    """True for a row of sums of money, where a question asks how many there are of something, or for a price; and for
    an indicator of another thing, measured by what it asks: "children per employee" counts no employees."""
    item, text, asks = each.hit.entry.unit.item, question.text, question.asks
    if isinstance(item, Indicator) and "how_many" in asks:
        by = _MEASURED_BY.search(item.name)
        counted = terms_of(_COUNT_OF.sub("", item.name[: by.start()]), least=0.9) if by else set()
        said = {term for c in question.concepts for term in (*c.meant, *chain.from_iterable(p for _, p in c.phrases))}
        return bool(counted) and counted.isdisjoint(said)
    if not isinstance(item, TableRow) or asks & MONEY or limit(text):
        return False
    if not is_counted(each) or not all(is_money(cell) for cell in item.cells if cell.number is not None):
        return False
    return ("price" in asks and item.kind == "budget") or ("how_many" in asks and not IN_PERCENT.search(text))


_MEASURED_BY = re.compile(r"\b(?:per|av antal(?:et)?|i förhållande till)\b", re.IGNORECASE)
_COUNT_OF = re.compile(r"^(?:antal(?:et)?|andel(?:en)?)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:mellan|between)\s+(?P<a>.+?)\s+(?:och|o|and|&)\s+(?P<b>.+)", re.IGNORECASE)
_AGAINST = re.compile(
    r"\s+(?:jämfört med|i jämförelse med|i förhållande till|compared (?:to|with)|versus|vs\.?|mot|än|than|eller|or)\s+",
    re.IGNORECASE,
)
_END = re.compile(r"[,?;.!]|: (?:which|what|who|vilke[nt]|vilka|vad|vem)\b", re.IGNORECASE)
# Not within one name that leaves out the end of its first word: "individ- och familjeomsorg".
_AND = re.compile(r"\s*(?:,|\+|&|\b(?<!- )(?:och|o|and|plus|samt|respektive|resp)\b)\s*", re.IGNORECASE)
# What else a question asks, after what it sets side by side: "and why?".
_AND_WHY = re.compile(r"[,;]?\s+(?:och|o|and)\s+(?:what|why|vad|va|varför)\b.*", re.IGNORECASE)
_WITH = re.compile(r"(?<=.)\s+(?:med|with|to)\s+", re.IGNORECASE)


def sides(question: Question, rank: Rank) -> list[Value]:
    """The values that a question sets side by side, each from a row of its own; [] where it does not name several."""
    best: tuple[float, list[Value]] = (0.0, [])
    for pieces, surely in _pieces(question, _joined(question, rank)):
        choices = [choice for piece in pieces[:4] if (choice := _rows_said(piece, question, rank))]
        if "sum" in question.asks:
            choices = _merged(choices)
        elif len(choices) < len(pieces):
            continue
        values, fit = _chosen(choices, question)
        least = NAMED if "sum" in question.asks else 0.0 if surely else _SURELY_NAMED
        if values and fit > max(least, best[0]):
            best = (fit, values)
        if values and surely:
            break
    return best[1]


def columns_said(facts: Facts, row: TableRow, question: Question, sure: bool) -> tuple[Value, Value] | None:
    """Two values of a row whose columns a question sets side by side ("costs and revenue of A"); if `sure` only where
    its words say so, and not just "and"."""
    for pieces, surely in _pieces(question, names_joined(facts)):
        one, *others = (valued(facts, row, _cell_said(piece, facts, row, question)) for piece in pieces)
        if one and len(others) == 1 and others[0] and one != others[0] and (surely or not sure):
            return one, others[0]
    return None


def _cell_said(piece: str, facts: Facts, row: TableRow, question: Question) -> TableCell | None:
    """The cell whose column a part of a question names, of the year that it names; None where it names none."""
    year = next((y for y in question.years if str(y) in piece), None)
    concepts = [c for c in question.concepts if c.words.casefold() in piece.casefold() and not is_moment(c.words)]
    named = [c for c in cells_named(row, concepts, year or facts.year) if year in (None, c.year)]
    return named[0] if len(named) == 1 else None


def _merged(choices: Sequence[list[Named]]) -> list[list[Named]]:
    """What parts of a question may name, without the parts of one name: "barn" and "unga" of "Barn och unga"."""
    kept: list[list[Named]] = []
    for choice in choices:
        best = max(choice, key=lambda named: named.worth)
        if not any(_is_one(best, max(other, key=lambda named: named.worth)) for other in kept):
            kept.append(choice)
    return kept


def _is_one(one: Named, other: Named) -> bool:
    """True for two rows of one name and value: an area stands in its own table and in that of all areas."""
    names = [own_name(named.value.row).casefold() for named in (one, other)]
    return one.value.row is other.value.row or (names[0] == names[1] and one.value.number == other.value.number)


_SURELY_NAMED = 0.55  # how fully the names on both sides of an "and" must be said: else it is within one of them


def _pieces(question: Question, joined: Container[tuple[str, str]]) -> Iterator[tuple[list[str], bool]]:
    """The ways in which a question may be cut into what it sets side by side, and whether its words say so surely: an
    "and" may also stand within one name. It is not cut between words that are `joined` so in a name."""
    text = _AND_WHY.sub("", re.sub(r"\s+", " ", question.text)).rstrip(" ?.!")
    text = _JOINING.sub(lambda found: _bound(found, joined), text)
    if "sum" in question.asks:
        yield [_loosed(piece) for part in _AND.split(text) for piece in _WITH.split(part)], True
        return
    between = _BETWEEN.search(text)
    for a, b in [between.groups()] if between else _set_against(text):
        yield [_loosed(re.split(r"[,:] ", a)[-1]), _loosed(_END.split(b)[0])], True
    compares = re.match(r"(?:jämför|compare)\b", text, re.IGNORECASE)
    for cut in (*_AND.finditer(text), *(_WITH.finditer(text) if compares else ())):
        yield [_loosed(text[: cut.start()]), _loosed(text[cut.end() :])], False


def _set_against(text: str) -> Iterator[tuple[str, str]]:
    """What stands on both sides of each word that sets one thing against another: "more than last year, A or B?"."""
    return ((text[: cut.start()], text[cut.end() :]) for cut in _AGAINST.finditer(text) if cut.start())


_JOINING = re.compile(r"(?P<a>\w+),? (?P<and>och|o|&|and) (?=(?P<b>\w+))", re.IGNORECASE)
_BOUND = "\u2060"  # stands for an "and" that is within a name


def _bound(found: re.Match[str], joined: Container[tuple[str, str]]) -> str:
    words = stem(found["a"].casefold()), stem(found["b"].casefold())
    return f"{found['a']}{_BOUND}" if words in joined else found[0]


def _loosed(piece: str) -> str:
    return piece.replace(_BOUND, " och ")


def _joined(question: Question, rank: Rank) -> set[tuple[str, str]]:
    plans = {each.asked.known.id: each.asked.facts for each in rank(question.text)}
    return {pair for facts in plans.values() for pair in names_joined(facts)}


def names_joined(facts: Facts) -> set[tuple[str, str]]:
    """The words that an "and" joins in the names of rows and tables: Fritid och kultur."""
    names = {name for row in facts.plan.rows for name in (row.row, row.table, row.parent or "")}
    pairs = (found for name in names for found in _JOINING.finditer(name))
    return {(stem(found["a"].casefold()), stem(found["b"].casefold())) for found in pairs}


def _chosen(choices: Sequence[Sequence[Named]], question: Question) -> tuple[list[Value], float]:
    """Of the rows that each part may name those that are best set side by side, and how fully the least is named; none
    that are not of what the question asks for."""
    best: tuple[float, tuple[Named, ...]] = (0.0, ())
    for chosen in product(*choices) if len(choices) > 1 else ():
        first, *others = (named.value for named in chosen)
        if not all(alike(first, other) for other in others) or any(_is_one(*pair) for pair in combinations(chosen, 2)):
            continue
        if not is_asked([first, *others], question):
            continue
        worth = sum(named.worth for named in chosen)
        worth += _ONE_TABLE * all(first.row.table == other.row.table for other in others)
        best = max(best, (worth, chosen), key=lambda each: each[0])
    return [named.value for named in best[1]], min((named.fit for named in best[1]), default=0.0)


_ONE_TABLE, _CHANGE = 0.3, 0.2  # what speaks for rows that are of one table, and against one that tells a change


def _rows_said(piece: str, question: Question, rank: Rank) -> list[Named]:
    """The rows that a part of a question may name, with how well each does; [] where it names none."""
    ranked = rank(piece)
    if not ranked or _OF_IT.match(piece) or not _names_something(ranked[0].question):
        return []
    rows = [r for r in ranked[:20] if is_counted(r)]
    telling = [c for c in ranked[0].question.concepts if c.weight >= 0.5]  # the plan's own name is none
    found = []
    for each in rows[:6]:
        row = each.hit.entry.unit.item
        assert isinstance(row, TableRow)
        value = value_in(each.asked.facts, row, question)
        near = each.score >= 0.75 * rows[0].score or each.fit >= NAMED_IN_FULL
        said = any(c.terms.keys() & terms_of(row.row, row.table) for c in telling)
        if value and said and each.fit > 0 and near and not _is_otherwise(value, question):
            worth = each.score / rows[0].score + 0.3 * each.fit - _CHANGE * ("förändring" in value.cell.column.lower())
            found.append(Named(value, worth, each.fit, unsaid(row, telling)))
    whole = [named for named in found if not named.left]
    return whole or [n for n in found if not any(_is_named_like(n.value.row, o.value.row, telling) for o in found)]


def _is_named_like(one: TableRow, other: TableRow, concepts: Sequence[Concept]) -> bool:
    """True for two rows of one table of whose names the same is said: neither is the one that is meant."""
    said = [{c.words for c in concepts if c.terms.keys() & terms_of(row.row)} for row in (one, other)]
    return one is not other and one.table == other.table and said[0] <= said[1]


_OF_IT = re.compile(r"(?:vad |what )?(?:den|det|de|dom|vi|it|they|we)\b", re.IGNORECASE)  # "… than it cost last year"


def _is_otherwise(value: Value, question: Question) -> bool:
    """True for a count where a question asks for money, and for the total of a table that it does not name where it
    asks to add up."""
    if "sum" in question.asks and TOTAL.match(value.row.row) and unsaid(value.row, question.concepts):
        return True
    counted = value.row.kind != "budget" and not is_money(value.cell)
    return counted and bool(question.asks & MONEY) and "how_many" not in question.asks


def row_named(piece: str, question: Question, rank: Rank) -> Value | None:
    """The value of the row that a part of a question names; None where it names none."""
    named = [each for each in _rows_said(piece, question, rank) if each.fit >= NAMED]
    return max(named, key=lambda each: each.worth).value if named else None


def targets(question: Question, rank: Rank) -> Statement | None:
    """Two indicators that a question sets side by side, each with its target, and how far apart these are."""
    if "target" not in question.asks or "council" in question.asks:  # a target and the council's stand in one row
        return None
    named = (
        [r for p in pieces if (r := _indicator_said(p, rank))]
        for pieces, _ in _pieces(question, _joined(question, rank))
    )
    pairs = [pair for pair in named if len(pair) == 2 and pair[0].hit.entry.unit is not pair[1].hit.entry.unit]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: min(each.fit for each in pair))
    one, other = ((r.asked.facts, item) for r in best if isinstance(item := r.hit.entry.unit.item, Indicator))
    return targets_statement(one, other, question)


def indicator_named(piece: str, rank: Rank) -> tuple[Facts, Indicator] | None:
    """The indicator that a part of a question names, with its plan's facts; None where it names none."""
    found = _indicator_said(piece, rank)
    item = found.hit.entry.unit.item if found else None
    return (found.asked.facts, item) if found and isinstance(item, Indicator) else None


def _indicator_said(piece: str, rank: Rank) -> Ranked | None:
    """The indicator that a part of a question names."""
    ranked = rank(piece)
    if not ranked or not _names_something(ranked[0].question):
        return None
    found = next((r for r in ranked[:8] if isinstance(r.hit.entry.unit.item, Indicator)), None)
    return found if found and found.fit >= HALF_NAMED and found.score >= _ALMOST * ranked[0].score else None


def _names_something(part: Question) -> bool:
    """True where a part of a question says of what, not only how something is compared: "2025", "KF:s"."""
    return any(is_telling(c.words) for c in part.concepts if c.weight >= 0.5)


def each_told(question: Question, rank: Rank) -> Draft | None:
    """Two figures that one question asks for, both told: "budget för äldreomsorg och förskola"."""
    if not question.asks & MONEY or question.asks & {"list", "why", "when", "who", "activities", "how_many"}:
        return None
    values = sides(question, rank)
    if len(values) != 2 or is_part(values[0].row, values[1].row) or is_part(values[1].row, values[0].row):
        return None  # "individual and family services, children": one within the other
    statements = [row_statement(v.facts, v.row, question) for v in values]
    return Draft(tuple(statements), "lookup", certain=True)
