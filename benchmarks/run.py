"""Measures the command as it is typed: time to read plans in, time to answer, peak memory.

    .venv/bin/python benchmarks/run.py QUESTIONS.jsonl PLAN... [--runs 3] [--embed]

Each run begins with an empty home and new processes: what it says of a file holds for a first visit. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_PLANSVAR = Path(sys.executable).with_name("plansvar")  # as installed beside this Python
_MB = 1e6
_MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes in the unit that getrusage counts in


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took (seconds, peak megabytes) and what it wrote."""

    seconds: float
    megabytes: float
    out: str


def run(home: Path, *arguments: str) -> Run:
    """Run `plansvar` with a home and no other settings; `SystemExit` with its own words where it fails."""
    return finished([_PLANSVAR, *arguments], {"PLANSVAR_HOME": str(home)})


def finished(command: Sequence[str | Path], settings: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, with no settings of Plansvar's but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANSVAR_")}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        begun = perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            env=kept | dict(settings or {}),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(errors.read().decode() or f"exit code {process.returncode}")
        out.seek(0)
        return Run(seconds, usage.ru_maxrss * _MAXRSS / _MB, out.read().decode())


def ingest(files: Sequence[Path], embed: bool) -> tuple[Run, Run | None]:
    """Read files into an empty home: to text search and facts, and, where asked for, to the last embedding."""
    with tempfile.TemporaryDirectory() as home:
        read = run(Path(home), "ingest", "--no-embed", *map(str, files))
        return read, run(Path(home), "embed") if embed else None


def ask(home: Path, questions: Path) -> tuple[Run, list[float]]:
    """Ask a batch of questions in one process: the process, and the seconds of each answer."""
    batch = run(home, "ask", "--batch", str(questions))
    return batch, [json.loads(line)["seconds"] for line in batch.out.splitlines()]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0…1) of the values don't exceed."""
    return sorted(values)[round(share * (len(values) - 1))]


def machine() -> str:
    """What this is measured on."""
    model = platform.processor() or platform.machine()
    if (cpuinfo := Path("/proc/cpuinfo")).exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()}, Python {python}"


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named."""
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def put_into(page: Path, name: str, text: str) -> None:
    """Put a text into a page, in place of what stands between the two marks of that name ("<!-- name -->")."""
    before, mark, rest = page.read_text(encoding="utf-8").partition(f"<!-- {name} -->")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    if not end:
        raise SystemExit(f"{page}: has no <!-- {name} --> … <!-- /{name} -->; write them where the text shall stand")
    page.write_text(f"{before}{mark}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its first column text and the others figures."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def ingest_report(files: Sequence[Path], runs: int, embed: bool) -> str:
    """A row a file: medians of the times, the highest peak of memory."""
    rows = []
    for file in files:
        measured = [ingest([file], embed) for _ in range(runs)]
        row = [file.name, f"{file.stat().st_size / 1000:.0f}"]
        row.append(f"{statistics.median(read.seconds for read, _ in measured):.1f}")
        row.append(f"{max(read.megabytes for read, _ in measured):.0f}")
        if embed:
            row.append(f"{statistics.median(read.seconds + last.seconds for read, last in measured if last):.1f}")
            row.append(f"{max(last.megabytes for _, last in measured if last):.0f}")
        rows.append(row)
    header = ["File", "kB", "Text search and facts, s", "Peak, MB"]
    return table([*header, "Last embedding, s", "Peak, MB"] if embed else header, rows)


def answer_report(files: Sequence[Path], questions: Path, runs: int, embed: bool) -> str:
    """The latency of warm answers over all runs, the memory of the process that gives them, and a cold question."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run(home, "ingest", "--embed" if embed else "--no-embed", *map(str, files))
        batches = [ask(home, questions) for _ in range(runs)]
        first = json.loads(questions.read_text(encoding="utf-8").splitlines()[0])["question"]
        cold = [run(home, "ask", "--json", first).seconds for _ in range(runs)]
    seconds = [each for _, answers in batches for each in answers]
    rows = [
        ["Warm answer, median, ms", f"{1000 * statistics.median(seconds):.0f}"],
        ["Warm answer, 95th percentile, ms", f"{1000 * percentile(seconds, 0.95):.0f}"],
        ["Warm answer, slowest, ms", f"{1000 * max(seconds):.0f}"],
        ["One question typed in a shell, s", f"{statistics.median(cold):.1f}"],
        ["Peak of the process that answers, MB", f"{max(batch.megabytes for batch, _ in batches):.0f}"],
    ]
    return table([f"{len(seconds)} answers from {len(files)} plans", ""], rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("plans", type=Path, nargs="+", metavar="PLAN", help="a file, or a folder of plans")
    parser.add_argument("--runs", type=int, default=3, help="how often each thing is measured (3)")
    parser.add_argument("--embed", action="store_true", help="measure to the last embedding too")
    told = parser.parse_args()
    files = files_in(told.plans)
    print(f"{machine()}. Medians of {told.runs} runs.\n")
    print(ingest_report(files, told.runs, told.embed), end="\n\n", flush=True)
    print(answer_report(files, told.questions, told.runs, told.embed))


if __name__ == "__main__":
    main()
