"""The tour for a new manager: five steps through the plan of their own area, from typed facts and the plan's own words.

Each step is made by itself, so that a tour can be left and taken up again at any time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.beside import indicators
from bot.cited import Cited, Opened, cited
from bot.deadlines import deadlines, table_of
from bot.message import Table
from bot.phrases import PHRASES, say
from ingest.plan import Activity, Indicator, Origin, Plan, TableCell, TableRow
from ingest.values import number_in
from retrieval.evidence.answer_types import Reference, Statement
from retrieval.evidence.lookup import TOTAL
from retrieval.language.lexicon import Lexicon
from retrieval.language.swedish import STOP_WORDS, Language, terms

STEPS = 5
_LONGEST = 400  # characters of a sentence that is read at a glance
_MOST = 8  # items of a step: one message, read at a glance
_LATER = re.compile(r"fastställ|tas fram", re.IGNORECASE)
_AMOUNT = re.compile(r"kostnad|intäkt|netto", re.IGNORECASE)
_MUST = (
    r"\b(?:ska|skall|måste|väntas|förväntas|ansvarar|har ansvar|svarar för|bör|får inte|ser till|följer upp|väljer|når|"
    r"utser|redovisar|lämnar)\b"
)
# Who has to do it stands first in the sentence: "Av en chef väntas …", "Förvaltningens chefer ska …".
_MANAGER = re.compile(
    rf"(?:Av )?(?:(?:en|varje|alla|samtliga|nya|\w+s) ){{0,2}}\w*(?:chef(?:en|er|erna)?|ledare)\b[^.]{{0,60}}?{_MUST}",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(
    rf"(?:(?:varje|alla|samtliga) (?:\w+s )?(?:enhet|enheter|verksamheter|avdelning|avdelningar|medarbetare)"
    rf"|en enhet|enheterna|avdelningarna|medarbetarna)\b[^.]{{0,80}}?{_MUST}",
    re.IGNORECASE,
)
_TOUCHES = re.compile(r"\b\w*chef(?:en|er|erna|s|ers)?\b", re.IGNORECASE)
_MONEY = re.compile(r"\d[\d ,]*(?:mnkr|tkr|miljoner|kronor|kr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour: its text as lines, its citations, a table where it is one, and what may be asked next."""

    lines: tuple[str, ...]
    cited: Cited
    table: Table | None = None


class Area:
    """The part of some plans that a tour is about: all of it, or what belongs to an area named in everyday words."""

    def __init__(self, plans: Sequence[Opened], name: str = "", lexicon: Lexicon | None = None) -> None:
        self.plans, self.name = plans, name
        self._wanted = frozenset(_wanted(name, lexicon)) if name else frozenset()
        self._under = {each.known.id: frozenset(self._sections(each.plan)) for each in plans} if name else {}

    @property
    def found(self) -> bool:
        """Whether the plans have anything of the area."""
        return not self.name or any(self._under.values()) or any(True for _ in self.rows())

    def holds(self, source: Opened, origin: Origin) -> bool:
        """Whether what stands there is of the area."""
        return not self.name or origin.section in self._under[source.known.id]

    def rows(self) -> Iterator[tuple[Opened, TableRow]]:
        """Budget rows of the area, each amount once: those with its name; for the whole plan the first budget table."""
        for source in self.plans:
            budget = [row for row in source.plan.rows if row.kind == "budget" and amounts(row)]
            first = budget[0].table if budget else ""
            given: list[list[str | None]] = []
            for row in budget:
                written = [cell.written for cell in amounts(row)]
                if not self.name:
                    if row.table == first and not row.row.casefold().startswith("varav"):
                        yield source, row
                elif written not in given and (
                    self._likes(row.row) or (self._likes(row.table) and TOTAL.match(row.row))
                ):
                    given.append(written)
                    yield source, row

    def likes(self, words: str) -> bool:
        return bool(self.name) and self._likes(words)

    def _likes(self, words: str) -> bool:
        return any(term in self._wanted for term, weight in terms(words) if weight >= 0.6)

    def _sections(self, plan: Plan) -> Iterator[int]:
        """The area goals whose headings and goals speak most of the area, with all that stands under them."""
        above = [_area_goal(plan, n) for n in range(len(plan.sections))]
        weight: dict[int, float] = defaultdict(float)
        for n, section in enumerate(plan.sections):
            goal = above[n]
            if goal is not None and self._likes(section.title):
                weight[goal] += 6.0 if n == goal else 2.0 if section.label else 1.0
        facts = [(i.name, i.origin) for i in plan.indicators] + [(a.text, a.origin) for a in plan.activities]
        for words, origin in facts:
            goal = above[origin.section] if origin.section is not None else None
            if goal is not None and self._likes(words):
                weight[goal] += 1.0
        best = max(weight.values(), default=0.0)
        chosen = {goal for goal, value in weight.items() if value >= 2.0 and value >= 0.5 * best}
        for n, section in enumerate(plan.sections):
            if above[n] in chosen or (above[n] is None and self._likes(section.title)):
                yield n


