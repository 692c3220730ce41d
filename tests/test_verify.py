"""Nothing unsupported is said: a statement stays only where every figure and date stands in the words it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_answer import EVERY, HOME, LEXICON, TODAY, library

from ingest.source import Span
from retrieval.answer import Answerer
from retrieval.evidence.answer_types import Draft, Reference, Statement, Sum
from retrieval.model.verify import LONGEST_QUOTE, figures, quotable, verified

ROWS = (
    "Sjukbrygga 6,8 % 6,5 % Tertial",
    "Badbrygga 7,4 % 9,1 % År",
    "Muddring 1\u2009390,0 200,0 1\u202f190,0 1\u00a0168,2",
    "Måla bryggan. 2026-02-01 2026-06-30",
    "Rusta fyren. 2026-03-15 2026-11-30",
    "Fyren tändes den 1 mars 2021 och lyser 24 000 timmar.",
    "Kallare, –0,5 grader.",
    "En majoritet av kajerna är rena.",
    "Ramen ökar med 35 \n400 kronor.",
)
TEXT = "\n".join(ROWS)


def quoting(*rows: int) -> tuple[Reference, ...]:
    """References to whole rows of the text."""
    starts = [TEXT.index(ROWS[row]) for row in rows]
    return tuple(
        Reference(0, Span(start, start + len(ROWS[row])), "Hamnen") for row, start in zip(rows, starts, strict=True)
    )


def kept(
    text: str, *rows: int, sums: tuple[Sum, ...] = (), labels: tuple[str, ...] = (), given: tuple[str, ...] = ()
) -> bool:
    """Whether a statement that cites some rows is said."""
    statement = Statement(text, quoting(*rows), sums, labels)
    return verified(Draft((statement,), "lookup"), lambda _: TEXT, given).statements == (statement,)


# What is supported


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Årsmålet är 6,8 %.", 0),
        ("Årsmålet är 6,8 %, KF:s är 6,5 %.", 0),
        ("Kostnader 1 390,0, netto 1 190,0.", 2),
        ("Kostnader 1\u00a0390,0.", 2),
        ("Klart 2026-06-30.", 3),
        ("Tändes den 1 mars 2021.", 5),
        ("Ökar med 35 400 kronor.", 8),
        ("Lyser 24 000 timmar.", 5),
        ("Bryggan är ren.", 0),
        ("Årsmålet är 6,8 % [3].", 0),
        ("Kostnader 1390,0.", 2),
    ],
)
def test_supported(text: str, row: int) -> None:
    """A figure that stands in the quote is said, whichever white space its thousands have and however a date is put."""
    assert kept(text, row)


def test_year_of_the_plan() -> None:
    """The plan's own name and year need no support."""
    assert kept("Årsmålet 2026 är 6,8 %.", 0, given=("Hamnen, verksamhetsplan 2026",))
    assert not kept("Årsmålet 2026 är 6,8 %.", 0)


def test_year_of_a_column() -> None:
    """The year in a column's header is said beside its cell, where the header stands in the text."""
    assert kept("VP 2021 1 390,0.", 2, labels=("VP 2021",))
    assert not kept("VP 2019 1 390,0.", 2, labels=("VP 2019",))
    assert not kept("VP 2021 1 390,0.", 2)


def test_two_quotes() -> None:
    """A statement may take its figures from several quotes."""
    assert kept("6,8 % här och 7,4 % där.", 0, 1)


