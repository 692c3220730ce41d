"""The watched folder: read in when still, once, by one process; what is broken is told, and nothing stops."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import PLAN_TEXT
from serving import serving

from bot import watching
from bot.build import build_index
from bot.ingesting import Ingested
from bot.settings import read_settings
from bot.watching import EVERY, STILL, Files, Keeper, Watch, keep
from ingest.readers.open import Found
from retrieval.store.alone import alone
from retrieval.store.index import Index

SAMPLES = Path(__file__).parents[1] / "samples"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Folder:
    """A folder that is looked into, by a reader that notes what it is given."""

    def __init__(self, path: Path, index: Index) -> None:
        self.path, self.index, self.read = path, index, list[str]()
        self.troubles: dict[str, str] = {}
        self.begin()

    def begin(self) -> None:
        """A process that begins."""
        self.clock = Clock()
        self.watch = Watch(self.path, Files(self.index), self._read, self.clock)

    def _read(self, found: Found) -> Ingested:
        self.read.append(found.name)
        trouble = self.troubles.get(found.name, "")
        return Ingested(found.name, "failed" if trouble else "new", trouble)

    def put(self, name: str, text: str = PLAN_TEXT) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def look(self, seconds: float = EVERY) -> list[str]:
        """One look, some seconds later; what was read in it."""
        self.clock.now += seconds
        self.read.clear()
        self.watch.look()
        return list(self.read)

    def settle(self) -> list[str]:
        """What is read when nothing changes any more."""
        return self.look() + self.look(STILL)


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Iterator[Folder]:
    plans = tmp_path / "plans"
    plans.mkdir()
    index = build_index(read_settings())
    yield Folder(plans, index)
    index.close()


def test_a_file_is_read_when_it_is_still(folder: Folder) -> None:
    """A file that still grows is left alone; when it has been the same for a while it is read, once."""
    file = folder.put("plan.txt", "Verksam")
    assert folder.look() == []
    with file.open("a") as growing:
        growing.write("hetsplan 2031")
    assert folder.look() == []
    os.utime(file, (1e9, 1e9))  # a copy that sets the times at its end
    assert folder.look() == []
    assert folder.look(STILL / 2) == []
    assert folder.look(STILL / 2) == ["plan.txt"]
    assert folder.look() == folder.look(100) == []


def test_what_changes_is_read_again(folder: Folder) -> None:
    """A new version of a file is read, in folders too; what was not changed is not, by another process either."""
    folder.put("norr/plan.txt")
    assert folder.settle() == ["norr/plan.txt"]
    folder.begin()
    assert folder.settle() == []
    folder.put("norr/plan.txt", PLAN_TEXT + "mer")
    assert folder.settle() == ["norr/plan.txt"]


def test_a_file_that_changes_while_it_is_read_is_read_again(folder: Folder) -> None:
    """What was written to meanwhile is not taken for read."""
    file = folder.put("plan.txt")
    read = folder.watch.read

    def slowly(found: Found) -> Ingested:
        file.write_text(PLAN_TEXT + "sista sidan", encoding="utf-8")
        folder.watch.read = read
        return read(found)

    folder.watch.read = slowly
    assert folder.settle() == ["plan.txt"]
    assert folder.settle() == ["plan.txt"]
    assert folder.settle() == []


def test_a_broken_file_is_told_once_and_stops_nothing(folder: Folder) -> None:
    """It is kept with its trouble, not tried at each look; a new process tries once more, a new version is read."""
    folder.troubles["a.pdf"] = "a.pdf: is cut short"
    folder.put("a.pdf")
    folder.put("b.txt")
    folder.put("c.exe")
    assert folder.settle() == ["a.pdf", "b.txt"]
    assert folder.settle() == []
    told = [(each.name, each.outcome, each.trouble) for each in Files(folder.index).troubles()]
    assert told == [("a.pdf", "failed", "a.pdf: is cut short"), ("c.exe", "left_out", "")]
    folder.begin()
    assert folder.settle() == ["a.pdf"]
    folder.troubles.clear()
    folder.put("a.pdf", "hel")
    assert folder.settle() == ["a.pdf"]
    (folder.path / "c.exe").unlink()
    folder.look()
    assert Files(folder.index).troubles() == []


def test_hidden_and_unfinished_files_are_passed_over(folder: Folder) -> None:
    """What editors, uploads and systems leave in a folder is no plan."""
    for name in (".upload-x/plan.txt", "~$plan.docx", ".DS_Store", ".plan.txt.swp"):
        folder.put(name)
    assert folder.settle() == []


def test_a_folder_that_goes_and_comes_back_costs_nothing(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    """A share that is away for a while is told of once, and no plan is removed or read again."""
    folder.put("plan.txt")
    folder.settle()
    away = folder.path.rename(folder.path.with_name("away"))
    assert folder.look() == folder.look() == []
    assert caplog.text.count("is no folder") == 1
    away.rename(folder.path)
    assert folder.settle() == []


@pytest.fixture
def keeper(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    """A keeper over an empty home, that reads by itself and embeds nothing."""
    plans = tmp_path / "plans"
    plans.mkdir()
    monkeypatch.setenv("PLANSVAR_PLANS", str(plans))
    monkeypatch.setenv("PLANSVAR_EMBEDDER", "none")
    monkeypatch.setattr(watching, "apart", lambda work, seconds, *arguments: work(*arguments))
    monkeypatch.setattr(watching, "STILL", 0.0)
    index = build_index(read_settings())
    yield Keeper(read_settings(), index)
    index.close()


def test_what_an_administrator_said_holds_for_the_next_file(keeper: Keeper) -> None:
    """A file that is put in the place of another takes over what was said of it."""
    assert keeper.settings.plans
    file = keeper.settings.plans / "plan.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    for _ in range(2):
        keeper.turn()
    keeper.index.describe("plan.txt", status="adopted")
    file.write_text(PLAN_TEXT.replace("98 %", "97 %"), encoding="utf-8")
    for _ in range(2):
        keeper.turn()
    document = keeper.index.document("plan.txt")
    assert document.description.status == "adopted"
    assert "97 %" in keeper.index.text("plan.txt")


def test_what_was_removed_stays_away(keeper: Keeper) -> None:
    """A plan that was removed by the command does not come back while its file is the same."""
    assert keeper.settings.plans
    (keeper.settings.plans / "plan.txt").write_text(PLAN_TEXT, encoding="utf-8")
    for _ in range(2):
        keeper.turn()
    keeper.index.remove("plan.txt")
    for _ in range(3):
        keeper.turn()
    assert keeper.index.documents() == []


def test_only_one_of_many_processes_keeps(keeper: Keeper) -> None:
    """While another process is at it nothing is done; when that one ends, this one does it."""
    assert keeper.settings.plans
    (keeper.settings.plans / "plan.txt").write_text(PLAN_TEXT, encoding="utf-8")
    with alone(keeper.index.engine, watching.KEEP) as mine:
        assert mine
        for _ in range(3):
            keeper.turn()
        assert keeper.index.documents() == []
    for _ in range(2):
        keeper.turn()
    assert [document.name for document in keeper.index.documents()] == ["plan.txt"]


def test_a_trouble_with_the_database_does_not_end_the_watch(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What goes wrong is logged once, without an exception's words, and the next look comes."""
    looks = threading.Semaphore(0)

    def turn(_: Keeper) -> None:
        looks.release()
        raise OSError("Åsa frågade")

    monkeypatch.setattr(Keeper, "turn", turn)
    monkeypatch.setattr(watching, "EVERY", 0.01)
    index = build_index(read_settings())

    async def watched() -> None:
        task = asyncio.create_task(keep(read_settings(), index))
        for _ in range(3):
            await asyncio.to_thread(looks.acquire, timeout=20)
        task.cancel()

    asyncio.run(watched())
    index.close()
    assert caplog.text.count("the plans were not kept up") == 1
    assert "Åsa frågade" not in caplog.text.replace('OSError("Åsa frågade")', "")


