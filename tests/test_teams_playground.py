"""Teams' own look at us: the Agents Playground in a browser, from the first question to the tour."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from peers.microsoft import Microsoft
from peers.playground import needed, playground
from playwright.sync_api import Page, expect, sync_playwright
from test_teams import Served, conversation, microsoft, served, settings, teams

__all__ = ["conversation", "microsoft", "served", "settings", "teams"]  # fixtures

pytestmark = pytest.mark.slow

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Client:
    """Somebody in the Playground. Screenshots go where SCREENSHOTS says, if anywhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.folder = os.environ.get("SCREENSHOTS")

    def write(self, text: str, *, mention: bool = False) -> None:
        box = self.page.locator("[role=textbox][contenteditable=true]").first
        box.click()
        if mention:
            box.press_sequentially("@")
            self.page.wait_for_timeout(1500)  # the list of whom to mention opens slowly, among others of that name
            self.page.get_by_text("Test Bot").last.click()
            self.page.wait_for_timeout(500)
        box.press_sequentially(f" {text}" if mention else text)

    def say(self, text: str, *, mention: bool = False) -> None:
        self.write(text, mention=mention)
        self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).last).to_be_visible(timeout=8_000)

    def picture(self, name: str) -> None:
        if self.folder:
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=Path(self.folder) / f"teams-{name}.png")


@pytest.fixture
def client(served: Served, microsoft: Microsoft) -> Iterator[Client]:
    needed()
    with playground(f"{served.address}/api/messages", microsoft) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1100})
        page.set_default_timeout(8_000)
        page.goto(address)
        yield Client(page)
        browser.close()


def test_shows_all_of_a_personal_chat(client: Client, served: Served) -> None:
    """Welcome, answer, sources, a wrong source, a follow-up, feedback, deadlines and the tour show as they should."""
    client.sees("I am an automatic assistant")
    client.say("Vad är målet för sjukfrånvaron?")
    client.sees("Årsmålet för ”Sjukfrånvaro” 2026 är 6,8 %")
    expect(client.page.get_by_text("AI generated").first).to_be_visible()
    client.picture("answer")
    client.press("Källor")
    client.sees("Indikatorer / Sjukfrånvaro / Årsmål")
    client.picture("sources")
    client.press("Fel källa")
    client.sees("Tack, det är noterat.")
    client.press("Målet för Sjukfrånvaro dag 1–14")
    client.sees("är 2,4 %")
    client.say("tidsfrister")
    client.sees("Tidsfrister från 2026-03-01")
    client.press("Som tabell")
    client.sees("Ansvarig")
    client.picture("deadlines")
    client.say("börja")
    client.sees("Steg 1 av 5")
    client.press("Nästa")
    client.sees("Steg 2 av 5")
    client.picture("tour")


def test_answers_in_a_group_and_in_a_channel(client: Client) -> None:
    """A mention in a group chat and in a channel is answered there, and so is a button pressed below the answer."""
    client.sees("I am an automatic assistant")
    client.page.get_by_text("Group Chat", exact=True).last.click()
    client.say("Vad är målet för sjukfrånvaron?", mention=True)
    client.sees("är 6,8 %")
    client.page.get_by_text("General", exact=True).first.click()
    client.sees("Start a new post")
    client.page.wait_for_timeout(1000)  # its box takes the place of the one before it a moment later
    client.write("börja", mention=True)
    client.press("Post")
    client.sees("Steg 1 av 5")
    client.press("Nästa")
    client.sees("Steg 2 av 5")
    client.picture("channel")