# What is not


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Årsmålet är 6,9 %.", 0),
        ("Årsmålet är 8,6 %.", 0),
        ("Årsmålet är 68 %.", 0),
        ("Årsmålet är 6,80 %.", 0),
        ("Årsmålet är 7,4 %.", 0),
        ("Årsmålet är 6,8 %, KF:s är 9,1 %.", 0),
        ("Årsmålet för 14 bryggor är 6,8 %.", 0),
        ("Kostnader 1 390,1.", 2),
        ("Kostnader 13 900.", 2),
        ("Klart 2026-11-30.", 3),
        ("Klart 2027-06-30.", 3),
        ("Klart 2026-06-29.", 3),
        ("Lyser 25 000 timmar.", 5),
        ("Lyser 240 000 timmar.", 5),
        ("Tändes 2021-04-01.", 5),
    ],
)
def test_unsupported(text: str, row: int) -> None:
    """A figure that is changed, another row's, or a date's that is not in the quote is not said."""
    assert not kept(text, row)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Årsmålet är 8 %.", 0),
        ("Lyser 24 timmar.", 5),
        ("Klart 2026-02-30.", 3),
        ("Klart 2026-06-01.", 3),
        ("Det är 0,5 grader varmare.", 6),
        ("5 kajer är rena.", 7),
        ("3 fyrar tändes.", 5),
        ("Årsmålet är 6,8 mnkr.", 0),
    ],
)
def test_holes(text: str, row: int) -> None:
    """A part of a figure, of a date or of a word supports nothing; nor does a figure with another sign or unit."""
    assert not kept(text, row)


def hole(text: str, quote: str, *sums: Sum, labels: tuple[str, ...] = (), reason: str = "") -> object:
    """A statement that should be dropped; `reason` says why it is not yet."""
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(text, quote, sums, labels, id=text, marks=marks)


@pytest.mark.parametrize(
    ("text", "quote", "sums", "labels"),
    [
        hole("Lyser 24 timmar.", "Lyser 24\u2009500 timmar."),
        hole("250 lägenheter.", "Här byggs 1 250 lägenheter."),
        hole("Öppnar den 4 juni 2026.", "Öppnar den 4 maj 2026.", reason="a month in words is not looked at"),
        hole("Högst 28 kg.", "Högst 28 gram.", reason="of units only money, per cent, areas and energy are looked at"),
        hole("Netto 3,3 kr.", "Muddring 4,5 3,3", labels=("Netto, mnkr",), reason="the header's unit is not looked at"),
        hole("Vi når 37 %.", "Budget 100 % 95 %", Sum("37", "37 / 100")),
        hole("Det är 5 mer.", "", Sum("5", "10 − 5")),
        hole("Det är 0,0 mer.", "Vinter –0,5, sommar 0,5.", Sum("0,0", "–0,5 − 0,5")),
    ],
)
def test_holes_that_are_left(text: str, quote: str, sums: tuple[Sum, ...], labels: tuple[str, ...]) -> None:
    """Nothing near a figure supports it: no part of a spaced number, no other month, unit, operand or sign."""
    support = (Reference(0, Span(0, len(quote)), ""),) if quote else ()
    draft = Draft((Statement(text, support, sums, labels),), "lookup")
    assert verified(draft, lambda _: quote).statements == ()


def test_no_source() -> None:
    """What cites nothing is not said."""
    assert not kept("Alla bryggor är rena.")


def test_figure_without_source() -> None:
    """A figure that cites nothing is not said."""
    assert not kept("Årsmålet är 6,8 %.")


@pytest.mark.parametrize(
    "span",
    [Span(-1, 5), Span(3, 3), Span(5, 3), Span(0, len(TEXT) + 1), Span(len(TEXT) + 5, len(TEXT) + 9), Span(30, 31)],
)
def test_quote_out_of_range(span: Span) -> None:
    """A quote that is empty, blank or not in the text at all drops what it should support, figures or not."""
    assert TEXT[30] == "\n"
    draft = Draft((Statement("Bryggan är ren.", (Reference(0, span, ""),)),), "extract")
    assert verified(draft, lambda _: TEXT).statements == ()


def test_one_bad_quote_of_two() -> None:
    """One quote out of range drops the statement, however good the other."""
    references = (*quoting(0), Reference(0, Span(0, len(TEXT) + 1), ""))
    assert verified(Draft((Statement("6,8 %.", references),), "lookup"), lambda _: TEXT).statements == ()


def test_other_document() -> None:
    """A figure must stand in the document that is cited, not in another."""
    texts = {0: "Brygga 6,8 %", 1: "Brygga 9,1 %"}
    statements = tuple(Statement("9,1 %.", (Reference(d, Span(0, 12), ""),)) for d in texts)
    assert verified(Draft(statements, "lookup"), texts.__getitem__).statements == statements[1:]


