"""Nothing unsupported is said: every quote is cut from the stored text, every figure stands in one or is computed.

A statement that fails is left out. It fails closed: a figure that can't be found is taken as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from ingest.source import Span
from ingest.values import folded
from ingest.when import points
from retrieval.evidence.answer_types import Draft, Reference, Statement, Sum

LONGEST_QUOTE = 800
_SPACES = " \u00a0\u2009\u202f"
_FIGURE = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    rf"|(?:(?<![\w.,)%–-])[-−–])?(?:(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_UNITS = {
    "%": "%", "procent": "%", "percent": "%", "procentenheter": "pp", "procentenhet": "pp",
    "percentage": "pp",
    "mnkr": "mnkr", "miljoner": "mnkr", "million": "mnkr", "tkr": "tkr", "mdkr": "mdkr", "kr": "kr", "kronor": "kr",
    "kvm": "m2", "m2": "m2", "kwh": "kwh", "mwh": "mwh", "gwh": "gwh",
}  # fmt: skip
_UNIT = re.compile(r"\s{0,3}(%|[a-zåäö]+2?)", re.IGNORECASE)  # a line may end between a figure and its unit
_WHOLE_YEAR = re.compile(r"(?:helår(?:et)? |hela |under |år )?\d{4}", re.IGNORECASE)
_ROUNDED, _EXACT = Decimal("0.06"), Decimal("0.001")
# A figure and the unit written after it, "" for none: ("6.8", "%").
Figure = tuple[str, str]


def verified(draft: Draft, text_of: Callable[[int], str], given: Iterable[str] = ()) -> Draft:
    """The draft without the statements whose figures or quotes are not supported.

    `text_of` gives a document's stored text; `given` are words whose figures need no support (the plan's own name).
    """
    allowed = {figure for words in given for figure in figures(words)}
    kept = tuple(s for s in draft.statements if _holds(s, text_of, allowed))
    return replace(draft, statements=kept)


def _holds(statement: Statement, text_of: Callable[[int], str], allowed: set[Figure]) -> bool:
    supported = set(allowed)
    headers = {figure for label in statement.labels for figure in figures(label)}
    for reference in statement.support:
        text = text_of(reference.document)
        span = reference.span
        if not (0 <= span.start < span.end <= len(text)) or not text[span.start : span.end].strip():
            return False
        quote = text[span.start : span.end]
        supported |= {*figures(quote), *_parts_of_dates(quote)}
        if not reference.row:
            supported |= {*figures(folded(quote))}  # a line may end within a number
        else:
            supported |= {*_side_by_side(quote), *_days_named(quote, allowed)}
        supported |= {figure for figure in headers if figure[0] in text}
    for computed in statement.computed:
        if not _recomputes(computed) or not _all_in(figures(computed.formula), supported):
            return False
        made = [*figures(computed.value), *figures(computed.formula)]
        # A difference is said as "less" or with a minus.
        supported |= {*made, *((f"-{number}", unit) for number, unit in made)}
    return bool(statement.support) and _all_in(figures(statement.text), supported)


def _all_in(said: Iterable[Figure], supported: set[Figure]) -> bool:
    """True where each figure is supported with its own unit, or by one that stands in a table without a unit."""
    numbers = {number for number, unit in supported if not unit}
    return all(
        number in numbers or (number, unit) in supported or (not unit and any(number == n for n, _ in supported))
        for number, unit in said
    )


def figures(text: str) -> list[Figure]:
    """The figures of a text in one form, with their units: no thin spaces, a decimal point, no citation marks."""
    plain = re.sub(r"\[\d+\]", "", text)
    found = []
    for match in _FIGURE.finditer(plain):
        number = re.sub(rf"[{_SPACES}]", "", match.group()).replace(",", ".").replace("−", "-").replace("–", "-")
        unit = _UNIT.match(plain, match.end())
        found.append((number, _UNITS.get(unit[1].casefold(), "") if unit else ""))
    return found


def _side_by_side(quote: str) -> list[Figure]:
    """Numbers of a table row that a space parts may read as one: every way to read a run of them counts.

    No number begins with 0, so that "24 000" never supports 24; a lone 0 is a number: "0 350". A sign is the
    first one's.
    """
    found: list[Figure] = []
    for sign, run in re.findall(
        rf"((?<![\w.,)%–-])[-−–])?(?<![\d,.])(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d+)?)(?!\d)", quote
    ):
        # A thin or hard space never parts two cells.
        groups = [re.sub(rf"[{_SPACES}]", "", group) for group in run.split(" ")]
        starts = [n for n, group in enumerate(groups) if not group.startswith("0")]
        found += [("0", "")] if groups[0] == "0" else []
        ends = [*starts, len(groups)]
        read = [("" if a else sign and "-", "".join(groups[a:b])) for a in starts for b in ends if a < b]
        found += [(before + number.replace(",", "."), "") for before, number in read]
    return found


def _days_named(quote: str, allowed: Iterable[Figure]) -> list[Figure]:
    """The days on which what a row names begins and ends: "Q2" supports 2031-06-30 where the year is known.

    A row that writes days out has its times in them, and a year beside a finer time is part of what is told.
    """
    if re.search(r"\d{4}-\d\d-\d\d", quote):
        return []
    years = [int(figure) for figure, unit in allowed if not unit and re.fullmatch(r"(?:19|20)\d\d", figure)]
    named = [point for year in years for point in points(folded(quote), year)]
    finer = [point for point in named if not _WHOLE_YEAR.fullmatch(point[0])]
    return [(str(day), "") for _, days in finer or named for day in days]


def _parts_of_dates(quote: str) -> list[Figure]:
    """The years of a quote's dates: "2026-06-30" supports 2026."""
    return [(year, "") for year in re.findall(r"\b((?:19|20)\d{2})-\d{2}-\d{2}\b", quote)]


def _recomputes(computed: Sum) -> bool:
    """A formula "a − b", "a / b", "a + b + …" or "(a − b) / b" makes its value again, within rounding."""
    try:
        values = [Decimal(number) for number, _ in figures(computed.value)][:1]
        numbers = [Decimal(number) for number, _ in figures(computed.formula)]
    except InvalidOperation:  # a date
        return False
    if not values or not numbers:
        return False
    signs = re.findall(r" ([−+/]) ", computed.formula)
    match signs, numbers:
        case ["−", "/"], [a, b, c] if b == c and c:
            made, within = (a - b) / c * 100, _ROUNDED
        case ["−"], [a, b]:
            made, within = a - b, _EXACT
        case ["/"], [a, b] if b:
            made, within = a / b * 100, _ROUNDED
        case _ if signs and set(signs) == {"+"} and len(numbers) == len(signs) + 1:
            made, within = sum(numbers, Decimal(0)), _EXACT
        case _:
            return False
    return abs(abs(made) - abs(values[0])) <= within


def quotable(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans short enough to be quotes: one over the limit is cut at a line or word end."""
    cut: list[Span] = []
    for span in spans:
        start = span.start
        while span.end - start > LONGEST_QUOTE:
            window = text[start : start + LONGEST_QUOTE]
            end = max(window.rfind("\n"), window.rfind(". ") + 1)
            end = start + (end if end > 200 else max(window.rfind(" "), 0) or LONGEST_QUOTE)
            cut.append(Span(start, end))
            start = end + len(text[end : span.end]) - len(text[end : span.end].lstrip())
        if folded(text[start : span.end]):
            cut.append(Span(start, span.end))
    return cut


__all__ = ["LONGEST_QUOTE", "Reference", "figures", "quotable", "verified"]
