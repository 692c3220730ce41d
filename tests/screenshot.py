"""Makes docs/web.png, what the README shows of the web: `PYTHONPATH=.:tests python tests/screenshot.py`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import ARGUMENTS, chromium
from playwright.sync_api import sync_playwright
from serving import serving

from ingest.read import read_plan
from retrieval.store.index import Index

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "samples" / "verksamhetsplan-2026-norrsjo.pdf"


def main() -> None:
    """Ask the sample plan two questions, and keep what the page then shows."""
    with TemporaryDirectory() as home:
        index = Index(f"sqlite:///{home}/plans.db")
        index.store(PLAN.name, read_plan(PLAN, PLAN.name), "sample")
        index.close()
        with serving(Path(home)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 900, "height": 860}, locale="en-GB")
            page.goto(address)
            page.fill("#question", "What is the budget for elderly care compared with last year?")
            page.keyboard.press("Enter")
            page.locator(".answer").wait_for()
            page.mouse.move(0, 0)
            page.screenshot(path=ROOT / "docs" / "web.png")
            browser.close()


if __name__ == "__main__":
    main()
