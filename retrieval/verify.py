"""Nothing unsupported is said: every quote is cut from the stored text, every figure stands in one or is computed.

A statement that fails is left out. It fails closed: a figure that can't be found is taken as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.source import Span
from ingest.values import MONTHS, folded
from retrieval.answer_types import Draft, Reference, Statement, Sum

LONGEST_QUOTE = 800
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")


def verified(draft: Draft, text_of: Callable[[int], str], given: Iterable[str] = ()) -> Draft:
    """The draft without the statements whose figures or quotes are not supported.

    `text_of` gives a document's stored text; `given` are words whose figures need no support (the plan's own name).
    """
    allowed = {figure for words in given for figure in figures(words)}
    kept = tuple(s for s in draft.statements if _holds(s, text_of, allowed))
    return replace(draft, statements=kept)


def _holds(statement: Statement, text_of: Callable[[int], str], allowed: set[str]) -> bool:
    quotes = []
    headers = {figure for label in statement.labels for figure in figures(label)}
    for reference in statement.support:
        text = text_of(reference.document)
        span = reference.span
        if not (0 <= span.start < span.end <= len(text)) or not text[span.start : span.end].strip():
            return False
        quotes.append(text[span.start : span.end])
        allowed = allowed | {figure for figure in headers if figure in text}
    supported = {figure for quote in quotes for figure in (*figures(quote), *_side_by_side(quote))} | allowed
    supported |= {figure for quote in quotes for figure in _dates(quote)}
    for computed in statement.computed:
        if not _recomputes(computed):
            return False
        supported |= set(figures(computed.value)) | set(figures(computed.formula))
        operands = set(figures(computed.formula)) - set(figures(computed.value))
        if quotes and not operands <= supported:
            return False
    return set(figures(statement.text)) <= supported


def figures(text: str) -> list[str]:
    """The figures of a text in one form: no thin spaces, a decimal point, no citation marks."""
    plain = re.sub(r"\[\d+\]", "", text)
    found = []
    for match in _FIGURE.findall(plain):
        joined = re.sub(r"[ \u00a0\u2009\u202f]", "", match).replace(",", ".")
        found.append(joined)
        found += re.findall(r"\d+", match)  # a part of a date or a range supports itself
    return found


def _side_by_side(quote: str) -> list[str]:
    """Numbers of a table row that a space parts may read as one: every way to read a run of them counts."""
    found = []
    for run in re.findall(r"(?<![\d,.])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d+)?(?!\d)", quote):
        groups = re.split(r"[ \u00a0\u2009\u202f]", run)
        found += [
            "".join(groups[a:b]).replace(",", ".") for a in range(len(groups)) for b in range(a + 1, len(groups) + 1)
        ]
    return found


def _dates(quote: str) -> list[str]:
    """The figures of a quote's dates in their other form: "1 mars" supports 03-01."""
    found = []
    for name, month in zip(MONTHS, range(1, 13), strict=True):
        if name in quote.lower():
            found += [str(month), f"{month:02}"]
    return found


def _recomputes(computed: Sum) -> bool:
    """A formula "a − b", "a / b" or "a + b + …" makes its value again, within rounding; a count needs no formula."""
    if not computed.formula:
        return True
    from decimal import Decimal, InvalidOperation

    try:
        numbers = [
            Decimal(re.sub(r"\s", "", n).replace(",", "."))
            for n in re.findall(r"\d[\d \u00a0]*(?:,\d+)?", computed.formula)
        ]
        value = Decimal(re.sub(r"[^\d,.−-]", "", computed.value).replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return False
    if " − " in computed.formula and " / " in computed.formula and len(numbers) == 3:
        made = (numbers[0] - numbers[1]) / numbers[2] * 100
        return abs(abs(made) - abs(value)) <= Decimal("0.06")
    if " − " in computed.formula and len(numbers) == 2:
        return abs(abs(numbers[0] - numbers[1]) - abs(value)) <= Decimal("0.001")
    if " / " in computed.formula and len(numbers) == 2:
        return bool(numbers[1]) and abs(numbers[0] / numbers[1] * 100 - value) <= Decimal("0.06")
    if " + " in computed.formula:
        return abs(sum(numbers, Decimal(0)) - value) <= Decimal("0.001")
    return False


def quotable(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans short enough to be quotes: one over the limit is cut at a line or word end."""
    cut: list[Span] = []
    for span in spans:
        start = span.start
        while span.end - start > LONGEST_QUOTE:
            window = text[start : start + LONGEST_QUOTE]
            end = max(window.rfind("\n"), window.rfind(". ") + 1)
            end = start + (end if end > 200 else window.rfind(" "))
            cut.append(Span(start, end))
            start = end + len(text[end : span.end]) - len(text[end : span.end].lstrip())
        if folded(text[start : span.end]):
            cut.append(Span(start, span.end))
    return cut


__all__ = ["LONGEST_QUOTE", "Reference", "figures", "quotable", "verified"]
