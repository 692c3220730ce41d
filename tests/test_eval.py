"""The measure of answers: what counts as right, as cited, as said without support, and the command that takes it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES, Command

from bot.evaluating import share
from ingest.plan import Description, Indicator, Origin, Plan, TableCell, TableRow
from ingest.source import Span
from retrieval.evidence.answer_types import Answer, Citation, Computed
from retrieval.grading import Gold, Grade, grade, is_document, says, squashed

TEXT = "Vi har nio bryggor. Antal livbojar 40 st 45 st År\nBryggor 1 014 500 kr 813 700 kr\n"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


LIVBOJAR, BRYGGOR = "Antal livbojar 40 st 45 st År", "Bryggor 1 014 500 kr 813 700 kr"
PLAN = Plan(
    Description("Hamnplan"),
    TEXT,
    indicators=(Indicator("Antal livbojar", "40 st", "45 st", "År", None, Origin(None, (span(LIVBOJAR),))),),
    rows=(
        TableRow(
            "budget",
            "Hamnen",
            "Bryggor",
            None,
            (
                TableCell("VP 2031", 2031, "kr", "1 014 500 kr", None, None),
                TableCell("VP 2030", 2030, "kr", "813 700 kr", None, None),
            ),
            Origin(None, (span(BRYGGOR),)),
        ),
    ),
)
TARGET = Citation(1, "hamn.txt", "Mål 3", None, None, LIVBOJAR, "Indikatorer", "Antal livbojar", "Årsmål")
MONEY = Citation(1, "hamn.txt", "Ekonomi", None, None, BRYGGOR, "Hamnen", "Bryggor", "VP 2031")
PROSE = Citation(1, "hamn.txt", "Om", None, None, "Vi har nio bryggor.")
GOLD = Gold(
    "a", "indicator", "sv", "Hur många livbojar ska vi ha?", ("hamn.txt",), (("40", "fyrtio"),), (), (LIVBOJAR,)
)
ANSWER = Answer("Årsmålet är 40 st. [1]", "sv", False, "lookup", (TARGET,), plan="Hamnen, plan 2031")


def graded(gold: Gold = GOLD, answer: Answer = ANSWER) -> Grade:
    return grade(gold, answer, {"hamn.txt": squashed(TEXT)}, {"hamn.txt": PLAN})


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("det är 9 %", "9 procent"),
        ("9\u00a0% av alla", "9 %"),
        ("klart 31 december 2031", "2031-12-31"),
        ("klart den 31:a, alltså 31 dec", "12-31"),
        ("by December 31st, 2031", "31 december"),
        ("2031-01-31", "31 januari"),
        ("2\u202f415,7 mnkr", "2 415,7"),
        ("under 2031–2032", "2031"),
        ("äldreomsorgen", "omsorg"),
        ("TIO personer", "tio"),
    ],
)
def test_says(answer: str, wanted: str) -> None:
    """The same number, date, share or word written another way is said."""
    assert says(answer, wanted)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("19 %", "9 %"),
        ("3,9", "9"),
        ("9,5", "9"),
        ("1 340 st", "340"),
        ("340 000", "340"),
        ("2031-12-31", "30 december"),
        ("31 december 2030", "2031-12-31"),
        ("organisation", "tio"),
        ("1-14", "14"),
    ],
)
def test_does_not_say(answer: str, wanted: str) -> None:
    """A number inside another, another day, or a short word inside a longer one is not said."""
    assert not says(answer, wanted)


def test_faultless() -> None:
    """A right answer that cites its cell has nothing against it."""
    found = graded()
    assert found.faultless
    assert (found.right, found.cited, found.verbatim, found.cell, found.unsupported) == (True, True, True, True, ())
    assert found.why == ()


def test_wrong() -> None:
    """What is not said, what must not be said and what is too long make an answer wrong, and each is told."""
    assert graded(answer=replace(ANSWER, answer="Årsmålet är 45 st. [1]")).why == ("missing 40",)
    assert graded(replace(GOLD, forbid=("40 st",))).why == ("says 40 st",)
    long = graded(answer=replace(ANSWER, answer=ANSWER.answer + " hej" * 300))
    assert not long.right
    assert graded(replace(GOLD, kind="list"), replace(ANSWER, answer=ANSWER.answer + " hej" * 300)).right
    assert "over 800" in long.why[0]
    abstained = graded(answer=Answer("Det står inte i planen.", "sv", True, None))
    assert (abstained.right, abstained.cited, abstained.cell) == (False, False, None)


def test_cited() -> None:
    """Evidence counts from the right document, from a short quote, and from one that says all by itself."""
    assert not graded(replace(GOLD, documents=("annan.txt",))).cited
    elsewhere = graded(replace(GOLD, evidence=("Fyrtio bojar hänger på kajen hela sommaren.",)))
    assert elsewhere.cited  # the quote says 40 itself
    assert not graded(replace(GOLD, expect=(("livboj",), ("kajen",)), evidence=("livbojar på kajen",))).cited
    assert graded(replace(GOLD, documents=("hamn.txt", "annan.txt"))).cited is False
    late = replace(TARGET, n=11)
    assert not graded(answer=replace(ANSWER, citations=(late,))).cited


def test_verbatim() -> None:
    """A quote stands in its document but for white space and hyphens; any other word is caught."""
    broken = replace(TARGET, quote="Antal liv-\nbojar 40 st 45 st År")
    assert graded(answer=replace(ANSWER, citations=(broken,))).verbatim
    false = replace(TARGET, quote="Antal livbojar 41 st 45 st År")
    found = graded(answer=replace(ANSWER, citations=(false,)))
    assert not found.verbatim
    assert not found.cited
    assert not graded(answer=replace(ANSWER, citations=(replace(TARGET, quote=" "),))).verbatim


def test_unanswerable() -> None:
    """A question that the plans don't answer is right when the answer says so."""
    gold = replace(GOLD, expect=(), documents=(), evidence=())
    said = graded(gold, Answer("Det står inte i planen (Hamnen, plan 2031).", "sv", True, None))
    assert (said.right, said.cited, said.faultless) == (True, None, True)
    guessed = graded(gold)
    assert not guessed.right
    assert guessed.why == ("answered what the plans do not say",)


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("Årsmålet 2031 är 40 st. [1]\nKälla: Hamnen, plan 2031", ()),
        ("Årsmålet är 41 st. [1]", ("41",)),
        ("Av 40 finns 2 (1) kvar. [1]", ("2", "1")),
        ("40, inte 4 eller 0,40. [1]", ("4", "0,40")),
    ],
)
def test_unsupported_numbers(text: str, unsupported: tuple[str, ...]) -> None:
    """A number that stands in no cited quote, nor in the plan's name, is told."""
    assert graded(answer=replace(ANSWER, answer=text)).unsupported == unsupported


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("Bryggor: VP 2031 1\u202f014\u202f500 kr (VP 2030 813 700 kr). [1]", ()),
        ("Det är 200 800 kr mer. [1]", ()),
        ("Det är 814 tkr. [1]", ("814",)),
    ],
)
def test_supported_by_a_row_or_a_sum(text: str, unsupported: tuple[str, ...]) -> None:
    """A row's cells and headers and what was computed support a number, however its thousands are parted."""
    made = Computed("200 800 kr", "1 014 500 − 813 700", (1,))
    answer = replace(ANSWER, answer=text, citations=(MONEY,), computed=(made,))
    assert graded(answer=answer).unsupported == unsupported


