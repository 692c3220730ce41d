"""Slack's published limits, as the reference of Block Kit has them (https://docs.slack.dev/reference/block-kit).

Written apart from the code that keeps to them: what is wrong with a message or a view is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

MESSAGE_TEXT = 40_000  # characters, after which a message is cut
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
SHOWN = 13_000  # characters of all blocks: more was refused with msg_blocks_too_long


def message(payload: Json) -> list[str]:
    """What is wrong with a message."""
    blocks = payload.get("blocks") or []
    found = list(_blocks(blocks, MESSAGE_BLOCKS))
    if not payload.get("text"):
        found.append("no fallback text")
    elif len(payload["text"]) > MESSAGE_TEXT:
        found.append("text too long")
    if any(mark in payload.get("text", "") for mark in ("<!", "<@", "<#", "<http")):
        found.append("markup in the fallback text")
    if sum(each["type"] == "table" for each in blocks) > 1:
        found.append("more than one table")
    if sum(map(len, strings(blocks))) > SHOWN:
        found.append("blocks too long")
    return found


def view(view: Json) -> list[str]:
    """What is wrong with a modal."""
    found = list(_blocks(view["blocks"], VIEW_BLOCKS))
    for name in ("title", "close", "submit"):
        if name in view:
            found += _text(view[name], 24, name)
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata too long")
    if any(each["type"] == "input" for each in view["blocks"]) and "submit" not in view:
        found.append("an input without submit")
    return found


def _blocks(blocks: list[Json], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        yield from _BLOCKS[block["type"]](block)


def _rich(block: Json) -> Iterator[str]:
    for part in block["elements"]:
        if part["type"] not in ("rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"):
            yield f"no such part: {part['type']}"
        if not part["elements"]:
            yield "an empty part"
        for element in part["elements"]:
            if element["type"] not in ("text", "link"):
                yield f"unexpected element {element['type']}"
            if not element.get("text"):
                yield "an empty text"


def _actions(block: Json) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements"
    if len({element["action_id"] for element in elements}) < len(elements):
        yield "an action_id twice"
    for element in elements:
        if len(element["action_id"]) > 255:
            yield "action_id too long"
        if element["type"] == "button":
            yield from _text(element["text"], 75, "button")
            if len(element.get("value", "")) > 2000:
                yield "value too long"
        else:
            yield from _text(element["placeholder"], 150, "placeholder")
            if not 1 <= len(element["options"]) <= 100:
                yield f"{len(element['options'])} options"
            for option in element["options"]:
                yield from _text(option["text"], 75, "option")
                if len(option["value"]) > 150:
                    yield "option value too long"


def _table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if not 1 <= len(rows) <= 100:
        yield f"{len(rows)} rows"
    if max(map(len, rows)) > 20 or len(block.get("column_settings", ())) > 20:
        yield "too many columns"
    if len({len(row) for row in rows}) > 1:
        yield "rows of unlike length"
    cells = [cell for row in rows for cell in row]
    if any(cell["type"] != "raw_text" or not cell["text"] for cell in cells):
        yield "a cell without text"
    if sum(len(cell["text"]) for cell in cells) > 10_000:
        yield "a table too long"


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    for element in block["elements"]:
        yield from _text(element, 3000, "context")


def _input(block: Json) -> Iterator[str]:
    yield from _text(block["label"], 2000, "label")
    if not 0 <= block["element"].get("max_length", 0) <= 3000:
        yield "max_length"


def _section(block: Json) -> Iterator[str]:
    yield from _text(block["text"], 3000, "section")


def _text(text: Json, most: int, what: str) -> list[str]:
    if text["type"] != "plain_text":
        return [f"{what} is read as markup"]
    return [] if 1 <= len(text["text"]) <= most else [f"{what} of {len(text['text'])} characters"]


def strings(part: Any) -> Iterator[str]:
    """All the texts of a message or a modal."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from strings(value)
    elif isinstance(part, list):
        for each in part:
            yield from strings(each)


_BLOCKS = {
    "rich_text": _rich,
    "actions": _actions,
    "table": _table,
    "context": _context,
    "input": _input,
    "section": _section,
}
