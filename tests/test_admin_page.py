"""The administrator's pages in a real browser: by keyboard, without scripts, on a phone, and heard by axe."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PHONE, Visit, axe, tab_to
from conftest import PLAN_TEXT
from playwright.sync_api import Browser, Page, expect
from serving import serving

pytestmark = pytest.mark.slow

CODE = "fyrvaktare-1898"
PLAN = "verksamhetsplan-2026-norrsjo.txt"
PATHS = [
    "/admin",
    f"/admin/plan?name={PLAN}",
    f"/admin/remove?name={PLAN}",
    "/admin/report",
    "/admin/people",
    "/admin/log",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, samples_database: Path) -> Iterator[str]:
    """A server over the sample plans and a folder with a broken file in it, that has an administrator."""
    home, plans = tmp_path_factory.mktemp("administered"), tmp_path_factory.mktemp("plans")
    shutil.copy(samples_database, home / "plans.db")
    (plans / "trasig.pdf").write_bytes(b"%PDF-1.7 half")
    settings = {"PLANSVAR_ADMIN_TOKEN": CODE, "PLANSVAR_PLANS": str(plans), "PLANSVAR_TELEGRAM_TOKEN": "1:x"}
    with serving(home, **settings) as address:
        yield address


def enter(browser: Browser, address: str, **options: object) -> Visit:
    """A visit that has written the administrators' code, by keyboard."""
    visit = Visit(browser, address, **options)
    visit.page.goto("/admin")
    visit.page.get_by_label("Kod").fill(CODE)
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Planer")
    visit.troubles.clear()  # the form comes with 401, which the browser tells
    return visit


@pytest.mark.parametrize("scripts", [True, False])
def test_a_secretary_adds_corrects_replaces_and_removes_a_plan(
    browser: Browser, address: str, tmp_path: Path, scripts: bool
) -> None:
    """With and without scripts: upload, see what was read, set the status, replace, ask, remove; all of it is noted."""
    visit = enter(browser, address, java_script_enabled=scripts)
    page, file = visit.page, tmp_path / "fiskhamnen.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Ladda upp").click()
    expect(page.get_by_role("status").filter(has_text="inläst")).to_have_text("Planen är inläst.", timeout=60_000)
    expect(page.locator("dl.counts div").filter(has_text="Indikatorer")).to_contain_text("2")
    page.get_by_label("Status").select_option("adopted")
    page.get_by_label("Beslutad den").fill("2030-12-11")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").filter(has_text="Sparat")).to_be_visible()
    expect(page.get_by_label("Status")).to_have_value("adopted")
    expect(page.locator("form .tag")).to_have_count(2)
    file.write_text(PLAN_TEXT.replace("98 %", "97 %"), encoding="utf-8")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Byt fil").click()
    expect(page.get_by_role("status").filter(has_text="nya filen")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Läs planen").click()
    expect(page.get_by_text("97 %").first).to_be_visible()
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="Fiskhamnen, verksamhetsplan 2031").click()
    page.get_by_role("link", name="Ta bort planen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ta bort fiskhamnen.txt?")
    page.get_by_role("button", name="Ta bort planen").click()
    expect(page.get_by_role("status").filter(has_text="borttagen")).to_be_visible()
    page.get_by_role("link", name="Händelser").click()
    for deed in ("tog bort", "bytte fil", "ändrade", "laddade upp"):
        expect(page.get_by_role("row").filter(has_text="fiskhamnen.txt").filter(has_text=deed).first).to_contain_text(
            "gjort"
        )
    visit.close()


def test_a_broken_file_is_told_where_it_was_sent(browser: Browser, address: str, tmp_path: Path) -> None:
    """The page says what is wrong with an upload, and which files of the folder could not be read."""
    visit = enter(browser, address)
    page, file = visit.page, tmp_path / "halv.pdf"
    file.write_bytes(b"%PDF-1.7 half")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Ladda upp").click()
    expect(page.get_by_role("alert")).to_contain_text("Filen gick inte att läsa.", timeout=60_000)
    expect(page.get_by_role("alert")).to_contain_text("halv.pdf")
    expect(page.get_by_role("region", name="Gick inte att läsa")).to_contain_text("trasig.pdf")
    visit.troubles = [trouble for trouble in visit.troubles if "422" not in trouble]
    visit.close()


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    """From the form for the code to a changed title, without a mouse; what has the focus can be seen."""
    visit = Visit(browser, address)
    page = visit.page
    page.goto("/admin")
    tab_to(page, "#token")
    page.keyboard.type(CODE)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Planer").wait_for()
    _tab_on(page, f"a[href*='{PLAN}']")
    page.keyboard.press("Enter")
    page.locator("#title").wait_for()
    _tab_on(page, "#reference")
    page.keyboard.type(" 7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Sparat")).to_be_visible()
    visit.troubles.clear()
    visit.close()


def _tab_on(page: Page, selector: str) -> None:
    """Press Tab until what is wanted has the focus, however far it is."""
    for _ in range(5):
        try:
            tab_to(page, selector)
            return
        except AssertionError:
            continue
    raise AssertionError(f"{selector} can't be reached by Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: str) -> None:
    """Nothing on any page breaks WCAG 2.2 A or AA, or what axe holds for good practice, in light or in dark."""
    script = axe()
    visit = enter(browser, address, color_scheme=scheme, bypass_csp=True)
    visit.page.goto(path)
    visit.page.evaluate(script)
    found = visit.page.evaluate("axe.run({resultTypes: ['violations']})")
    told = [(each["id"], each["help"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]
    assert not told, json.dumps(told, indent=1, ensure_ascii=False)
    assert len(found["passes"]) > 10
    visit.close()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    """At a phone's width only tables scroll sideways, each in its own box, and what is pressed is large enough."""
    visit = enter(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)
    visit.page.goto(path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for button in visit.page.locator("button:visible, summary:visible, .parts a:visible, .button:visible").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, button.inner_text()
    visit.close()
