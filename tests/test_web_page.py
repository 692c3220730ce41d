"""The pages in a real browser: asked, read, copied and judged, by keyboard alone, and heard by axe."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import PHONE, Visit, axe, tab_to
from playwright.sync_api import Browser, expect
from serving import serving

pytestmark = pytest.mark.slow

QUESTION = "Vad är målet för sjukfrånvaron?"
BUDGET = "Hur är budgeten för äldreomsorgen jämfört med förra året?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, samples_database: Path) -> Iterator[str]:
    """A server over the sample plans."""
    home = tmp_path_factory.mktemp("served")
    shutil.copy(samples_database, home / "plans.db")
    with serving(home) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address)
    visit.page.goto("/")
    yield visit
    visit.close()


def test_a_question_is_answered_on_the_page(visit: Visit) -> None:
    """What is typed becomes a heading, its answer stands below it, and a screen reader is told of it."""
    page = visit.page
    visit.ask(QUESTION)
    expect(page.get_by_role("heading", name=f"Du frågade: {QUESTION}")).to_be_visible()
    expect(page.locator(".said")).to_contain_text("6,8 %")
    expect(page.get_by_role("status")).to_contain_text("Svar: Årsmålet för ”Sjukfrånvaro” 2026 är 6,8 %.")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")


def test_by_keyboard_from_question_to_citation_to_feedback(visit: Visit) -> None:
    """With the keyboard alone, in few steps: ask, open the citation, read it, come back, judge the answer in words."""
    page = visit.page
    page.keyboard.type(QUESTION)  # the question has the focus from the start
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    tab_to(page, "a.cite", back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    marked = page.locator("#cited")
    expect(marked).to_be_focused()
    expect(marked).to_be_in_viewport()
    assert "Sjukfrånvaro" in (page.locator("tr.cited").inner_text())
    tab_to(page, "a.back")
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    expect(page.locator(".said")).to_contain_text("6,8 %")
    tab_to(page, "[value=wrong_source]", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("[value=wrong_source]")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Tack!")
    tab_to(page, ".more textarea")
    page.keyboard.type("Det är inte dag 1–14.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback p")).to_have_text("Tack!")
    expect(page.locator(".feedback p")).to_be_focused()


def test_a_figure_is_copied_with_its_source(visit: Visit) -> None:
    """A press on a figure copies it with row, column, document and page."""
    visit.ask(BUDGET)
    visit.page.get_by_role("button", name="401,3").click()
    expect(visit.page.get_by_role("status")).to_have_text("Kopierat med källa")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied == "401,3 (Äldreomsorg, Netto VP 2026; verksamhetsplan-2026-norrsjo.txt)"


def test_bars_are_as_long_as_their_figures(visit: Visit) -> None:
    """A budget comparison has a bar for each year, and the same in words for who can't see them."""
    visit.ask(BUDGET)
    expect(visit.page.get_by_role("img", name="Stapeldiagram: Netto VP 2026: 401,3 mnkr")).to_be_visible()
    widths = [box["width"] for bar in visit.page.locator(".amount").all() if (box := bar.bounding_box())]
    assert len(widths) == 3
    assert widths[1] / widths[0] == pytest.approx(393.2 / 401.3, abs=0.02)


def test_suggestions_and_the_tour_are_buttons(visit: Visit) -> None:
    """A button's text is asked as the visitor's own next question."""
    page = visit.page
    page.get_by_role("button", name="Rundtur för nya chefer").click()
    page.get_by_role("button", name="Nästa").click()
    page.locator(".answer").nth(1).wait_for()
    expect(page.locator(".exchange").nth(1)).to_contain_text("Steg 2 av 5")


def test_the_conversation_outlives_its_page(visit: Visit) -> None:
    """A reload, or a look at another page, leaves the conversation; a new one begins empty."""
    page = visit.page
    visit.ask(QUESTION, BUDGET)
    page.get_by_role("link", name="Planer").click()
    page.get_by_role("link", name="Fråga", exact=True).click()
    expect(page.locator(".exchange")).to_have_count(2)
    page.reload()
    expect(page.locator(".exchange")).to_have_count(2)
    visit.ask("och 2024?")
    page.get_by_role("link", name="Ny konversation").click()
    expect(page.locator(".exchange")).to_have_count(0)


def test_a_lost_connection_costs_no_answer(visit: Visit) -> None:
    """Where the connection fails, the same question is sent again until it is answered, and answered once."""
    page, sent = visit.page, list[str]()

    def fail_twice(route: Any) -> None:
        sent.append(route.request.post_data)
        route.abort() if len(sent) < 3 else route.continue_()

    page.route("**/ask", fail_twice)
    visit.ask(QUESTION)
    assert len(sent) == 3
    assert len(set(sent)) == 1
    expect(page.locator(".said")).to_have_count(1)
    visit.troubles = [trouble for trouble in visit.troubles if "ERR_FAILED" not in trouble]


