"""Figures of a plan's tables that its text states too, and states otherwise.

Only sentences of a form that leaves no doubt what they tell of: "Verksamhetsområdet budgeteras med netto 288,8 mnkr,
vilket är en ökning med 14,1 mnkr", "Målet för sjukfrånvaron är 6,8 %".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.plan import Indicator, Passage, Plan
from ingest.source import Span
from ingest.values import NUMBER, decimal_of, mended, number_in, unit_in, years_in
from retrieval.check.tables import TOTAL, Block, Figure, Tables, meaning_of, places_in, scale_between, word_stems
from retrieval.language.sentences import sentences_in
from retrieval.language.swedish import stem, tokens

_MONEY = r"(?:mnkr|mkr|miljoner(?: kronor| kr)?|tkr|kronor|kr)(?!\w)"
_ABOUT = re.compile(r"\b(?:ca|cirka|omkring|ungefär|drygt|knappt|nästan|över|under|minst|högst|upp till|runt)\b", re.I)
_LINK = (
    r"(?:\s+(?:budgeteras|beräknas|får|har|tilldelas|uppgår|är|blir|med|till|en|budget|på|om|för|år|totalt|"
    r"(?:19|20)\d\d|nettobudget|netto))*"
)
_NET = re.compile(
    rf"^(?P<subject>[^\d.:;,]{{3,90}}?)(?P<link>{_LINK})\s+(?P<n>{NUMBER})\s*(?P<unit>{_MONEY})"
    r"(?P<netto>\s+(?:i )?netto\b)?"
    r"(?!\s+(?:mer|mindre|högre|lägre|större|per|i snitt|i genomsnitt)\b)",
    re.IGNORECASE,
)
_ANY_SUBJECT = re.compile(r"^(?:hela )?(?:verksamhetsområdet|området|nettobudgeten|budgeten)$", re.IGNORECASE)
_CHANGED = re.compile(
    rf"^,?\s*(?:vilket (?:är|innebär) )?en (?P<way>ökning|minskning) med (?P<n>{NUMBER})\s*(?P<unit>{_MONEY})"
    rf"|^,\s*(?:vilket (?:är|innebär) )?(?P<n2>{NUMBER})\s*(?P<unit2>{_MONEY}) (?P<way2>mer|mindre|högre|lägre) än ",
    re.IGNORECASE,
)
_NET_CHANGE = re.compile(
    rf"\bnetto(?P<way>ökning|minskning)(?:en)? (?:med|på|om) (?P<n>{NUMBER})\s*(?P<unit>{_MONEY})", re.IGNORECASE
)
_TURNOVER = re.compile(
    r"\bomslutningsförändringar(?:na)?\s+(?:(?:med|om|på|uppgår till|beräknas till)\s+)?(?:(?:sammanlagt|totalt)\s+)?"
    rf"(?P<n>{NUMBER})\s*(?P<unit>{_MONEY})",
    re.IGNORECASE,
)
_OPERATIONS = re.compile(
    rf"(?P<n>{NUMBER})\s*(?P<unit>{_MONEY}) (?:netto )?(?:till|för) (?:driften|drift|driftverksamhet(?:en)?)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:jämför\w*(?: med)?|än|mot|sedan|från)\s+(?:[^\W\d]+\s+){0,3}(?:19|20)\d\d", re.IGNORECASE)
# Words that make it another amount than the table's: of another time, or with more or less in it.
_OTHER = re.compile(
    r"\b(?:fick|hade|var|blev|uppgick|utfall\w*|prognos\w*|ursprunglig\w*|ink(?:l|lusive)|exk(?:l|lusive)|utöver|före|efter)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\d\s*(?:m?kr|tkr|mnkr|kronor|milj)|mål\w*\b[^.]*\d", re.IGNORECASE)
_TARGET = re.compile(r"\bmål\w*\b.*\d|\bårsmål\w*\b.*\d", re.IGNORECASE)
_NOT_OURS = re.compile(r"\bKF\b|kommunfullmäktig|fullmäktig|\bstadens\b|\butfall|\bresultat", re.IGNORECASE)
_UNITS = {"mkr": "mnkr", "kronor": "kr"}
# Words that tell of no row by themselves, though a row may have them for its name.
_ANYTHING = frozenset(map(stem, ("verksamhet", "verksamheter", "område", "nämnd", "förvaltning", "avdelning", "enhet")))
_LEADING = re.compile(r"^(?:för|till|av|i|inom|hos|på|från|utöver|därtill)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence that states a figure of a table otherwise, as `written`.

    With two figures it is their difference that it states, with the sign in `way`; `made` is what the table makes it.
    """

    passage: Passage
    span: Span
    written: str
    figures: tuple[Figure, ...]
    made: Decimal
    way: Literal["", "up", "down"] = ""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A sentence that states another target than an indicator has."""

    passage: Passage
    span: Span
    written: str
    indicator: Indicator


class Text:
    """The sentences of a plan, set against its tables."""

    def __init__(self, plan: Plan, tables: Tables) -> None:
        self.plan, self.tables = plan, tables
        period = plan.description.period
        self.year = period.start.year if period else None
        self._own = self._totals_by_section()
        self._by_name = self._rows_by_name()

    def sentences(self) -> Iterator[tuple[Passage, Span, str]]:
        for passage in self.plan.passages:
            if not _TELLING.search(passage.text):
                continue
            for span in sentences_in(self.plan.text, passage.origin.spans):
                written = self.plan.text[span.start : span.end]
                if _TELLING.search(written):
                    yield passage, span, mended(written).lstrip("•·▪◦●○■–—\uf0b7\uf0a7 ")

    def disagreeing(self) -> list[Stated | Aimed]:
        """The sentences that state a figure otherwise than its table does."""
        found: list[Stated | Aimed] = []
        for passage, span, words in self.sentences():
            if _ABOUT.search(words) or any(year not in (self.year, (self.year or 0) - 1) for year in years_in(words)):
                continue
            if "kr" in words or "miljoner" in words:
                found += self._money(passage, span, words)
            if _TARGET.search(words) and not _NOT_OURS.search(words):
                found += self._targets(passage, span, words)
        return found

    # Money

    def _money(self, passage: Passage, span: Span, words: str) -> Iterator[Stated]:
        if _OTHER.search(words) or set(years_in(_COMPARED.sub("", words))) - {self.year}:
            return
        own = self._own.get(passage.origin.section)
        if (m := _NET.match(words)) and (m["netto"] or re.search("netto", m["subject"] + m["link"], re.I)):
            figure = self._subject(m["subject"].strip(), passage, own)
            if figure is not None:
                yield from self._stated(passage, span, m["n"], m["unit"], figure)
                if changed := _CHANGED.match(words[m.end() :]):
                    yield from self._changed(passage, span, changed, figure)
        if own and (m := _NET_CHANGE.search(words)):
            net = self._column(own[1], "net")
            if net is not None:
                yield from self._changed(passage, span, m, net)
        if own and (m := _TURNOVER.search(words)):
            turnover = next(
                (
                    Figure(own[1], c)
                    for c, cell in enumerate(self.tables.rows[own[1]].cells)
                    if cell.column.startswith("Omslutningsförändring")
                ),
                None,
            )
            if turnover is not None:
                yield from self._stated(passage, span, m["n"], m["unit"], turnover)
        if "netto" in words and (m := _OPERATIONS.search(words)):
            figure = self._named("drift")
            if figure is not None:
                yield from self._stated(passage, span, m["n"], m["unit"], figure)

    def _subject(self, subject: str, passage: Passage, own: tuple[Block, int] | None) -> Figure | None:
        """The net that a sentence with this subject tells of: that of its section's table, or of a row that it names
        and that its section is about. None where a row of the section's name has another: its table is a part's."""
        name, section = word_stems(subject), passage.origin.section
        if _ANY_SUBJECT.match(subject):
            net = self._column(own[1], "net") if own else None
            named = self._by_name.get(word_stems(self.plan.sections[section].title), []) if section is not None else []
            return net if net and {self.tables.value(each) for each in named} <= {self.tables.value(net)} else None
        if _LEADING.match(subject) or name <= _ANYTHING or section is None:
            return None
        figure = self._named(subject)
        if figure is None:
            return None
        within = self.tables.rows[figure.row].origin.section == section
        return figure if within or word_stems(self.plan.sections[section].title) == name else None

    def _named(self, name: str) -> Figure | None:
        """The net of the rows of a name, where they all have the same."""
        figures = self._by_name.get(word_stems(name), [])
        return figures[0] if figures and len({self.tables.value(each) for each in figures}) == 1 else None

    def _stated(self, passage: Passage, span: Span, written: str, unit: str, figure: Figure) -> Iterator[Stated]:
        number = self._in_unit(written, unit, figure)
        made = self.tables.number(figure)
        if number is None or made is None:
            return
        if abs(number - made) > self._slack(written, unit, figure):
            yield Stated(passage, span, f"{written} {unit}", (figure,), made)

    def _changed(self, passage: Passage, span: Span, m: re.Match[str], net: Figure) -> Iterator[Stated]:
        groups = m.groupdict()
        written, unit = groups["n"] or groups.get("n2"), groups["unit"] or groups.get("unit2")
        up = (groups["way"] or groups.get("way2") or "").lower() in ("ökning", "mer", "högre")
        before = self._column(net.row, "plan", (self.year or 0) - 1)
        if not written or not unit or before is None:
            return
        number = self._in_unit(written, unit, net)
        now, then = self.tables.number(net), self.tables.number(before)
        if number is None or now is None or then is None:
            return
        if abs((number if up else -number) - (now - then)) > self._slack(written, unit, net, before):
            yield Stated(passage, span, f"{written} {unit}", (net, before), now - then, "up" if up else "down")

    def _in_unit(self, written: str, unit: str, figure: Figure) -> Decimal | None:
        scale = scale_between(self.tables.cell(figure).unit, _unit(unit))
        return None if scale is None else decimal_of(written) * scale

    def _slack(self, written: str, unit: str, *figures: Figure) -> Decimal:
        """What rounding may do, in the text and in the table."""
        scale = scale_between(self.tables.cell(figures[0]).unit, _unit(unit)) or Decimal(1)
        own = Decimal(10) ** -places_in(written) / 2 * scale
        return own + sum((Decimal(10) ** -places_in(self.tables.written(each)) / 2 for each in figures), Decimal(0))

    def _column(self, row: int, kind: str, year: int | None = None) -> Figure | None:
        """The one figure of a row of a kind, of a year or of the plan's own."""
        year = self.year if year is None else year
        found = [
            Figure(row, c)
            for c, cell in enumerate(self.tables.rows[row].cells)
            if meaning_of(cell.column) == kind and cell.year == year and self.tables.number(Figure(row, c)) is not None
        ]
        return found[0] if len(found) == 1 else None

    def _totals_by_section(self) -> dict[int | None, tuple[Block, int]]:
        """The total of the budget table of each section that has one such table, with one total."""
        found: dict[int | None, list[tuple[Block, int]]] = {}
        for block in self.tables.blocks:
            totals = [n for n in block.rows if TOTAL.match(self.tables.rows[n].row)]
            if len(totals) == 1 and self._column(totals[0], "net") is not None:
                section = self.tables.rows[totals[0]].origin.section
                found.setdefault(section, []).append((block, totals[0]))
        return {section: totals[0] for section, totals in found.items() if len(totals) == 1}

    def _rows_by_name(self) -> dict[frozenset[str], list[Figure]]:
        found: dict[frozenset[str], list[Figure]] = {}
        for block in self.tables.blocks:
            for n in block.rows:
                net = self._column(n, "net")
                for name in self.tables.names(block, n) if net is not None else ():
                    found.setdefault(name, []).append(net)  # type: ignore[arg-type]
        return found

    # Targets

    def _targets(self, passage: Passage, span: Span, words: str) -> Iterator[Aimed]:
        said = words.casefold()
        for indicator in self.plan.indicators:
            name = tokens(re.sub(r"\([^)]*\)", "", indicator.name))
            if not indicator.target or not name or not all(stem(word) in said for word in name):
                continue
            m = _aim(name).search(words)
            if not m or unit_in(m[0]) != unit_in(indicator.target):
                continue
            stated, aimed = decimal_of(m["n"]), number_in(indicator.target)
            if aimed is not None and abs(stated - aimed) > Decimal(10) ** -places_in(m["n"]) / 2:
                yield Aimed(passage, span, f"{m['n']}{m['unit'] or ''}", indicator)


def _unit(written: str) -> str:
    return "mnkr" if written.lower().startswith("miljon") else _UNITS.get(written.lower(), written.lower())


def _aim(words: Sequence[str]) -> re.Pattern[str]:
    """How a sentence states the target of an indicator of that name: "målet för sjukfrånvaron är 6,8 %"."""
    name = r"[\s–-]+".join(rf"{re.escape(stem(word))}\w*" for word in words)
    return re.compile(
        rf"\b(?:års)?mål\w*\s+(?:\d{{4}}\s+)?(?:för|på)\s+(?:den |det |de )?{name}\s+"
        rf"(?:\d{{4}}\s+)?(?:är|ligger på|sätts till|uppgår till)\s+(?P<n>{NUMBER})(?P<unit>\s*(?:%|procent\b|st\b))?",
        re.IGNORECASE,
    )