@pytest.mark.slow
def test_two_servers_read_a_folder_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two workers over one home: what is put in the folder, half-copied at first, answers within seconds, is read once,
    and a broken file beside it is told of once."""
    home, plans = tmp_path / "home", tmp_path / "plans"
    plans.mkdir()
    settings = {"PLANSVAR_PLANS": str(plans)}
    whole = (SAMPLES / "verksamhetsplan-2026-norrsjo.txt").read_bytes()
    with serving(home, **settings) as first, serving(home, **settings) as second:
        (plans / "norrsjo.txt").write_bytes(whole[:5000])
        (plans / "broken.pdf").write_bytes(b"%PDF-1.7 half")
        time.sleep(EVERY)
        (plans / "norrsjo.txt").write_bytes(whole)
        deadline = time.monotonic() + 60
        while not all(httpx.get(f"{each}/api/documents").json() for each in (first, second)):
            assert time.monotonic() < deadline
            time.sleep(0.5)
        asked = {"question": "Vad är målet för sjukfrånvaron?"}
        for each in (first, second):
            assert "6,8 %" in httpx.post(f"{each}/api/ask", json=asked, timeout=60).json()["answer"]
        time.sleep(3 * EVERY)
    told = [line for line in capfd.readouterr().err.splitlines() if '"ingested"' in line]
    assert sum('"norrsjo.txt"' in line for line in told) == 1
    assert sum('"broken.pdf"' in line for line in told) == 1
