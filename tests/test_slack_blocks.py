"""Replies as Slack's blocks: within its published limits whatever their length, and never read as markup."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from peers import slack_limits
from peers.slack import Json, buttons, words

from bot.fitting import parts
from bot.message import Reply, Source, Suggestion, Table
from bot.slack_blocks import (
    COLUMNS,
    ELEMENTS,
    LABEL,
    OPTIONS,
    ROWS,
    TEXT,
    VALUE,
    source_view,
    to_payload,
    told_view,
    words_view,
)
from retrieval.evidence.answer_types import Citation

EVIL = "<!channel> <@U123> <https://evil.example|planen> @here *fet* `kod` :fire: & &lt;!here&gt;"
PLAIN = Reply("Kajerna sopas varje vecka. [1]", "sv")


def citation(n: int, quote: str = "Kajerna sopas varje vecka.", page: int | None = None) -> Citation:
    return Citation(n, "fiskhamnen-2031.txt", "Inledning › Kajerna", page, None, quote)


def checked(reply: Reply, said: str = "") -> list[Json]:
    """A reply as messages, each of which Slack would take."""
    payloads = to_payload(reply, said)
    assert payloads
    for payload in payloads:
        assert not slack_limits.message(payload)
    return payloads


def shown(payloads: list[Json]) -> str:
    return "\n".join(map(words, payloads))


# Nothing is read as markup


def test_plan_text_is_shown_as_it_is() -> None:
    """Mentions, links and markup that stand in a plan are shown letter by letter, wherever in a reply they stand."""
    table = Table(("Vad", EVIL), ((EVIL, "1"),), (1,))
    suggestions = (Suggestion(EVIL, EVIL),)
    cited = (citation(1, EVIL),)
    reply = Reply(EVIL, "sv", EVIL, cited, table, suggestions=suggestions, answer="a" * 32)
    for payload in checked(reply, EVIL):
        assert EVIL in words(payload)
        assert all("mrkdwn" not in str(block) for block in payload["blocks"])
        assert "<" not in payload["text"]


def test_a_source_is_shown_as_it_is() -> None:
    """So is what a modal shows of a plan; its only link is to the document view."""
    source = Source(replace(citation(1, EVIL), table=EVIL, row=EVIL), EVIL, EVIL, "https://plan.example/documents/a")
    view = source_view(source, "sv")
    assert not slack_limits.view(view)
    assert words(view).count(EVIL) == 5
    assert str(view).count("'type': 'link'") == 1


# Within the limits


@pytest.mark.parametrize("length", [1, TEXT - 1, TEXT, TEXT + 1, 2 * TEXT, 9_999, 10_000, 10_001, 40_000, 100_000])
def test_keeps_every_word_of_a_long_text(length: int) -> None:
    """A text of any length is shown whole, in as many blocks and messages as it takes."""
    text = ("fiskhamn " * (length // 9 + 1))[:length].strip()
    payloads = checked(replace(PLAIN, text=text))
    assert shown(payloads).split() == text.split()
    assert "\n".join(payload["text"] for payload in payloads).split() == text.split()


def test_keeps_a_text_without_a_place_to_cut() -> None:
    """A word longer than a block is cut in the middle, and nothing of it is lost."""
    assert shown(checked(replace(PLAIN, text="å" * 50_000))).replace("\n", "") == "å" * 50_000


def test_keeps_to_the_limits_when_escaping_makes_a_text_longer() -> None:
    """What grows five times in the fallback text still fits."""
    assert shown(checked(replace(PLAIN, text="&" * 20_000))).replace("\n", "") == "&" * 20_000


@settings(max_examples=60, deadline=None)
@given(some.text(max_size=200), some.integers(1, 40))
def test_pieces_lose_nothing_but_white_space(text: str, most: int) -> None:
    """Pieces are short enough, and together the text."""
    found = parts(text, most)
    assert all(0 < len(piece) <= most for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize("rows", [1, 2, ROWS - 2, ROWS - 1, ROWS, 250])
def test_keeps_every_row_of_a_table(rows: int) -> None:
    """A table of any length is shown whole, each part with its header, one to a message."""
    lines = tuple((f"Rad {n}", f"{n},0") for n in range(rows))
    reply = Reply("\n".join(f"• {a}: {b}" for a, b in lines), "sv", table=Table(("Rad", "Tal"), lines))
    tables = [block for payload in checked(reply) for block in payload["blocks"] if block["type"] == "table"]
    assert all([cell["text"] for cell in table["rows"][0]] == ["Rad", "Tal"] for table in tables)
    cells = chain.from_iterable(table["rows"][1:] for table in tables)
    assert [tuple(cell["text"] for cell in row) for row in cells] == list(lines)


def test_keeps_a_table_of_long_cells_within_what_slack_takes() -> None:
    """Long cells are shortened, and a table of them goes on in the next message; an empty cell is a dash."""
    table = Table(("Vad", "När"), tuple(("ord " * 2000, "") for _ in range(30)))
    payloads = checked(Reply("Mycket.", "sv", table=table))
    assert len(payloads) > 1
    assert "–" in shown(payloads)


def test_a_table_wider_than_slacks_is_told_as_text() -> None:
    """Too many columns leave the text, which says the same."""
    wide = Table(("x",) * (COLUMNS + 1), (("1",) * (COLUMNS + 1),))
    payloads = checked(Reply("• allt", "sv", table=wide))
    assert all(block["type"] != "table" for block in payloads[0]["blocks"])
    assert "allt" in shown(payloads)


def test_numbers_are_set_to_the_right() -> None:
    """Columns of numbers align, and a row names its source."""
    table = Table(("Rad", "Tal"), (("Kajer", "98 %"),), (7,), frozenset({1}))
    block = checked(Reply("x", "sv", table=table))[0]["blocks"][1]
    assert [setting["align"] for setting in block["column_settings"]] == ["left", "right", "left"]
    assert [cell["text"] for cell in block["rows"][1]] == ["Kajer", "98 %", "[7]"]


def test_a_table_stands_where_its_items_stood() -> None:
    """What comes before and after the items stays there; items that are no rows stay text."""
    table = Table(("Vad",), (("a",), ("b",), ("c",)))
    blocks = checked(Reply("Före:\n• a [1]\n• b [2]\nBara i texten:\n• c [3]\nEfter.", "sv", table=table))[0]["blocks"]
    assert [block["type"] for block in blocks] == ["rich_text", "table", "rich_text"]
    assert len(blocks[1]["rows"]) == 3
    assert "• c [3]\nEfter." in words({"blocks": blocks[2:]})
    whole = checked(Reply("Före:\n• a [1]\nEfter.", "sv", table=table))[0]["blocks"]
    assert "• a [1]\nEfter." in words({"blocks": whole[:1]})
    assert len(whole[1]["rows"]) == 4


@pytest.mark.parametrize("count", [1, 8, 9, ELEMENTS + 1, OPTIONS, OPTIONS + 1, 350])
def test_every_source_can_be_opened(count: int) -> None:
    """Few sources have a button each, many are in menus, and none is left out."""
    cited = tuple(citation(n + 1, page=n + 1) for n in range(count))
    found = buttons(checked(replace(PLAIN, citations=cited, answer="a" * 32))[-1])
    sources = [each for each in found if each["action_id"].startswith("source:")]
    values = [o["value"] for each in sources for o in (each.get("options") or [each])]
    assert values == [f"{'a' * 32} {n + 1} sv" for n in range(count)]


@pytest.mark.parametrize("length", [LABEL - 1, LABEL, LABEL + 1, VALUE, VALUE + 1, 10_000])
def test_a_suggestion_fits_on_its_button(length: int) -> None:
    """A long suggestion is shortened on its button."""
    found = list(buttons(checked(replace(PLAIN, suggestions=(Suggestion("x" * length, "y" * length),) * 40))[-1]))
    assert len(found) == ELEMENTS


def test_buttons_stand_below_the_last_message() -> None:
    """What can be pressed comes once, after all that was said."""
    reply = replace(PLAIN, text="ord " * 10_000, citations=(citation(1),), answer="a" * 32)
    *before, last = checked(reply)
    assert not any(list(buttons(payload)) for payload in before)
    assert [each["action_id"] for each in buttons(last)] == [
        "source:0", "feedback:right", "feedback:wrong", "feedback:wrong_source",
    ]  # fmt: skip


def test_what_can_not_be_judged_has_no_buttons() -> None:
    """A reply that is no answer has no sources to open and nothing to judge."""
    assert not list(buttons(checked(replace(PLAIN, citations=(citation(1),)))[0]))


@pytest.mark.parametrize("length", [0, 1, 800, 5_000, 50_000])
def test_a_source_fits_in_its_modal(length: int) -> None:
    """However long a section's path, a quote and a table's name are."""
    words_ = "å" * length
    cited = Citation(1_000_000_000_000, "fil.txt", words_, 3, "3", words_ or "x", words_, words_, words_)
    assert not slack_limits.view(source_view(Source(cited, words_[:300], words_[:300], None), "en"))


def test_the_question_what_is_wrong_fits_in_its_modal() -> None:
    """And so does the one that thanks for the answer."""
    for verdict in ("wrong", "wrong_source"):
        assert not slack_limits.view(words_view(verdict, {"answer": "a" * 32}, "sv"))
    assert not slack_limits.view(told_view("En titel som är längre än Slack tillåter", "Tack!", "sv"))