def _wanted(name: str, lexicon: Lexicon | None) -> Iterator[str]:
    """The index terms that stand for an area: of its own words, and of the plan's words for them."""
    said = [name]
    if lexicon:
        for language in ("sv", "en"):
            said += [target for each in lexicon.expand(name, language) for target in each.targets[:3]]
    for words in said:
        for term, weight in terms(words):
            if weight >= 0.9 and term not in STOP_WORDS:
                yield term


def _area_goal(plan: Plan, section: int | None) -> int | None:
    """The city council's area goal that a section stands under, or is."""
    while section is not None:
        if plan.sections[section].label == "KF:s mål för verksamhetsområdet":
            return section
        section = plan.sections[section].parent
    return None


Made = tuple[list[Statement], int, Table | None]  # what a step is made of, how many are left out, and as a table


def step(number: int, area: Area, language: Language, today: date) -> Step:
    """Step 1 to 5 of the tour: goals, targets to watch, budget, what is due when, what every manager must do."""
    statements, more, table = _STEPS[number - 1](area, language, today)
    made = cited(statements, area.plans)
    lines = [say("tour_step", language, number=number, steps=STEPS, head=say(f"tour_{number}", language))]
    lines += [f"• {line}" for line in made.lines] or [say("tour_nothing", language)]
    if more and made.lines:
        lines.append(say("tour_more", language, count=more))
    whole = table is not None and len(made.kept) == len(table.rows)  # where not, the lines have what did hold
    return Step(tuple(lines), made, replace(table, sources=made.numbers) if table and whole else None)


def _goals(area: Area, language: Language, today: date) -> Made:
    """The goals of the lowest rung that the plan has: the unit's own, else the board's, else the council's."""
    for label in ("Nämndmål", "Enhetsmål", "KF:s mål för verksamhetsområdet"):
        found = [
            Statement(
                " ".join(filter(None, (section.number, section.title))),
                (Reference(source.known.id, section.span, source.plan.path(n)),),
            )
            for source in area.plans
            for n, section in enumerate(source.plan.sections)
            if section.label == label and area.holds(source, Origin(n, (section.span,)))
        ]
        if found:
            most = 2 * _MOST
            return found[:most], max(0, len(found) - most), None
    return [], 0, None


def _targets(area: Area, language: Language, today: date) -> Made:
    """Indicators to keep an eye on: those reported most often, and whose own target differs from the council's."""
    found = [
        (source, each)
        for source in area.plans
        for each in source.plan.indicators
        if each.target and (area.holds(source, each.origin) or area.likes(each.name))
    ]
    order = sorted(range(len(found)), key=lambda n: (-_watched(found[n][1]), n))[:_MOST]
    chosen = [found[n] for n in sorted(order)]
    statements = [
        Statement(_target(each, language), source.facts.references(each, "Årsmål")) for source, each in chosen
    ]
    return statements, len(found) - len(chosen), indicators([each for _, each in chosen], language)


def _watched(indicator: Indicator) -> int:
    own, council = (number_in(cell) if cell else None for cell in (indicator.target, indicator.council_target))
    later = bool(_LATER.search(indicator.target or ""))
    return (
        2 * ((indicator.period or "").casefold() == "tertial")
        + (own != council and None not in (own, council))
        - 4 * later
    )


