"""Builds the sample plans and their answer keys from `samples/content`: `python -m samples.build [FOLDER]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samples.content import PLANS
from samples.flatten import flattened
from samples.key import key
from samples.pdf import pdf
from samples.word import word

HERE = Path(__file__).parent


def build(folder: Path) -> list[Path]:
    """Write every plan as two PDFs, Word and flattened text, and its key in `expected/`; the paths written."""
    written: list[Path] = []
    for plan in PLANS:
        files = {
            f"{plan.slug}.pdf": pdf(plan, ruled=True),
            f"{plan.slug}-borderless.pdf": pdf(plan, ruled=False),
            f"{plan.slug}.docx": word(plan),
            f"{plan.slug}.txt": flattened(plan).encode(),
            f"expected/{plan.slug}.json": (json.dumps(key(plan), ensure_ascii=False, indent=1) + "\n").encode(),
        }
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return written


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path)