def test_forgetting_empties_the_page(visit: Visit) -> None:
    """Who asks to be forgotten, and means it, sees nothing of what they asked."""
    page = visit.page
    visit.ask(QUESTION)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Glöm mig").click()
    expect(page.locator(".exchange")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Glöm mig").click()
    expect(page.locator("#log")).to_contain_text("raderat")
    expect(page.locator("#log")).not_to_contain_text("sjukfrånvaron")
    page.reload()
    expect(page.locator("#log")).not_to_contain_text("sjukfrånvaron")


def test_what_is_typed_runs_nothing(visit: Visit) -> None:
    """Markup in a question stands on the page as it was typed."""
    evil = "<img src=x onerror=\"document.title='x'\"><script>document.title='y'</script>"
    visit.ask(evil)
    expect(visit.page.locator(".asked")).to_have_text(evil)
    assert visit.page.locator("#log img, #log script").count() == 0
    assert "Plansvar" in visit.page.title()


def test_language_and_theme_are_switched_on_the_page(visit: Visit) -> None:
    """The other language, and another theme, are a press away, and the conversation stays."""
    page = visit.page
    visit.ask(QUESTION)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about the operational plan")
    expect(page.locator(".exchange")).to_have_count(1)
    page.get_by_role("button", name="Appearance: As the system").click()
    expect(page.get_by_role("button", name="Appearance: Dark")).to_be_visible()
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(21, 23, 26)"


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    """Without scripts: ask, open the citation at its words, judge in words, take the tour, choose another language."""
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.page
    page.goto("/")
    page.fill("#question", QUESTION)
    page.get_by_role("button", name="Fråga").click()
    page.locator("a.cite").first.click()
    expect(page.locator("#cited")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("button", name="Fel", exact=True).click()
    page.fill("textarea", "Fel år.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack!")
    page.goto("/")
    page.get_by_role("button", name="Rundtur för nya chefer").click()
    page.get_by_role("button", name="Nästa").click()
    expect(page.locator(".said")).to_contain_text("Steg 2 av 5")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about the operational plan")
    visit.close()


@pytest.mark.parametrize("path", ["/", "/documents/verksamhetsplan-2026-norrsjo.txt?from=29000&to=30000", "/deadlines"])
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    """At a phone's width only tables scroll sideways, each in its own box, and what is pressed is large enough."""
    visit = Visit(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)
    visit.page.goto(path)
    if path == "/":
        visit.ask(QUESTION, BUDGET)
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    for button in visit.page.locator("button:visible, summary:visible").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, button.inner_text()
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/documents", "/documents/verksamhetsplan-2026-norrsjo.txt?from=29000&to=30000", "/deadlines", "/nothing"],
)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: str) -> None:
    """Nothing on any page breaks WCAG 2.2 A or AA, or what axe holds for good practice, in light or in dark."""
    script = axe()
    visit = Visit(browser, address, color_scheme=scheme, bypass_csp=True)
    visit.page.goto(path)
    if path == "/":
        visit.ask(QUESTION, BUDGET, "Vilka aktiviteter ska vara klara i mars?", "start")
        visit.page.get_by_role("button", name="Fel", exact=True).first.click()
    visit.page.evaluate(script)
    found = visit.page.evaluate("axe.run({resultTypes: ['violations']})")
    told = [(each["id"], each["help"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]
    assert not told, json.dumps(told, indent=1, ensure_ascii=False)
    assert len(found["passes"]) > 10
    visit.troubles = [trouble for trouble in visit.troubles if "404" not in trouble]
    visit.close()


def test_the_form_for_the_token_is_usable(browser: Browser, tmp_path: Path, samples_database: Path) -> None:
    """Who has no token yet meets a form; a wrong one is told, the right one leads on. axe has nothing to say of it."""
    shutil.copy(samples_database, tmp_path / "plans.db")
    with serving(tmp_path, PLANSVAR_TOKEN="fyren") as address:
        visit = Visit(browser, address, bypass_csp=True)
        page = visit.page
        page.goto("/documents")
        page.get_by_label("Kod").fill("kajen")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("Koden stämmer inte.")
        page.evaluate(axe())
        assert not page.evaluate("axe.run()")["violations"]
        page.goto("/documents")
        page.get_by_label("Kod").fill("fyren")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Planer")
        visit.troubles = [trouble for trouble in visit.troubles if "401" not in trouble]
        visit.close()
