"""What is read from the sample plans, in all four formats, against their answer keys: every cell of every table."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES, sample

from ingest.ladder import is_rubric
from ingest.plan import Activity, Indicator, Plan, TableRow, Unplaced

KEYS = sorted((SAMPLES / "expected").glob("*.json"))
FILES = [
    pytest.param(file, key, id=file.name, marks=[pytest.mark.slow] if "borderless" in file.name else [])
    for key in KEYS
    for file in sorted(SAMPLES.glob(f"{key.stem}*"))
    if file.suffix in (".pdf", ".docx", ".txt")
]
every_sample = pytest.mark.parametrize(("file", "key"), FILES)


@cache
def answers(key: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(key.read_text(encoding="utf-8"))
    return found


def plain(words: str | None) -> str | None:
    """With plain spaces, as the key has them: files set other spaces between thousands."""
    return None if words is None else " ".join(words.split())


def test_there_are_samples_in_four_formats() -> None:
    """Each plan is there as text, Word, and PDF with and without rules."""
    assert len(FILES) == 4 * len(KEYS) > 0


@every_sample
def test_indicators_are_the_keys(file: Path, key: Path) -> None:
    """Every indicator is read once, in order, with its targets, period and comment as written."""
    read = [(i.name, i.target, i.council_target, i.period, i.comment) for i in sample(file).indicators]
    names = ("name", "target", "council_target", "period", "comment")
    assert [tuple(map(plain, each)) for each in read] == [
        tuple(each[name] for name in names) for each in answers(key)["indicators"]
    ]


@every_sample
def test_activities_are_the_keys(file: Path, key: Path) -> None:
    """Every activity is read once, in order, with its dates and those it makes responsible."""
    read = [
        (
            plain(a.text),
            a.start and a.start.isoformat(),
            a.end and a.end.isoformat(),
            [body.lower() for body in a.responsible],
        )
        for a in sample(file).activities
    ]
    assert read == [
        (a["text"], a["start"], a["end"], [body.lower() for body in a["responsible"]])
        for a in answers(key)["activities"]
    ]


@every_sample
def test_rows_are_the_keys(file: Path, key: Path) -> None:
    """Every row of every other table is read once, in order, each cell under its column, year and unit."""
    read = [
        {
            "kind": row.kind,
            "table": row.table,
            "row": plain(row.row),
            "parent": row.parent,
            "columns": [
                {"column": c.column, "year": c.year, "unit": c.unit, "written": plain(c.written)} for c in row.cells
            ],
        }
        for row in sample(file).rows
    ]
    assert read == [{name: row[name] for name in row if name != "section"} for row in answers(key)["rows"]]


@every_sample
def test_numbers_are_what_is_written(file: Path, key: Path) -> None:
    """A cell's number is what its digits say."""
    for row in sample(file).rows:
        for cell in row.cells:
            if cell.number is not None:
                assert cell.written is not None
                digits = "".join(c for c in cell.written if c.isdigit() or c == ",").replace(",", ".")
                assert f"{abs(cell.number)}" == digits


@every_sample
def test_the_outline_is_the_keys(file: Path, key: Path) -> None:
    """Every heading is found, with its label and number, and nothing else is taken for one."""
    read = [(section.label, section.number, section.title.rstrip(".")) for section in sample(file).sections]
    assert read == [
        (heading["label"], heading["number"].rstrip("."), heading["title"].rstrip("."))
        for heading in answers(key)["outline"]
    ]


@every_sample
def test_facts_stand_in_the_keys_sections(file: Path, key: Path) -> None:
    """Every fact has the section path it stands under, whether the format marks levels or not.

    A goal's tables stand below its text, whose last heading they do not belong to: there the key, which tells where
    a table was set, is read down to the goal.
    """
    read = sample(file)
    labels = {heading["path"]: heading["label"] for heading in answers(key)["outline"]}
    for kind, facts in (("indicators", read.indicators), ("activities", read.activities), ("rows", read.rows)):
        paths = [read.path(fact.origin.section).replace(".", "") for fact in facts]
        wanted = [each["section"] if kind == "rows" else goal(each["section"], labels) for each in answers(key)[kind]]
        assert paths == [path.replace(".", "") for path in wanted]


def goal(path: str, labels: dict[str, str]) -> str:
    """The path without the plain headings below its goal, rubrics not counted."""
    above, _, last = path.rpartition(" › ")
    return goal(above, labels) if above and not labels[path] and not is_rubric(last) else path


@every_sample
def test_headings_nest_as_the_keys(file: Path, key: Path) -> None:
    """Where the format tells styles or sizes, every heading has the path of the key."""
    if file.suffix == ".txt":
        pytest.skip("text tells no levels but those of the goal ladder and of known headings")
    read = sample(file)
    paths = [read.path(n).replace(".", "") for n in range(len(read.sections))]
    assert paths == [heading["path"].replace(".", "") for heading in answers(key)["outline"]]


@every_sample
def test_nothing_is_left_unplaced(file: Path, key: Path) -> None:
    """Every word of the document belongs to something that was read."""
    left: tuple[Unplaced, ...] = sample(file).unplaced
    assert [(u.reason, sample(file).text[u.span.start : u.span.end]) for u in left] == []


@every_sample
def test_spans_cut_words_and_never_each_other(file: Path, key: Path) -> None:
    """Each origin cuts text that is not blank, and no two facts hold the same words."""
    read = sample(file)
    assert_spans_hold(read)


def assert_spans_hold(read: Plan) -> None:
    """All spans of a plan cut non-blank text without white space at its edges; those of facts don't overlap."""
    facts: list[Indicator | Activity | TableRow] = [*read.indicators, *read.activities, *read.rows]
    spans = sorted(span for fact in facts for span in fact.origin.spans)
    for span in [*spans, *(span for passage in read.passages for span in passage.origin.spans)]:
        words = read.text[span.start : span.end]
        assert words.strip() == words != ""
    assert all(fact.origin.spans for fact in facts)
    for before, after in pairwise(spans):
        assert before.end <= after.start, read.text[before.start : after.end]
    for row in read.rows:
        for cell in row.cells:
            if cell.span is not None:
                assert any(s.start <= cell.span.start and cell.span.end <= s.end for s in row.origin.spans)


@every_sample
def test_a_document_says_what_it_is(file: Path, key: Path) -> None:
    """Title, organisation, year, status, day of decision and reference are read wherever the file tells them."""
    read, wanted = sample(file).description, answers(key)["description"]
    assert read.organisation is not None
    assert read.organisation in wanted["organisation"]
    assert read.period is not None
    assert read.period.start.year == read.period.end.year == wanted["year"]
    if wanted["reference"] not in sample(file).text:
        return  # the text of one plan begins after its title page
    assert read.title == wanted["title"]
    assert read.status == wanted["status"]
    assert (read.decided and read.decided.isoformat()) == wanted["decided"]
    assert read.reference == wanted["reference"]
