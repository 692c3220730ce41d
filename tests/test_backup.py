"""Backup and restore as docs/operations.md has them, and what the pages for whoever runs Plansvar promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PLAN_TEXT

from bot.metrics import Metrics
from bot.state import State
from retrieval.store.index import Index

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs/threats.md").read_text(encoding="utf-8")


def commands(heading: str) -> list[str]:
    """The commands under a heading that hold without containers."""
    part = OPERATIONS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in re.findall(r"^    (.+)$", part, re.MULTILINE) if "docker" not in line]


@pytest.mark.slow
def test_a_backup_is_brought_back_as_the_page_says(home: Path, tmp_path: Path) -> None:
    """What the page says is copied while the database is written to, put into an empty home, and answers alike; the
    vectors come back to Chroma."""
    backup, restored, plan = tmp_path / "backup.db", tmp_path / "restored", tmp_path / "fiskhamnen-2031.txt"
    plan.write_text(PLAN_TEXT, encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "plansvar").write_text(f'#!/bin/sh\nexec {sys.executable} -c "from bot.cli import main; main()" "$@"\n')
    (programs / "plansvar").chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
    environment |= {"PATH": f"{programs}:{environment['PATH']}", "BACKUP": str(backup), "PYTHONPATH": str(ROOT)}
    environment |= {"PLANSVAR_LANGUAGE": "en"}

    def run(command: str, at: Path) -> str:
        ran = subprocess.run(
            ["sh", "-c", command],
            env=environment | {"PLANSVAR_HOME": str(at)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        return ran.stdout + ran.stderr

    run(f"plansvar ingest {plan}", home)
    before = run("plansvar ask 'Vad är målet för andel rena kajer?'", home)
    assert "98 %" in before
    index = Index(f"sqlite:///{home / 'plans.db'}")
    with index.write():  # somebody writes while the backup is made
        for command in commands("Back up"):
            assert run(command, home) == ""
    index.close()
    shutil.rmtree(home)
    copy, *after = commands("Bring back")
    assert run(copy, restored) == ""
    assert run("plansvar ask 'Vad är målet för andel rena kajer?'", restored) == before
    told = [run(command, restored) for command in after]
    assert "run `plansvar embed`" in told[0]
    assert "run `plansvar embed`" not in run("plansvar doctor", restored)


def test_each_metric_is_on_the_page(home: Path) -> None:
    """The page for whoever watches has every metric there is."""
    home.mkdir()
    index = Index(f"sqlite:///{home / 'plans.db'}")
    page = Metrics(State(index), "none", lambda: 0).page().decode()
    index.close()
    for name in re.findall(r"^# TYPE (plansvar_\w+) \w+$", page, re.MULTILINE):
        if not name.endswith("_created"):
            assert f"`{name}" in OPERATIONS, name


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(test_\w+\.py(?:::\w+)?)`", THREATS))))
def test_each_threat_names_a_test_that_there_is(named: str) -> None:
    """A test that is to show something is one that runs."""
    file, _, test = named.partition("::")
    written = (ROOT / "tests" / file).read_text(encoding="utf-8")
    assert f"def {test or 'test_'}" in written


def test_each_threat_is_shown_by_something() -> None:
    """Each line of the table names a test, but for what nothing here can stop."""
    rows = [row for row in THREATS.splitlines() if row.startswith("| ") and "shown by" not in row]
    assert len(rows) > 15
    assert sum("`test_" not in row for row in rows) == 1
