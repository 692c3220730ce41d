"""What a slow test needs beside the lock file, and is skipped without: `tests/install` installs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / ".tools"


def need(*wanted: str | Path) -> None:
    """Skip the test, naming what is missing: a program by its name, or what was installed into a folder by its path."""
    for each in wanted:
        if not (shutil.which(each) if isinstance(each, str) else each.exists()):
            pytest.skip(f"{Path(each).name} is missing: run tests/install")
