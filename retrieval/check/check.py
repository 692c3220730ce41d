"""Where a plan contradicts itself: figures that don't add up or are told twice, dates that can't be, rows that repeat.

Only what can be decided is told. A finding is one sentence with the places it is about and its arithmetic, so that it
is verified like an answer; `check_tables` and `check_text` compare the figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from weakref import WeakKeyDictionary

from ingest.plan import Activity, Indicator, Period, Plan, TableRow
from ingest.source import Span
from ingest.values import folded, number_in, years_in
from retrieval.check.tables import Broken, Figure, Relation, Tables, places_in, said, unread
from retrieval.check.text import Aimed, Stated, Text
from retrieval.evidence.answer_types import Reference, Statement, Sum
from retrieval.evidence.lookup import Facts, shown_like
from retrieval.language.phrases import say
from retrieval.language.swedish import Language
from retrieval.store.search import Searchable

Kind = Literal[
    "figures", "net", "sum", "parts", "across", "change", "percent", "figure", "stated", "targets", "dated",
    "backwards", "outside", "repeated", "unset",
]  # fmt: skip
Severity = Literal["contradiction", "mistake", "gap"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_MISTAKES, _GAPS = ("backwards", "outside", "repeated"), ("unset",)
_LANGUAGES: tuple[Language, ...] = ("sv", "en")
_LATER = re.compile(r"fastställ|bestäms|sätts|tas fram|beslutas|formuleras|meddelas|återkommer", re.IGNORECASE)
_HEADER = re.compile(
    r"\b(?:indikator(?:er)?|(?:KF:s )?(?:års)?mål(?:et)?|periodicitet|kommentar|utfall|aktivitet(?:er)?|"
    r"(?:start|slut)datum)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[-–—.]?")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a plan contradicts itself on: the sentence in each language, where it stands, and its arithmetic.

    `start` is where the first of its places begins in the plan's stored text.
    """

    kind: Kind
    words: Mapping[Language, str]
    support: tuple[Reference, ...]
    sums: tuple[Sum, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.support[0].span.start

    @property
    def severity(self) -> Severity:
        return "mistake" if self.kind in _MISTAKES else "gap" if self.kind in _GAPS else "contradiction"

    def statement(self, language: Language) -> Statement:
        """The finding as it is told, to be verified and cited."""
        return Statement(self.words[language], self.support, self.sums, self.labels)


_kept: WeakKeyDictionary[Searchable, tuple[Finding, ...]] = WeakKeyDictionary()


def disagreeing(searchable: Searchable, facts: Facts, statement: Statement) -> list[Finding]:
    """What the plan says otherwise, in another place, of what a statement tells.

    The plan is checked once for as long as it is kept ready to be searched.
    """
    if searchable not in _kept:
        _kept[searchable] = tuple(_told_twice(facts))
    return [each for each in _kept[searchable] if not set(each.support).isdisjoint(statement.support)]


def _told_twice(facts: Facts) -> Iterator[Finding]:
    told = _Figures(facts)
    yield from (told.of_a_kind([each]) for each in told.broken if each.relation in ("figure", "stated"))
    others = (*told.aimed(), *_targets(facts), *_activities(facts))
    yield from (each for each in others if each.kind in ("targets", "dated"))


def check(facts: Facts) -> list[Finding]:
    """Everything that a plan contradicts itself on, what weighs most first, then in reading order."""
    plan = facts.plan
    found = [*_figures(facts), *_targets(facts), *_activities(facts), *_repeated_rows(facts), *_unset(facts)]
    spans = [unplaced.span for unplaced in plan.unplaced]
    sure = [each for each in found if not _beside_unplaced(each, spans)]
    return sorted(sure, key=lambda each: (SEVERITIES.index(each.severity), each.start, KINDS.index(each.kind)))


def _beside_unplaced(finding: Finding, unplaced: Sequence[Span]) -> bool:
    """True where words that could not be placed stand beside what a finding is about: they may be what is missing."""
    near = 200  # characters
    return finding.kind != "outside" and any(
        span.start < each.span.end + near and span.end > each.span.start - near
        for each in finding.support
        for span in unplaced
    )


def _in_both(key: str, **holes: str) -> dict[Language, str]:
    return {language: say(key, language, **holes) for language in _LANGUAGES}


# Figures


def _figures(facts: Facts) -> Iterator[Finding]:
    told = _Figures(facts)
    yield from told.aimed()
    broken = told.broken
    while broken:
        common = _most_broken(broken)
        among = [each for each in broken if common in each.figures] if common else _of_a_kind(broken)
        yield told.of_one(common, among) if common else told.of_a_kind(among)
        broken = [each for each in broken if each not in among]


def _most_broken(broken: Sequence[Broken]) -> Figure | None:
    """The figure that most broken relations have in common: most likely the wrong one. None where none is in two."""
    counts = Counter(figure for each in broken for figure in each.figures)
    if not counts:
        return None
    most = max(counts.values())
    return min(figure for figure, count in counts.items() if count == most) if most > 1 else None


def _of_a_kind(broken: Sequence[Broken]) -> list[Broken]:
    """The first broken relation, and those that tell the same of other columns of its rows."""

    def rows(each: Broken) -> Hashable:
        among = each.figures[:2] if each.relation == "figure" else each.figures[:1]
        return each.relation, each.sentence, tuple(figure.row for figure in among)

    return [each for each in broken if rows(each) == rows(broken[0])]


class _Figures:
    """A plan's figures that do not agree, and how they are told."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.tables = facts, Tables(facts.plan)
        self._text = Text(facts.plan, self.tables).disagreeing()
        self._stated = {(each.span.start, len(each.figures)): each for each in self._text if isinstance(each, Stated)}
        in_text = [
            Broken("stated", each.figures, each.made, sentence=each.span.start)
            for each in self._text
            if isinstance(each, Stated)
        ]
        self.broken = self.tables.broken() + in_text

    def aimed(self) -> Iterator[Finding]:
        """Targets that the text states otherwise than the indicator's row."""
        for each in self._text:
            if isinstance(each, Aimed):
                section = self.facts.plan.path(each.passage.origin.section)
                sentence = Reference(self.facts.document, each.span, section)
                words = _in_both(
                    "check_aimed", name=each.indicator.name, target=each.indicator.target or "", written=each.written
                )
                yield Finding("targets", words, (*self.facts.references(each.indicator, "Årsmål"), sentence))

    def of_one(self, common: Figure, broken: Sequence[Broken]) -> Finding:
        """A figure that several others speak against."""
        words: dict[Language, str] = {}
        for language in _LANGUAGES:
            against = [
                self._against(each, language)
                if each.figures[0] == common
                else f"{self._claim(each.figures[0], language, common)} {self._against(each, language)}"
                for each in broken
            ]
            words[language] = say(
                "check_one", language, figure=self._where(common, language), value=self._value(common),
                against="; ".join(dict.fromkeys(against)),
            )  # fmt: skip
        kinds = {each.relation for each in broken}
        kind: Kind = broken[0].relation if len(kinds) == 1 else "figures"
        return self._finding(kind, words, [common, *self._in_order(broken)], broken)

    def of_a_kind(self, broken: Sequence[Broken]) -> Finding:
        """One relation that does not hold, in one column or in several of the same rows."""
        if broken[0].relation == "figure":
            return self._finding("figure", self._twice(broken), self._in_order(broken), broken)
        words: dict[Language, str] = {}
        for language in _LANGUAGES:
            told = [f"{self._claim(each.figures[0], language)} {self._against(each, language)}" for each in broken]
            words[language] = "; ".join(told) + "."
        return self._finding(broken[0].relation, words, self._in_order(broken), broken)

    def _twice(self, broken: Sequence[Broken]) -> Mapping[Language, str]:
        """The same thing in two tables, with all columns that differ."""
        holes: dict[str, str] = {}
        for of, prefix in ((0, ""), (1, "other_")):
            figures = [each.figures[of] for each in broken]
            row = self.tables.rows[figures[0].row]
            holes["other" if of else "row"] = row.row.rstrip(" *:")
            holes[f"{prefix}table"] = row.table
            cells = (f"{self.tables.cell(figure).column} {self._value(figure)}" for figure in figures)
            holes[f"{prefix}cells"] = ", ".join(cells)
        return _in_both("check_twice", **holes)

    def _finding(
        self, kind: Kind, words: Mapping[Language, str], figures: Sequence[Figure], broken: Sequence[Broken]
    ) -> Finding:
        support: list[Reference] = []
        labels: list[str] = []
        for figure in figures:
            row = self.tables.rows[figure.row]
            support += self.facts.references(row, self.tables.cell(figure).column)
            labels += [row.table, row.parent or "", *(cell.column for cell in row.cells)]
        for each in broken:
            if sentence := self._sentence(each):
                section = self.facts.plan.path(sentence.passage.origin.section)
                support.append(Reference(self.facts.document, sentence.span, section))
        sums = tuple(made for each in broken if (made := self._sum(each)) is not None)
        return Finding(kind, words, tuple(dict.fromkeys(support)), sums, tuple(dict.fromkeys(filter(None, labels))))

    def _in_order(self, broken: Iterable[Broken]) -> list[Figure]:
        """The figures of some relations: those claimed, then what they are made of."""
        claimed = [each.figures[0] for each in broken]
        return list(dict.fromkeys([*claimed, *(figure for each in broken for figure in each.figures[1:])]))

    def _sum(self, broken: Broken) -> Sum | None:
        if broken.sentence is not None:
            if len(broken.figures) == 1:
                return None
            now, before = (self.tables.written(figure) for figure in broken.figures)
            return Sum(self._made(broken), f"{now} − {before}")
        return Sum(self._made(broken), broken.formula) if broken.formula else None

    def _sentence(self, broken: Broken) -> Stated | None:
        return None if broken.sentence is None else self._stated[broken.sentence, len(broken.figures)]

    def _made(self, broken: Broken) -> str:
        """What a relation makes of its figures, with as many decimals as they have and in their unit."""
        written = max((self.tables.written(figure) for figure in broken.figures), key=places_in)
        if broken.relation == "percent":
            return f"{shown_like(broken.made, self.tables.written(broken.figures[0]))} %"
        unit = self.tables.cell(broken.figures[0]).unit
        return f"{shown_like(broken.made, written)} {unit or ''}".strip()

    def _claim(self, figure: Figure, language: Language, beside: Figure | None = None) -> str:
        where = self._where(figure, language, beside)
        return say("check_claim", language, figure=where, value=self._value(figure))

    def _where(self, figure: Figure, language: Language, beside: Figure | None = None) -> str:
        """A figure by its column, row and table; the table is understood where it is that of the one told before."""
        row = self.tables.rows[figure.row]
        column, name = self.tables.cell(figure).column, row.row.rstrip(" *:")
        if beside is not None and self.tables.rows[beside.row].table == row.table:
            return say("check_figure_here", language, column=column, row=name)
        return say("check_figure", language, column=column, row=name, table=row.table)

    def _value(self, figure: Figure) -> str:
        cell = self.tables.cell(figure)
        unit = cell.unit if cell.unit and cell.unit.casefold() not in (cell.written or "").casefold() else ""
        return f"{folded(cell.written or '')} {unit}".strip()

    def _against(self, broken: Broken, language: Language) -> str:
        """What speaks against the figure that a relation claims."""
        made = self._made(broken)
        among = [self.tables.cell(figure).column for figure in broken.figures]
        if len({figure.row for figure in broken.figures}) > 1:  # rows of one column
            among = [self.tables.rows[figure.row].row.rstrip(" *:") for figure in broken.figures]
        relation: Relation = broken.relation
        if sentence := self._sentence(broken):
            if len(broken.figures) == 1:
                return say("check_stated", language, written=sentence.written)
            key = "check_stated_up" if sentence.way == "up" else "check_stated_down"
            return say(
                key, language, written=sentence.written, other=self.tables.cell(broken.figures[1]).column, made=made
            )
        if relation == "figure":
            other = broken.figures[1]
            return say("check_elsewhere", language, figure=self._where(other, language), value=self._value(other))
        if relation == "net":
            sign = " + " if " + " in broken.formula else " − "
            return say("check_makes", language, of=sign.join(among[1:]), made=made)
        if relation == "across":
            return say("check_makes", language, of=" + ".join(among[1:]), made=made)
        if relation in ("change", "percent"):
            return say("check_makes", language, of=" − ".join(among[1:]), made=made)
        key = "check_parts" if relation == "parts" else "check_rows"
        return say(key, language, made=made)


# Indicators


def _targets(facts: Facts) -> Iterator[Finding]:
    """Indicators that stand twice: with two targets, or word for word.

    The same name may stand for two things in two parts of a plan, and a unit may have a target of its own: they are
    taken for one indicator under the same heading, or where the council has set one target for both.
    """
    by_name: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in facts.plan.indicators:
        by_name[_name(indicator.name)].append(indicator)
    for alike in by_name.values():
        for n, other in enumerate(alike):
            one = next((each for each in alike[:n] if _is_same(facts.plan, each, other)), None)
            if one is None:
                continue
            support = (*facts.references(one, "Årsmål"), *facts.references(other, "Årsmål"))
            numbers = [number_in(each.target) if each.target else None for each in (one, other)]
            if None not in numbers and numbers[0] != numbers[1]:
                words = _in_both("check_targets", name=one.name, one=one.target or "", other=other.target or "")
                yield Finding("targets", words, support)
            elif one.origin.section == other.origin.section and (one.target == other.target or not other.target):
                yield Finding("repeated", _in_both("check_repeated_indicator", name=one.name), support)


def _is_same(plan: Plan, one: Indicator, other: Indicator) -> bool:
    if one.origin.section == other.origin.section:
        return _stand_together(plan, one, other)
    if "Enhetsmål" in plan.path(one.origin.section) + plan.path(other.origin.section):
        return False
    council = [number_in(each.council_target) if each.council_target else None for each in (one, other)]
    return council[0] is not None and council[0] == council[1] and one.period == other.period


def _unset(facts: Facts) -> Iterator[Finding]:
    """Indicators without a target, of which nothing says that it is set later, among others that have one."""
    by_section: dict[int | None, list[Indicator]] = defaultdict(list)
    for indicator in facts.plan.indicators:
        by_section[indicator.origin.section].append(indicator)
    for among in by_section.values():
        lacking = [each for each in among if _is_nothing(each.target)]
        if 2 * len(lacking) > len(among):
            continue  # a table without targets, or one that was not read as it should be
        names = Counter(_name(each.name) for each in among)
        for each in lacking:
            told = " ".join(filter(None, (each.council_target, each.period)))
            later = each.comment or _LATER.search(re.sub(r"(?i)tas\s+fram\s+av\s+(?:nämnd|styrelse)\S*", "", told))
            if not later and names[_name(each.name)] == 1 and not _has_more(facts.plan, each):
                yield Finding("unset", _in_both("check_unset", name=each.name), facts.references(each, "Årsmål"))


def _has_more(plan: Plan, indicator: Indicator) -> bool:
    """True where a row has words that were read into no cell: one of them may be the target."""
    outcomes = (each.written for each in indicator.outcomes)
    read = (indicator.name, indicator.target, indicator.council_target, indicator.period, *outcomes)
    return re.search(r"\w", unread(plan, indicator.origin, read)) is not None


def _is_nothing(target: str | None) -> bool:
    return target is None or _NOTHING.fullmatch(target.strip()) is not None


def _stand_together(plan: Plan, one: Indicator | Activity, other: Indicator | Activity) -> bool:
    """True where nothing but rows and headers stands between two rows: no word by which they tell of two things."""
    start, end = max(span.end for span in one.origin.spans), min(span.start for span in other.origin.spans)
    between = plan.text[start:end]
    origins = [each.origin for each in plan.indicators] + [each.origin for each in plan.activities]
    rows = {span for origin in origins for span in origin.spans if start <= span.start < end}
    for span in sorted(rows, reverse=True):
        between = between[: span.start - start] + between[span.end - start :]
    return not re.search(r"[^\W\d_]", _HEADER.sub("", between))


def _name(name: str) -> str:
    return re.sub(r"[–—-]", "-", folded(name)).casefold().rstrip(" *.:")


# Activities


def _activities(facts: Facts) -> Iterator[Finding]:
    plan, period = facts.plan, facts.plan.description.period
    dated = [each for each in plan.activities if each.start or each.end]
    backwards = [each for each in dated if each.start and each.end and each.end < each.start]
    outside = [each for each in dated if period and _is_outside(plan, each, period) and each not in backwards]
    # Where most are wrong it is the columns, or the plan's period, that were misread.
    for each in backwards if 2 * len(backwards) <= len(dated) else ():
        words = _in_both("check_backwards", text=_short(each.text), start=str(each.start), end=str(each.end))
        yield Finding("backwards", words, facts.references(each))
    for each in outside if 2 * len(outside) <= len(dated) else ():
        before = each.end if each.end and period and each.end < period.start else None
        key, day = ("check_before", before) if before else ("check_after", each.start)
        words = _in_both(key, text=_short(each.text), day=str(day), period=str(period))
        yield Finding("outside", words, facts.references(each))
    by_text: dict[str, list[Activity]] = defaultdict(list)
    for each in plan.activities:
        by_text[_name(each.text)].append(each)
    for alike in by_text.values():
        yield from _told_again(facts, alike)


def _told_again(facts: Facts, alike: Sequence[Activity]) -> Iterator[Finding]:
    """An activity that stands twice under one heading, or with other days elsewhere.

    The same words with two other days are something that is done again.
    """
    for n, other in enumerate(alike):
        for one in alike[:n]:
            support = (*facts.references(one), *facts.references(other))
            if (one.start, one.end) == (other.start, other.end):
                if one.origin.section == other.origin.section and _stand_together(facts.plan, one, other):
                    yield Finding("repeated", _in_both("check_repeated_activity", text=_short(one.text)), support)
                    break
            elif one.start and one.start == other.start and one.end and other.end:
                days = {"one": str(one.end), "other": str(other.end)}
                yield Finding("dated", _in_both("check_ends", text=_short(one.text), **days), support)
                break
            elif one.end and one.end == other.end and one.start and other.start:
                days = {"one": str(one.start), "other": str(other.start)}
                yield Finding("dated", _in_both("check_starts", text=_short(one.text), **days), support)
                break


def _is_outside(plan: Plan, activity: Activity, period: Period) -> bool:
    """True where an activity is over before the plan's period or begins after it, and no heading names another year."""
    years = years_in(plan.path(activity.origin.section))
    if any(not period.start.year <= year <= period.end.year for year in years):
        return False
    return bool((activity.end and activity.end < period.start) or (activity.start and activity.start > period.end))


def _short(text: str) -> str:
    text = text.rstrip(".")
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"


# Rows


def _repeated_rows(facts: Facts) -> Iterator[Finding]:
    """Rows that stand in a table twice, word for word."""
    seen: dict[tuple[object, ...], TableRow] = {}
    for row in facts.plan.rows:
        if not any(cell.written for cell in row.cells) or not row.row:
            continue
        key = (row.table, row.origin.section, tuple(cell.column for cell in row.cells), *said(row))
        one = seen.setdefault(key, row)
        if one is not row:
            words = _in_both("check_repeated_row", row=row.row.rstrip(" *:"), table=row.table)
            support = (*facts.references(one), *facts.references(row))
            yield Finding("repeated", words, support, labels=(row.table,))
