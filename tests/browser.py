"""What drives the pages in tests, beside the lock file: Debian's Chromium, and axe from npm (`tests/install`)."""

from __future__ import annotations

from pathlib import Path

from needed import TOOLS, need

CHROMIUM = Path("/usr/bin/chromium")
AXE = TOOLS / "axe/node_modules/axe-core/axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def chromium() -> str:
    """The browser's path; the test is skipped without it."""
    need(CHROMIUM)
    return str(CHROMIUM)


def axe() -> str:
    """The text of axe-core; the test is skipped without it."""
    need(AXE)
    return AXE.read_text(encoding="utf-8")
