"""Builds the sample plans and their answer keys from `samples/content`: `python -m samples.build [FOLDER]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from samples.content import PLANS
from samples.content.model import Plan
from samples.flatten import flattened
from samples.key import key
from samples.pdf import pdf
from samples.word import word

HERE = Path(__file__).parent


def files(plan: Plan) -> dict[str, Callable[[], bytes]]:
    """The files of a plan, two PDFs, Word, flattened text and its key, each with what makes its bytes."""
    return {
        f"{plan.slug}.pdf": lambda: pdf(plan, ruled=True),
        f"{plan.slug}-borderless.pdf": lambda: pdf(plan, ruled=False),
        f"{plan.slug}.docx": lambda: word(plan),
        f"{plan.slug}.txt": lambda: flattened(plan).encode(),
        f"expected/{plan.slug}.json": lambda: (json.dumps(key(plan), ensure_ascii=False, indent=1) + "\n").encode(),
    }


def build(folder: Path) -> list[Path]:
    """Write the files of every plan; the paths written."""
    written: list[Path] = []
    for plan in PLANS:
        for name, make in files(plan).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make())
            written.append(path)
    return written


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path)