def test_only_the_unsupported_goes() -> None:
    """Dropping one statement leaves the others as they were, and the draft what it was."""
    good, bad = Statement("6,8 %.", quoting(0)), Statement("6,9 %.", quoting(0))
    draft = Draft((bad, good, bad), "lookup", listed=True)
    assert verified(draft, lambda _: TEXT) == Draft((good,), "lookup", listed=True)


# What is computed


@pytest.mark.parametrize(
    ("text", "value", "formula"),
    [
        ("Det är 0,3 mer.", "0,3", "6,8 − 6,5"),
        ("Det är 0,3 mindre.", "0,3", "6,5 − 6,8"),
        ("Det är 104,6 %.", "104,6", "6,8 / 6,5"),
        ("Det är 13,3.", "13,3", "6,8 + 6,5"),
        ("En ökning med 4,6 %.", "4,6", "(6,8 − 6,5) / 6,5"),
    ],
)
def test_sum_that_is_right(text: str, value: str, formula: str) -> None:
    """A difference, share, sum or growth that makes its value again from figures in the quote is said."""
    assert kept(text, 0, sums=(Sum(value, formula),))


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        ("0,4", "6,8 − 6,5"),
        ("104,8", "6,8 / 6,5"),
        ("13,4", "6,8 + 6,5"),
        ("5,6", "(6,8 − 6,5) / 6,5"),
        ("0", "6,8 / 0"),
        ("44,2", "6,8 * 6,5"),
        ("6,8", "6,8"),
        ("", "6,8 − 6,5"),
        ("0,3", "många − få"),
    ],
)
def test_sum_that_is_wrong(value: str, formula: str) -> None:
    """A formula that does not make its value, or is none, drops the statement."""
    assert not kept(f"Det är {value}.", 0, sums=(Sum(value, formula),))


@pytest.mark.parametrize(
    "formula",
    [
        "1\u2009390,0 − 1\u202f190,0",
        "1\u00a0390,0 − 1 190,0",
    ],
)
def test_sum_with_thin_spaces(formula: str) -> None:
    """Any white space between thousands is read in a formula."""
    assert kept("Det är 200,0 mer.", 2, sums=(Sum("200,0 mnkr", formula),))


def test_sum_with_a_digit_in_its_unit() -> None:
    """A unit with a digit in it is no part of the value."""
    assert kept("Det är 0,3 kg CO2e mer.", 0, sums=(Sum("0,3 kg CO2e", "6,8 − 6,5"),), labels=("CO2e",))


@pytest.mark.parametrize(
    ("value", "formula"), [("100,0", "500,0 − 400,0"), ("0,3", "9,1 − 8,8"), ("50,0", "6,8 / 13,6"), ("10", "3 + 7")]
)
def test_sum_of_figures_that_are_not_there(value: str, formula: str) -> None:
    """A sum that is right, of figures that don't stand in the quote, is not said."""
    assert not kept(f"Det är {value}.", 0, sums=(Sum(value, formula),))


def test_count_of_what_is_not_there() -> None:
    """A count is no larger than what is cited for it."""
    assert not kept("Hamnen har 99 bryggor.", 0, sums=(Sum("99", ""),))


# Figures


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1 390,0", "1390.0"),
        ("1\u2009390,0", "1390.0"),
        ("24 000 st", "24000"),
        ("6,8 %", "6.8"),
        ("0,125", "0.125"),
        ("12 345 678", "12345678"),
    ],
)
def test_figures(text: str, whole: str) -> None:
    """A figure has one form, whatever its white space."""
    assert [number for number, _ in figures(text)] == [whole]