def test_cell() -> None:
    """The cell cited by table, row and column is looked up: another column of the same row is wrong."""
    council = replace(TARGET, column="KF:s årsmål")
    assert graded(answer=replace(ANSWER, citations=(council,))).cell is False
    money = replace(GOLD, expect=(("1 014 500",),))
    assert graded(money, replace(ANSWER, citations=(MONEY,))).cell
    assert graded(money, replace(ANSWER, citations=(replace(MONEY, column="VP 2030"),))).cell is False
    assert graded(money, replace(ANSWER, citations=(replace(MONEY, row="Kajer"),))).cell is False
    assert graded(answer=replace(ANSWER, citations=(PROSE,))).cell is None
    made = Computed("200 800", "1 014 500 − 813 700", (1,))
    difference = replace(GOLD, expect=(("200 800",),))
    assert graded(difference, replace(ANSWER, citations=(MONEY,), computed=(made,))).cell


def test_language() -> None:
    """An answer is in the question's language around the plan's own words, which are quoted or name what is cited."""
    english = replace(GOLD, language="en")
    assert not graded(english).same_language
    quoted = replace(ANSWER, language="en", answer="The target for “Antal livbojar i hamnen och på kajen” is 40. [1]")
    assert graded(english, quoted).same_language
    copied = replace(quoted, answer="Årsmålet för antalet livbojar i hamnen och på kajen är 40. [1]")
    assert graded(english, copied).why == ("not in the question's language",)
    named = replace(quoted, answer="Antal livbojar (Indikatorer): target 40, per år. [1]")
    assert graded(english, named).same_language


