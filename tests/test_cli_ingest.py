"""The commands that put plans in and show them, as they are typed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import PLAN_TEXT, Command, Ran
from test_index import wide

import bot.ingesting
from bot.facts import COLUMNS, KINDS
from ingest.plan import Plan
from ingest.read import read_plan
from retrieval.store.index import Index

ROOT = Path(__file__).parents[1]
FIELDS = (
    "document title organisation unit period status pages sections passages indicators activities budget rows embedded"
)


INGEST = """
import sys
from bot.cli import run
assert run(["ingest", *sys.argv[1:]]) == 0
print(*sorted({"chromadb", "onnxruntime", "httpx"} & sys.modules.keys()))
"""


@pytest.fixture
def wide_plan(home: Path) -> Plan:
    """A plan with every kind of fact, stored as wide.txt."""
    home.mkdir()
    index = Index(f"sqlite:///{home / 'plans.db'}")
    index.store("wide.txt", wide(), "d")
    index.close()
    return wide()


def lines(ran: Ran) -> list[dict[str, Any]]:
    assert (ran.code, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


def refused(ran: Ran) -> str:
    """The one line on stderr of a command that ended with 2."""
    assert ran.code == 2
    assert ran.err.startswith("plansvar: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_read_in_and_listed(plansvar: Command, plan_file: Path) -> None:
    """A file read in is reported with what was found in it, and listed with the fields of the contract."""
    ran = plansvar("ingest", plan_file)
    assert (ran.code, ran.err) == (0, "")
    assert "fiskhamnen-2031.txt" in ran.out
    (listed,) = lines(plansvar("documents", "--json"))
    assert list(listed) == FIELDS.split()
    assert listed["document"] == "fiskhamnen-2031.txt"
    assert (listed["period"], listed["embedded"], listed["pages"]) == ("2031", True, 0)
    assert listed["indicators"] == 2
    assert "fiskhamnen-2031.txt" in plansvar("documents").out


def test_text(plansvar: Command, plan_file: Path) -> None:
    """The text is printed as it is stored, with nothing added, and by its name in any composition of letters."""
    plan_file = plan_file.rename(plan_file.with_name("Fiskhamnen Ö.txt"))
    plansvar("ingest", "--no-embed", plan_file)
    assert plansvar("documents", "text", "Fiskhamnen O\u0308.txt") == (0, PLAN_TEXT, "")


def test_unchanged_is_skipped(plansvar: Command, plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is read again only when it changed, or when the code that reads it did."""

    def outcome() -> str:
        ran = plansvar("ingest", "--no-embed", plan_file)
        return next(line for line in ran.out.splitlines() if plan_file.name in line).split("│")[2].strip()

    assert outcome() == "read"
    assert outcome() == "unchanged"
    plan_file.write_text(PLAN_TEXT + "\nHamnen är öppen.\n", encoding="utf-8")
    assert outcome() == "replaced"
    monkeypatch.setattr(bot.ingesting, "READER", "another")
    assert outcome() == "replaced"
    assert outcome() == "unchanged"
    assert len(lines(plansvar("documents", "--json"))) == 1