def _target(indicator: Indicator, language: Language) -> str:
    parts = [say("tour_target", language, name=indicator.name, target=indicator.target)]
    if indicator.council_target:
        parts.append(say("tour_council", language, target=indicator.council_target))
    if indicator.period:
        parts.append(say("tour_period", language, period=_period(indicator.period, language)))
    return "; ".join(parts)


def _period(written: str, language: Language) -> str:
    key = f"period_{written.casefold()}"
    return say(key, language) if key in PHRASES else written


def _budget(area: Area, language: Language, today: date) -> Made:
    """The net budget with costs and revenue, row by row."""
    found = list(area.rows())
    if not found:
        return _money(area)
    chosen = found[: 2 * _MOST]
    statements, rows = [], []
    for source, row in chosen:
        cells = amounts(row)
        said = ", ".join(f"{cell.column} {cell.written}" for cell in cells)
        unit = cells[0].unit or ""
        label = label_of(row)
        headers = (*(cell.column for cell in row.cells), row.table, row.parent or "")
        statements.append(Statement(f"{label}: {said} {unit}".rstrip(), source.facts.references(row), labels=headers))
        rows.append((label, *(cell.written or "" for cell in cells)))
    columns = tuple(cell.column for cell in amounts(chosen[0][1])) if chosen else ()
    alike = all(tuple(cell.column for cell in amounts(row)) == columns for _, row in chosen)
    table = Table((say("row", language), *columns), tuple(rows), numeric=frozenset(range(1, len(columns) + 1)))
    return statements, len(found) - len(chosen), table if alike and columns else None


def _money(area: Area) -> Made:
    """The sentences that speak of money, where a plan has no budget table."""
    statements = [
        source.sentence(passage, span)
        for source in area.plans
        for passage, span, words in source.sentences()
        if _MONEY.search(words) and len(words) <= _LONGEST and area.holds(source, passage.origin)
    ]
    return statements[:_MOST], max(0, len(statements) - _MOST), None


def amounts(row: TableRow) -> list[TableCell]:
    """Costs, revenue and net of a budget row, as far as it has them."""
    return [cell for cell in row.cells if cell.number is not None and _AMOUNT.match(cell.column)]


def label_of(row: TableRow) -> str:
    """A row's name, with that of its table where it is a total."""
    label = row.row.rstrip(" *:")
    return f"{row.table} – {label}" if row.table and TOTAL.match(label) else label


def _due(area: Area, language: Language, today: date) -> Made:
    """What has its last day from today on, first things first."""
    found = [
        each
        for each in deadlines(area.plans, first=today)
        if area.holds(each.source, each.origin) or area.likes(each.words)
    ]
    chosen = found[:_MOST]
    return [each.statement(language) for each in chosen], len(found) - len(chosen), table_of(chosen, language)


def _duties(area: Area, language: Language, today: date) -> Made:
    """What the plan asks of managers, then of every unit, in its own sentences; then what else is said of managers."""
    found: dict[str, tuple[int, Statement]] = {}
    for source in area.plans:
        asked = [(words, source.sentence(passage, span)) for passage, span, words in source.sentences()]
        asked += [(each.text, _activity(source, each)) for each in source.plan.activities]
        for words, statement in asked:
            rank = _duty(words)
            if rank is not None and len(words) <= _LONGEST:
                found.setdefault(words, (rank, statement))
    ranked = sorted(found.values(), key=lambda each: each[0])
    return [statement for _, statement in ranked[:_MOST]], max(0, len(ranked) - _MOST), None


def _duty(words: str) -> int | None:
    """How surely a sentence is a duty of every manager, 0 the most; None where it is none."""
    if _MANAGER.match(words):
        return 0
    if _EVERYBODY.match(words):
        return 1
    return 2 if _TOUCHES.search(words) and re.search(r"\bska\b", words) else None


def _activity(source: Opened, activity: Activity) -> Statement:
    words = " ".join(activity.text.split())
    due = f" ({activity.end})" if activity.end else ""
    return Statement(f"{words}{due}", source.facts.references(activity))


_STEPS: Sequence[Callable[[Area, Language, date], Made]] = (_goals, _targets, _budget, _due, _duties)