def test_document_names() -> None:
    """A document is named by its path, its file name or the three digits it begins with."""
    assert is_document("001", "001-plan.txt")
    assert is_document("001", "2031/001-plan.txt")
    assert is_document("plan.txt", "2031/plan.txt")
    assert is_document("2031/plan.txt", "2031/plan.txt")
    assert not is_document("001", "0012-plan.txt"[1:])
    assert not is_document("plan", "plan.txt")


def test_share() -> None:
    """A share has its interval, the same each time; of nothing there is none."""
    found = share([True] * 80 + [False] * 20)
    assert (found["share"], found["of"]) == (0.8, 100)
    assert 0.70 <= found["low"] <= 0.74
    assert 0.86 <= found["high"] <= 0.89
    assert found == share([True] * 80 + [False] * 20)
    assert share([])["share"] is None


# The command

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "netto",
        "type": "budget",
        "lang": "sv",
        "question": "Vad är nettobudgeten för förskolan?",
        "scope": {"organisation": "Norrsjö", "year": 2025},
        "doc": "verksamhetsplan-2025-norrsjo.txt",
        "expect": [["281,3"]],
        "evidence": ["Förskola 301,2 19,9 281,3 278,7 271,2"],
    },
    {
        "id": "unknown",
        "type": "unanswerable",
        "question": "Vad är målet för förskolan i Norrby kommun?",
        "doc": None,
        "expect": [],
    },
    {"id": "wrong", "type": "budget", "question": "Vad är nettobudgeten för förskolan?", "expect": [["999,9"]]},
]


def written(tmp_path: Path, *questions: object) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)))
    return file


def test_measured(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """Questions are asked and graded, in total, by kind and by language, as one JSON object."""
    ran = plansvar("eval", written(tmp_path, *QUESTIONS), "--json", "--failures")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert found["questions"] == 3
    assert (found["right_and_cited"]["share"], found["right_and_cited"]["of"]) == (0.5, 2)
    assert found["abstains_when_it_should"]["share"] == 1.0
    assert found["verbatim"]["share"] == 1.0
    assert set(found["by_kind"]) == {"budget", "unanswerable"}
    assert found["by_kind"]["budget"]["of"] == 2
    assert found["by_language"]["sv"]["of"] == 3
    assert 0 < found["seconds_median"] <= found["seconds_p95"]
    assert [each["id"] for each in found["failures"]] == ["wrong"]
    assert "missing 999,9" in found["failures"][0]["why"]


def test_measured_for_a_person(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """The figures are printed with their intervals, failures above them when asked for."""
    file = written(tmp_path, *QUESTIONS)
    ran = plansvar("eval", file, "--failures")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("wrong  Vad är nettobudgeten för förskolan?\n    missing 999,9\n")
    assert re.search(r"^budget +50\.0 % \(0–100\) +2$", ran.out, re.MULTILINE)
    assert "right row and column" in ran.out
    assert not plansvar("eval", file).out.startswith("wrong")


def test_texts_of_ones_own(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """With --plans quotes are looked for in the files there: one that lacks the words is found out."""
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copy(SAMPLES / "verksamhetsplan-2025-norrsjo.txt", folder)
    file = written(tmp_path, QUESTIONS[0])
    whole = json.loads(plansvar("eval", file, "--plans", folder, "--json").out)
    (folder / "verksamhetsplan-2025-norrsjo.txt").write_text("annat")
    other = json.loads(plansvar("eval", file, "--plans", folder, "--json").out)
    assert (whole["verbatim"]["share"], whole["right_and_cited"]["share"]) == (1.0, 1.0)
    assert (other["verbatim"]["share"], other["right_and_cited"]["share"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "no questions"),
        ('{"question": "hej", "expect": []}\nnonsense', "questions.jsonl, line 2: "),
        ('{"question": "hej", "expect": "40"}', '"expect" should be'),
        ('{"question": "hej", "expect": [[40]]}', '"expect" should be'),
        ('{"question": "hej", "forbid": [40]}', '"forbid" should be'),
        ('{"question": "", "expect": []}', "line 1: "),
    ],
)
def test_unusable_questions(plansvar: Command, samples: Path, tmp_path: Path, lines: str, says: str) -> None:
    """A file that can't be used is one line that names the file, the line and what is wrong."""
    file = tmp_path / "questions.jsonl"
    file.write_text(lines)
    ran = plansvar("eval", file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert says in ran.err


def test_unusable_folder(plansvar: Command, samples: Path, tmp_path: Path) -> None:
    """A folder without texts is told before anything is asked."""
    (tmp_path / "empty").mkdir()
    ran = plansvar("eval", written(tmp_path, *QUESTIONS), "--plans", tmp_path / "empty")
    assert (ran.code, ran.out) == (2, "")
    assert "no .txt files" in ran.err
