"""The house around the code: what the README promises is there, and the lock files hold what is imported."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import Command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(each) for each in PYPROJECT["project"]["dependencies"]]
EXTRAS = [Requirement(one) for each in PYPROJECT["project"]["optional-dependencies"].values() for one in each]
BUILD = [Requirement(each) for each in PYPROJECT["dependency-groups"]["build"]]
DEV = [Requirement(each) for each in PYPROJECT["dependency-groups"]["dev"]]
BESIDE = {"python-multipart"}  # FastAPI imports it when a form with a file is read
SCRIPTS = ("setup", "demo", "check")
WRITTEN = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = re.findall(r"^    plansvar (.+)$", README, re.MULTILINE)


def _locked(name: str) -> dict[str, list[str]]:
    """The packages of a lock file: name, and its versions (one for each of several Pythons)."""
    found: dict[str, list[str]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def _imported(*folders: str) -> set[str]:
    """The packages that are no part of Python or of this project, and that the modules in some folders import."""
    found: set[str] = set()
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    ours = {file.stem for file in (*ROOT.iterdir(), *(ROOT / "tests").iterdir())}
    modules, packages = found - sys.stdlib_module_names - ours, _packages()
    return {canonicalize_name(packages.get(module, [module])[0]) for module in modules}


_packages = cache(packages_distributions)  # a second of work


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_run_anywhere(script: str) -> None:
    """A script is executable, POSIX sh, and goes to its own folder first."""
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", path]).returncode == 0
    assert 'cd -- "$(dirname -- "$0")"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["setup", "check"])
def test_scripts_refuse_what_they_do_not_know(script: str, tmp_path: Path) -> None:
    """An argument that means nothing is refused before anything is installed."""
    refused = subprocess.run([ROOT / script, "everything"], cwd=tmp_path, capture_output=True, text=True)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"{script}: everything: ")


@pytest.mark.parametrize("python", ["no-such-python", "false"])
def test_setup_names_a_wrong_interpreter(python: str) -> None:
    """PYTHON that is not there, or is not Python 3.11 or later, is named with what to give instead."""
    refused = subprocess.run([ROOT / "setup"], env={**os.environ, "PYTHON": python}, capture_output=True, text=True)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert f"PYTHON={python}" in refused.stderr
    assert "3.11" in refused.stderr


@pytest.mark.parametrize("command", re.findall(r"^    \./(\w+)", README, re.MULTILINE))
def test_readme_names_scripts_that_are_there(command: str) -> None:
    """The commands for a fresh machine exist."""
    assert command in SCRIPTS


@pytest.mark.parametrize("example", EXAMPLES)
def test_readme_examples_parse(example: str, plansvar: Command) -> None:
    """Every `plansvar` command in the README is one that there is, with options that it knows."""
    typed = re.findall(r'"[^"]*"|\S+', example.partition("  #")[0])
    words = [word.strip('"') for word in typed]
    commands = words[:2] if words[:2] in (["documents", "text"], ["documents", "remove"]) else words[:1]
    told = plansvar(*commands, "--help")
    assert told.code == 0, told.err
    for option in (word for word in words if word.startswith("--")):
        assert option in told.out


def test_readme_has_every_command(plansvar: Command) -> None:
    """No command is kept from the reader."""
    listed = plansvar("--help").out.partition("Commands:")[2]
    commands = set(re.findall(r"^  ([\w-]+)", listed, re.MULTILINE))
    assert commands
    assert commands <= {example.split()[0] for example in EXAMPLES}


def test_readme_has_every_setting() -> None:
    """The table of settings has those there are, and no other."""
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    named = {
        name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`([A-Z_]+)`", row)
    }
    assert named == {name.upper() for name in Settings.model_fields}
    assert f"`{PREFIX}…`" in table


@pytest.mark.slow
def test_readme_example_is_what_is_printed(plansvar: Command) -> None:
    """The answer that the README opens with is the one that is given."""
    question, shown = re.findall(r'^    \$ plansvar ask "(.+)"\n((?:    .*\n|\n)+)', README, re.MULTILINE)[0]
    assert plansvar("ingest", ROOT / "samples/verksamhetsplan-2026-norrsjo.pdf").code == 0
    assert plansvar("ask", question).out.strip() == re.sub(r"^    ", "", shown, flags=re.MULTILINE).strip()


def test_links_lead_somewhere() -> None:
    """Every link to a file of the repository has its file."""
    for page in WRITTEN:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_pages_name_no_machine(page: Path) -> None:
    """What is written for readers holds on their machine: no absolute path of somebody else's."""
    assert not re.findall(r"(?<![\w.:/])/(?:work|home|root|Users|tmp|opt|var)/\S*", page.read_text(encoding="utf-8"))