def test_no_figures() -> None:
    """Words have no figures, and a citation mark is none."""
    assert figures("Bryggan är ren [12].") == []


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=5), st.integers(0, 10**7), st.data())
def test_any_row_of_numbers(numbers: list[int], said: int, data: st.DataObject) -> None:
    """In a row of any whole numbers, with any spaces in their thousands, one of the row's is said, another not."""
    space = data.draw(st.sampled_from(["", "\u2009", "\u202f", "\u00a0", " "]))
    text = " | ".join(f"{number:,}".replace(",", space) for number in numbers)
    reference = Reference(0, Span(0, len(text)), "")

    def is_said(number: int) -> bool:
        statement = Statement(f"{number:,} st".replace(",", space), (reference,))
        return bool(verified(Draft((statement,), "lookup"), lambda _: text).statements)

    assert all(map(is_said, numbers))
    parts = {part for number in numbers for part in f"{number:,}".split(",")}
    if said not in numbers and f"{said}" not in parts:
        assert not is_said(said)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words(statement: str, quote: str) -> None:
    """Any statement on any quote is judged without an error, and kept only where its runs of digits are the quote's."""
    drafted = Draft((Statement(statement, (Reference(0, Span(0, len(quote)), ""),)),), "extract")
    if verified(drafted, lambda _: quote).statements:
        months = {f"{n}" for n in range(1, 13)} | {f"{n:02}" for n in range(1, 13)}
        bare = re.sub(r"\[\d+\]", "", statement)
        assert quote.strip()
        joined = re.sub(r"\s", "", quote)
        assert all(run in joined or run in months for run in re.findall(r"\d+", bare))


# Real answers

FIGURE = re.compile(r"\d{4}-\d{2}-\d{2}|(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True)
class Said:
    """A statement that the sample plans answer a question with, and how it was verified."""

    statement: Statement
    text_of: Callable[[int], str]
    given: tuple[str, ...]

    def kept(self, text: str) -> bool:
        """Whether the same sources would support another text."""
        draft = Draft((replace(self.statement, text=text),), "lookup")
        return bool(verified(draft, self.text_of, self.given).statements)

    def sources(self) -> str:
        """Every word that the statement may take a figure from."""
        spans = [(self.text_of(r.document), r.span) for r in self.statement.support]
        sums = [word for s in self.statement.computed for word in (s.value, s.formula)]
        return " | ".join([*(text[s.start : s.end] for text, s in spans), *self.statement.labels, *self.given, *sums])


@cache
def real() -> tuple[Said, ...]:
    """Every statement with a figure that the questions of the end-to-end tests are answered with."""
    found: list[Said] = []

    def record(draft: Draft, text_of: Callable[[int], str], given: Iterable[str] = ()) -> Draft:
        names = tuple(given)
        kept = verified(draft, text_of, names)
        found.extend(Said(s, text_of, names) for s in kept.statements if re.search(r"\d", s.text))
        return kept

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.citing.verified", record)
        answerer = Answerer(library(), LEXICON, lambda: TODAY)
        for question in EVERY:
            answerer.answer(question, (), HOME)
    return tuple(found)


def bare(figure: str) -> str:
    return re.sub(r"\s", "", figure)


@cache
def known(said: Said) -> set[str]:
    """The figures that the sources have, each whole: read alone, or as part of a row's numbers."""
    whole = {bare(found) for found in FIGURE.findall(said.sources())}
    return whole.union(re.findall(r"(?<![\d,.-])\d+(?:,\d+)?(?![\d,-])", said.sources()))


def mutations(said: Said) -> Iterator[tuple[str, str, str]]:
    """The statement with each of its digits changed to each other: the text, and the figure before and after."""
    text = said.statement.text
    for found in FIGURE.finditer(text):
        for at in range(found.start(), found.end()):
            if text[at].isdigit():
                for digit in "0123456789".replace(text[at], ""):
                    changed = text[:at] + digit + text[at + 1 :]
                    yield changed, found.group(), changed[found.start() : found.end()]


def test_there_are_real_statements() -> None:
    """The sample plans' answers have figures to change, of every kind."""
    kinds = {kind for said in real() for kind in (bool(said.statement.computed), bool(said.statement.labels))}
    assert len(real()) > 30
    assert kinds == {True, False}
    assert all(said.kept(said.statement.text) for said in real())


def unnoticed(dates: bool) -> list[str]:
    """The changed figures of real answers that the verifier lets through, though no source has them."""
    return [
        f"{before} → {after}: {said.statement.text[:60]}"
        for said in real()
        for text, before, after in mutations(said)
        if ("-" in before) == dates and bare(after) not in known(said) and said.kept(text)
    ]


def test_changed_number_in_a_real_answer() -> None:
    """No digit of a number in a real answer can be changed, unless the source has that number too."""
    assert unnoticed(dates=False) == []


def test_changed_date_in_a_real_answer() -> None:
    """No digit of a date in a real answer can be changed, unless the source has that date too."""
    assert unnoticed(dates=True) == []


@given(st.data())
def test_any_number_in_a_real_answer(data: st.DataObject) -> None:
    """A number in a real answer can't be replaced by any other that its sources don't have."""
    said = data.draw(st.sampled_from(real()))
    found = data.draw(st.sampled_from(list(FIGURE.finditer(said.statement.text))))
    number = data.draw(st.from_regex(r"[1-9]\d{0,5}(,\d{1,2})?", fullmatch=True))
    text = said.statement.text[: found.start()] + number + said.statement.text[found.end() :]
    if not any(part in bare(said.sources()) for part in number.split(",")):
        assert not said.kept(text)


# Quotes


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotable(text, [Span(0, len(text))])]


