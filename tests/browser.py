"""What drives the pages in tests, beside the lock file: Debian's Chromium, and axe from npm (`tests/install`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from needed import TOOLS, need
from playwright.sync_api import Browser, BrowserContext, Page, Response

CHROMIUM = Path("/usr/bin/chromium")
AXE = TOOLS / "axe/node_modules/axe-core/axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
PHONE = {"width": 360, "height": 740}


def chromium() -> str:
    """The browser's path; the test is skipped without it."""
    need(CHROMIUM)
    return str(CHROMIUM)


def axe() -> str:
    """The text of axe-core; the test is skipped without it."""
    need(AXE)
    return AXE.read_text(encoding="utf-8")


class Visit:
    """A browser's visit; whatever it complains of, and whatever it asks of another host, fails the test."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(base_url=address, **{"locale": "sv-SE", **options})
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        self.context.on("response", self._came)

    def _came(self, response: Response) -> None:
        if not response.url.startswith((self.address, "data:")):
            self.troubles.append(response.url)

    def ask(self, *questions: str) -> None:
        for question in questions:
            before = self.page.locator(".answer").count()
            self.page.fill("#question", question)
            self.page.keyboard.press("Enter")
            self.page.locator(".answer").nth(before).wait_for()

    def close(self) -> None:
        self.context.close()
        assert not self.troubles


def tab_to(page: Page, selector: str, back: bool = False) -> None:
    """Press Tab until what is wanted has the focus; a focus that can't be seen fails."""
    for _ in range(12):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        held = page.locator("*:focus")
        if held.count() and held.evaluate("(element, selector) => element.matches(selector)", selector):
            assert (
                held.evaluate("element => getComputedStyle(element).outlineStyle + element.closest('.field')") != "none"
            )
            return
    raise AssertionError(f"{selector} can't be reached by Tab")