def test_changelog_has_a_place_for_the_next_change() -> None:
    """What is not released yet stands first."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [("requirements.lock", [*RUNTIME, *EXTRAS, *BUILD]), ("requirements-dev.lock", [*RUNTIME, *EXTRAS, *BUILD, *DEV])],
)
def test_lock_is_up_to_date(lock: str, wanted: list[Requirement]) -> None:
    """Each package that pyproject.toml asks for is locked, at a version it accepts, with hashes and no address."""
    locked = _locked(lock)
    for requirement in wanted:
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in {lock}: see CONTRIBUTING.md"
        assert all(requirement.specifier.contains(Version(each)) for each in versions), requirement.name
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert text.count("==") - text.count("python_full_version ==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|--index-url|--find-links", text)


def test_lock_has_nothing_that_nobody_asks_for() -> None:
    """A package that left pyproject.toml leaves the lock files too."""
    names = {canonicalize_name(each.name) for each in (*RUNTIME, *EXTRAS, *BUILD, *DEV)}
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    direct = re.findall(r"^([\w.-]+)==(?:(?!^[\w.-]+==)[\s\S])*?# +(?:via )?plansvar \(pyproject", text, re.MULTILINE)
    assert {canonicalize_name(each) for each in direct} == names


def test_both_locks_agree() -> None:
    """What is developed with is what is run."""
    dev = _locked("requirements-dev.lock")
    assert all(dev[package] == versions for package, versions in _locked("requirements.lock").items())


ROOMS = ("language", "store", "question", "evidence", "facts", "check", "model")


def test_rooms_of_retrieval_import_one_way() -> None:
    """A room of `retrieval/` imports from itself and the rooms before it alone, none from the way above them."""
    for n, room in enumerate(ROOMS):
        for file in (ROOT / "retrieval" / room).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("retrieval"):
                    names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
                    of = next((name.split(".")[1] for name in names if name and "." in name), "")
                    assert of in ROOMS[: n + 1], (file.name, node.module)


def test_what_is_imported_is_declared() -> None:
    """The packages that the project imports are those that it asks for, neither fewer nor more."""
    by_name = {"psycopg"}  # SQLAlchemy imports it where the database's address asks for it
    asked_for = {canonicalize_name(each.name) for each in (*RUNTIME, *EXTRAS)}
    assert _imported("bot", "retrieval", "ingest") | by_name == asked_for - BESIDE


def test_what_tests_import_is_declared() -> None:
    """Tests and samples import what is declared for them, beside what the project itself asks for or brings along."""
    imported = _imported("tests", "samples", "benchmarks") - _locked("requirements-dev.lock").keys()
    beside = _locked("benchmarks/requirements.txt")  # installed there alone, so that a module's package is not known
    assert all(any(package.startswith(module) for package in beside) for module in imported)


def test_package_has_its_data(tmp_path: Path) -> None:
    """The built package holds every file that is no module: the lexicon, and prompts where there are some."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    data = [
        file.relative_to(ROOT).as_posix()
        for folder in ("bot", "ingest", "retrieval", "prompts")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc")
    ]
    assert "retrieval/lexicon/sv-asking.tsv" in data
    assert set(data) <= held
    assert {name.partition("/")[0] for name in held} <= {"bot", "ingest", "retrieval", "prompts"}