def test_unchanged_needs_no_chroma(plansvar: Command, home: Path, plan_file: Path) -> None:
    """Where all is embedded, what talks to Chroma and what embeds is not even imported, as it takes longest of all; a
    folder of Chroma's that was deleted meanwhile is filled again, without embedding."""

    def imported() -> list[str]:
        command = [sys.executable, "-c", INGEST, str(plan_file)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return ran.stdout.splitlines()[-1].split()

    assert plansvar("ingest", plan_file).code == 0
    assert {"chromadb", "onnxruntime"} <= sys.modules.keys()  # what is looked for is what it takes
    assert imported() == []
    shutil.rmtree(home / "chroma")
    after = imported()
    assert "chromadb" in after
    assert "onnxruntime" not in after
    assert imported() == []


def test_said_of_a_file(plansvar: Command, plan_file: Path) -> None:
    """What the user says of a file wins over what was read, lasts while the file is the same, and goes with it."""
    plansvar("ingest", "--no-embed", plan_file)
    plansvar("ingest", "--no-embed", plan_file, "--organisation", "Hamnstaden", "--year", "2032", "--status", "adopted")
    plansvar("ingest", "--no-embed", plan_file, "--unit", "Kajenheten", "--title", "Planen")
    (said,) = lines(plansvar("documents", "--json"))
    fields = ("title", "organisation", "unit", "period", "status")
    assert [said[name] for name in fields] == ["Planen", "Hamnstaden", "Kajenheten", "2032", "adopted"]
    plan_file.write_text(PLAN_TEXT + "\nHamnen är öppen.\n", encoding="utf-8")
    plansvar("ingest", "--no-embed", plan_file)
    (read,) = lines(plansvar("documents", "--json"))
    assert (read["period"], read["unit"]) == ("2031", None)


def test_folder(plansvar: Command, tmp_path: Path) -> None:
    """In a folder a document is called by its path there, and what is not read is reported without failing."""
    (tmp_path / "plans" / "2031").mkdir(parents=True)
    (tmp_path / "plans" / "2031" / "a.txt").write_text(PLAN_TEXT)
    (tmp_path / "plans" / "b.txt").write_text(PLAN_TEXT)
    (tmp_path / "plans" / "karta.png").write_bytes(b"\x89PNG")
    ran = plansvar("ingest", "--no-embed", tmp_path / "plans")
    assert ran.code == 0
    assert any("karta.png" in line and "not read" in line for line in ran.out.splitlines())
    assert [each["document"] for each in lines(plansvar("documents", "--json"))] == ["2031/a.txt", "b.txt"]


def test_nothing_is_deleted(plansvar: Command, tmp_path: Path) -> None:
    """A file that is gone from a folder stays among the documents until it is removed."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PLAN_TEXT)
    plansvar("ingest", "--no-embed", folder)
    (folder / "a.txt").unlink()
    plansvar("ingest", "--no-embed", folder)
    assert [each["document"] for each in lines(plansvar("documents", "--json"))] == ["a.txt", "b.txt"]
    assert plansvar("documents", "remove", "a.txt").code == 0
    assert [each["document"] for each in lines(plansvar("documents", "--json"))] == ["b.txt"]


def test_a_bad_file_does_not_stop_the_rest(plansvar: Command, plan_file: Path, tmp_path: Path) -> None:
    """What can't be read is named on the one line, with the remedy, and everything else is read in."""
    bad = tmp_path / "a.pdf"
    bad.write_bytes(b"no PDF at all")
    ran = plansvar("ingest", "--no-embed", bad, tmp_path / "gone.txt", plan_file)
    line = refused(ran)
    assert str(tmp_path / "gone.txt") in line
    assert "a.pdf" in line
    assert "check the path" in line
    assert [each["document"] for each in lines(plansvar("documents", "--json"))] == [plan_file.name]


def test_a_fault_of_ours_does_not_stop_the_rest(
    plansvar: Command, plan_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that makes the reading fail in a way nobody thought of is named, and the others are read in."""
    cursed = tmp_path / "cursed.txt"
    cursed.write_text("x")

    def read(path: Path, name: str | None = None) -> Plan:
        if path == cursed:
            raise ZeroDivisionError("division\nby zero")
        return read_plan(path, name)

    monkeypatch.setattr(bot.ingesting, "read_plan", read)
    line = refused(plansvar("ingest", "--no-embed", cursed, plan_file))
    assert "cursed.txt: a fault in Plansvar (ZeroDivisionError: division by zero)" in line
    assert len(lines(plansvar("documents", "--json"))) == 1


def test_same_name_twice(plansvar: Command, tmp_path: Path) -> None:
    """Two files that would be called the same are not taken for two versions of one document."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(PLAN_TEXT)
    line = refused(plansvar("ingest", "--no-embed", tmp_path / "a", tmp_path / "b"))
    assert str(tmp_path / "b" / "plan.txt") in line
    assert "ingest the folder above them" in line


def test_empty_folder(plansvar: Command, tmp_path: Path) -> None:
    """A folder with nothing to read in it says which kinds are read."""
    (tmp_path / "empty").mkdir()
    assert ".docx" in refused(plansvar("ingest", tmp_path / "empty"))


def test_unknown_organisation_is_reported(plansvar: Command, tmp_path: Path) -> None:
    """A plan that doesn't say whose it is, or for when, is read in and the report says how to tell."""
    file = tmp_path / "plan.txt"
    file.write_text("Inledning\nHär står det som ska göras.\n")
    ran = plansvar("ingest", "--no-embed", file)
    assert "plan.txt: the organisation is unknown; give it with --organisation." in ran.out
    assert "plan.txt: the period is unknown; give it with --year." in ran.out


def test_shown(plansvar: Command, plan_file: Path) -> None:
    """With --show everything that was read is shown, also of a file that was read before."""
    plansvar("ingest", "--no-embed", plan_file)
    ran = plansvar("ingest", "--no-embed", "--show", plan_file)
    for words in ("Andel rena kajer", "Kajenheten ska måla alla bryggor", "Nämndmål Kajerna är rena och säkra"):
        assert words in ran.out


def test_facts_as_json(plansvar: Command, wide_plan: Plan) -> None:
    """Each fact is a line with its origin, its quote word for word, and the fields of its kind."""
    facts = lines(plansvar("facts", "--json"))
    origin = ["kind", "document", "section", "page", "quote"]
    fields = {
        "indicators": ["name", "target", "council_target", "outcomes", "period", "comment"],
        "activities": ["text", "responsible", "start", "end"],
        "budget": ["table", "row", "parent", "columns", "cells"],
        "rows": ["table", "row", "parent", "columns", "cells"],
    }
    assert [fact["kind"] for fact in facts] == ["indicators", "activities", "activities", "budget", "rows", "rows"]
    for fact in facts:
        assert list(fact) == origin + fields[fact["kind"]]
        assert fact["quote"] in wide_plan.text
        assert fact["page"] == 1
    indicator, activity, _, budget, _, _ = facts
    assert indicator["target"] == "98 %"
    assert activity["section"] == "Inledning › Nämndmål 1.2 Rena kajer"
    assert (activity["responsible"], activity["start"], activity["end"]) == (
        ["Kajenheten", "Hamnkontoret"],
        "2031-03-01",
        None,
    )
    assert budget["columns"] == {"VP 2031": "12,50", "VB 2029": None, "Andel": "0,1"}
    assert budget["cells"][0] == {"column": "VP 2031", "year": 2031, "unit": "mnkr", "written": "12,50", "number": 12.5}


def test_facts_of_a_kind_and_a_document(plansvar: Command, wide_plan: Plan, plan_file: Path) -> None:
    """Facts may be asked for by kind and by document."""
    plansvar("ingest", "--no-embed", plan_file)
    asked = ("facts", "--json", "--kind", "indicators", "--kind", "budget")
    assert [fact["kind"] for fact in lines(plansvar(*asked))] == ["indicators", "indicators", "indicators", "budget"]
    assert len(lines(plansvar(*asked, "--document", "wide.txt"))) == 2
    assert "no.txt" in refused(plansvar("facts", "--document", "no.txt"))
    assert "--kind" in refused(plansvar("facts", "--kind", "goals"))


def test_facts_shown(plansvar: Command, wide_plan: Plan) -> None:
    """Facts are shown as tables, for a table of the plan its own columns."""
    out = plansvar("facts").out
    assert "Andel rena kajer" in out
    assert "VP 2031" in out
    assert "Drift › Kajer" in out


def formula_plan() -> Plan:
    """A plan whose words a spreadsheet would run."""
    plan = wide()
    (indicator,) = plan.indicators
    cursed = tuple(replace(indicator, name=f"{sign}HYPERLINK(1)\x07", comment=" =1") for sign in ("=", "+", "-", "@"))
    return replace(plan, indicators=cursed)


def test_facts_as_csv(plansvar: Command, home: Path, tmp_path: Path) -> None:
    """CSV has a row for each fact, for a table row one a cell, and no cell that a spreadsheet would run."""
    home.mkdir()
    Index(f"sqlite:///{home / 'plans.db'}").store("wide.txt", formula_plan(), "d")
    file = tmp_path / "facts.csv"
    assert plansvar("facts", "--csv", file).code == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["kind"] for row in rows] == ["indicators"] * 4 + ["activities"] * 2 + ["budget"] * 3 + ["rows"] * 2
    assert [row["name"][:3] for row in rows[:4]] == ["'=H", "'+H", "'-H", "'@H"]
    assert (rows[6]["column"], rows[6]["written"], rows[6]["number"]) == ("VP 2031", "12,50", "12.5")
    assert not any((value or "").startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for value in row.values())


def test_facts_as_excel(plansvar: Command, home: Path, tmp_path: Path) -> None:
    """Excel has a sheet for each kind; numbers and dates are numbers and dates, and no text is a formula."""
    home.mkdir()
    Index(f"sqlite:///{home / 'plans.db'}").store("wide.txt", formula_plan(), "d")
    file = tmp_path / "facts.xlsx"
    assert plansvar("facts", "--xlsx", file).code == 0
    library: Any = openpyxl  # it has no types
    book = library.load_workbook(file)
    assert book.sheetnames == list(KINDS)
    for kind in KINDS:
        assert tuple(cell.value for cell in next(book[kind].rows)) == COLUMNS[kind]
    budget = [dict(zip(COLUMNS["budget"], row, strict=True)) for row in book["budget"].rows][1]
    assert (budget["number"].value, budget["number"].data_type, budget["page"].value) == (12.5, "n", 1)
    activity = dict(zip(COLUMNS["activities"], list(book["activities"].rows)[1], strict=True))
    assert activity["start"].is_date
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.rows for cell in row)


