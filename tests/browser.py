"""What tests of the pages are driven by, beside the lock file: Debian's Chromium, and axe from npm.

`python tests/browser.py` installs what is missing: Chromium where root may, axe into `.tools/`, which git ignores.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
TOOLS = Path(__file__).parents[1] / ".tools" / "axe"
AXE = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def chromium() -> str:
    """The browser's path, installed first where that is possible; else the test is skipped."""
    if not CHROMIUM.exists() and shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is missing: apt-get install chromium")
    return str(CHROMIUM)


def axe() -> str:
    """The text of axe-core, installed first where npm is; else the test is skipped."""
    if not AXE.exists() and shutil.which("npm"):
        TOOLS.mkdir(parents=True, exist_ok=True)
        _run(
            "npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", TOOLS, "axe-core"
        )
    if not AXE.exists():
        pytest.skip("axe-core is missing: install npm, and run python tests/browser.py")
    return AXE.read_text(encoding="utf-8")


def _run(*command: str | Path) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    print(chromium(), AXE if axe() else "")