def test_short_quote() -> None:
    """A quote of 800 characters stays whole."""
    text = "x" * LONGEST_QUOTE
    assert LONGEST_QUOTE == 800
    assert pieces(text) == [text]


def test_long_quote() -> None:
    """A longer one is cut at the end of a line or sentence into quotes that have all its words."""
    text = "Kajen ska sopas varje vecka om året.\n" * 60
    found = pieces(text)
    assert all(len(piece) <= LONGEST_QUOTE for piece in found)
    assert all(piece.strip().startswith("Kajen") and piece.strip().endswith("året.") for piece in found)
    assert " ".join(found).split() == text.split()


def test_blank_quote() -> None:
    """White space is no quote."""
    assert pieces(" \n ") == []


WORDS = st.lists(st.text(st.sampled_from("abö1.,"), min_size=1, max_size=40), min_size=1, max_size=120)


@given(WORDS, st.sampled_from([" ", "\n", " \n\n", ". "]))
def test_any_quote(words: list[str], space: str) -> None:
    """Any words are cut into quotes of at most 800 characters, in order, that leave nothing but white space out."""
    text = space.join(words)
    at = 0
    for span in quotable(text, [Span(0, len(text))]):
        assert at <= span.start < span.end <= span.start + LONGEST_QUOTE
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["x" * 801, "Kajen " + "x" * 900, "kaj\u00a0" * 300])
def test_quote_without_a_space(text: str) -> None:
    """Words without a plain space are cut all the same."""
    assert all(0 < len(piece) <= LONGEST_QUOTE for piece in pieces(text))
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


def test_lone_zero_before_three_digits() -> None:
    """A cell of 0 before one of three digits is a figure by itself, and so is the other."""
    row = "Kajer 380 0 350"
    for said, kept in (("Netto 350 tkr (0, 380).", True), ("Netto 0.", True), ("Netto 38.", False)):
        support = (Reference(0, Span(0, len(row)), "", "Budget", "Kajer", "Netto"),)
        assert bool(verified(Draft((Statement(said, support),), "lookup"), lambda _: row).statements) is kept, said


def test_thin_spaces_within_a_rows_cells() -> None:
    """Cells with thin spaces in their thousands, side by side, are each read as the figure they are."""
    row = "Kajer 24\u2009600 158\u2009900 134\u2009300"
    for said, kept in (("Netto 134 300 tkr.", True), ("Netto 134\u2009300.", True), ("Netto 900 134 tkr.", False)):
        support = (Reference(0, Span(0, len(row)), "", "Budget", "Kajer", "Netto"),)
        draft = Draft((Statement(said, support),), "lookup")
        assert bool(verified(draft, lambda _: row).statements) is kept, said


def test_minus_before_one_of_several_figures_side_by_side() -> None:
    """A minus in a row belongs to the figure that begins there, wherever that is taken to end, and to no other."""
    row = "Kajer 46 250 -45 800 450 0"
    for said, kept in (("Intäkter -45 800 tkr.", True), ("Netto 450 tkr.", True), ("Netto -450 tkr.", False)):
        support = (Reference(0, Span(0, len(row)), "", "Budget", "Kajer", "Netto"),)
        draft = Draft((Statement(said, support),), "lookup")
        assert bool(verified(draft, lambda _: row).statements) is kept, said