def test_one_form_at_a_time(plansvar: Command, tmp_path: Path) -> None:
    """Two forms of output at once are refused before anything is written."""
    refused(plansvar("facts", "--json", "--csv", tmp_path / "x.csv"))
    assert not (tmp_path / "x.csv").exists()


def test_unwritable_file(plansvar: Command, wide_plan: Plan, tmp_path: Path) -> None:
    """A file that can't be written is named."""
    assert str(tmp_path / "gone" / "x.csv") in refused(plansvar("facts", "--csv", tmp_path / "gone" / "x.csv"))


@pytest.mark.parametrize(
    "typed",
    [
        ["fact"],
        ["ingest"],
        ["ingest", "x", "--year", "21"],
        ["ingest", "x", "--status", "maybe"],
        ["documents", "remove"],
        ["documents", "remove", "no.txt"],
        ["documents", "text", "no.txt"],
        ["facts", "--nonsense"],
    ],
)
def test_mistyped(plansvar: Command, typed: list[str]) -> None:
    """A mistake is answered with one line."""
    refused(plansvar(*typed))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLANSVAR_TODAY", "igår"),
        ("PLANSVAR_EMBEDDER", "openai"),
        ("PLANSVAR_MODEL_URL", "http://x/v1"),
        ("PLANSVAR_DATABASE_URL", "hemlig"),
        ("PLANSVAR_EMBEDDER_TIMEOUT", "-1"),
    ],
)
def test_bad_setting(plansvar: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A setting that can't be used is named."""
    monkeypatch.setenv(name, value)
    assert name in refused(plansvar("documents"))


def test_broken_database(plansvar: Command, home: Path) -> None:
    """A database that is none is named, with the settings that tell where it is."""
    home.mkdir()
    (home / "plans.db").write_bytes(b"no database" * 500)
    line = refused(plansvar("documents"))
    assert str(home / "plans.db") in line
    assert "PLANSVAR_HOME" in line


def test_nothing_stored(plansvar: Command) -> None:
    """An empty index says how to fill it, and as JSON is empty."""
    assert "plansvar ingest PATH" in plansvar("documents").out
    assert "plansvar ingest PATH" in plansvar("facts").out
    assert plansvar("facts", "--json") == plansvar("documents", "--json") == (0, "", "")


def test_without_an_embedder(plansvar: Command, plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is to be embedded, plans are read in all the same, and `embed` says why it can't."""
    monkeypatch.setenv("PLANSVAR_EMBEDDER", "none")
    assert plansvar("ingest", plan_file).code == 0
    assert "PLANSVAR_EMBEDDER" in refused(plansvar("embed"))


def test_embedder_is_away(plansvar: Command, plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When vectors can't be made, the plan is stored, the culprit is named, and `embed` makes them later."""
    monkeypatch.setenv("PLANSVAR_EMBEDDER", "openai")
    monkeypatch.setenv("PLANSVAR_EMBEDDER_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("PLANSVAR_EMBEDDER_MODEL", "m")
    monkeypatch.setattr("retrieval.store.endpoint._WAITS", ())
    assert "http://127.0.0.1:9" in refused(plansvar("ingest", plan_file))
    assert lines(plansvar("documents", "--json"))[0]["embedded"] is False
    monkeypatch.delenv("PLANSVAR_EMBEDDER")
    assert plansvar("embed").code == 0
    assert lines(plansvar("documents", "--json"))[0]["embedded"] is True


def test_chroma_is_away(plansvar: Command, plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Chroma all that answers need is made; it is named, by the doctor too, and `embed` fills it later."""
    monkeypatch.setenv("PLANSVAR_CHROMA_URL", "http://127.0.0.1:9")
    assert "http://127.0.0.1:9" in refused(plansvar("ingest", plan_file))
    assert lines(plansvar("documents", "--json"))[0]["embedded"] is True
    assert "http://127.0.0.1:9: " in plansvar("doctor").out
    monkeypatch.delenv("PLANSVAR_CHROMA_URL")
    assert "lacks 1 (fiskhamnen-2031.txt); run `plansvar embed`" in plansvar("doctor").out
    assert plansvar("embed").code == 0
    assert lines(plansvar("documents", "--json"))[0]["embedded"] is True


def test_doctor(plansvar: Command, plan_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor says what is configured and well, what leaves the machine, and what to do about the rest."""
    well = plansvar("doctor")
    assert well.code == 0
    assert str(home) in well.out
    assert "stays on this machine" in well.out
    assert "no model" in well.out
    plansvar("ingest", "--no-embed", plan_file)
    monkeypatch.setenv("PLANSVAR_MODEL_URL", "http://user:hemlig@127.0.0.1:9/v1")
    monkeypatch.setenv("PLANSVAR_MODEL_NAME", "m")
    monkeypatch.setenv("PLANSVAR_MODEL_KEY", "hemlig")
    monkeypatch.setenv("PLANSVAR_MODEL_TIMEOUT", "0.5")
    monkeypatch.setenv("PLANSVAR_ORGANISATION", "Fiskhamnen")
    ill = plansvar("doctor")
    refused(ill)
    assert "lacks 1 (fiskhamnen-2031.txt); run `plansvar embed`" in ill.out
    assert "http://127.0.0.1:9/v1: does not answer" in ill.out
    assert "“our” plan is Fiskhamnen" in ill.out
    assert "hemlig" not in ill.out + ill.err


def test_no_secret_in_repr(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings never show a key or a URL that may hold a password."""
    for name in ("EMBEDDER_KEY", "MODEL_KEY", "DATABASE_URL", "CHROMA_URL", "EMBEDDER_URL"):
        monkeypatch.setenv(f"PLANSVAR_{name}", "postgresql://u:hemlig@h/d")
    from bot.settings import read_settings

    assert "hemlig" not in repr(read_settings())


def test_swedish_and_english(home: Path) -> None:
    """The command speaks Swedish in a Swedish locale and English elsewhere, unless it is told."""

    def help_in(**environment: str) -> str:
        clean = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES", "PLANSVAR_LANGUAGE")}
        command = [sys.executable, "-m", "bot.cli", "--help"]
        done = subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, check=True)
        return done.stdout.decode()

    assert "Svarar på frågor" in help_in(LANG="sv_SE.UTF-8")
    assert "Answers questions" in help_in(LANG="de_DE.UTF-8")
    assert "Answers questions" in help_in(LANG="sv_SE.UTF-8", PLANSVAR_LANGUAGE="en")


def test_help_is_instant(home: Path) -> None:
    """Help imports nothing heavy."""
    code = "import sys, bot.cli; print([m for m in ('pydantic', 'sqlalchemy', 'httpx', 'numpy') if m in sys.modules])"
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
    assert time.perf_counter() - start < 3  # 0.2 s on an idle machine


@pytest.mark.slow
def test_two_at_once(home: Path, tmp_path: Path) -> None:
    """Two commands that read the same folder in at the same moment leave it whole and once."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(PLAN_TEXT + f"\nHamn {n} är öppen.\n", encoding="utf-8")
    command = [sys.executable, "-m", "bot.cli", "ingest", str(folder)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    said = b"".join(process.communicate()[1] for process in both)
    assert {line.partition(b":")[0] for line in said.splitlines()} <= {b"Waiting"}  # one waits where they meet
    assert [process.returncode for process in both] == [0, 0]
    listed = subprocess.run(
        [sys.executable, "-m", "bot.cli", "documents", "--json"], cwd=ROOT, capture_output=True, check=True
    )
    documents = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(each["document"], each["embedded"]) for each in documents] == [(f"{n}.txt", True) for n in range(4)]
