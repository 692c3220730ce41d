"""Replies, sources and questions back as Slack's blocks, within the limits that Slack publishes.

What stands in a plan or was written by a person goes only where Slack takes it as it is (`rich_text`, `raw_text`,
`plain_text`), never into its markup, so that no document can call a whole channel. The fallback `text` is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from bot.fitting import parts, short
from bot.message import Reply, Source, Suggestion, Table
from bot.phrases import cell_of, page_of, say
from bot.state import Verdict
from retrieval.evidence.answer_types import Citation
from retrieval.language.swedish import Language

Block = dict[str, Any]

# Published by Slack for blocks, their elements and views (https://docs.slack.dev/reference/block-kit).
TEXT = 3000  # characters of a text
BLOCKS = 50  # of a message
ELEMENTS = 25  # of a row of buttons
OPTIONS = 100  # of a menu
LABEL = 75  # characters of a button or an option
VALUE = 2000  # characters that a button sends
TITLE = 24  # characters of a modal's title
ROWS = 100  # of a table, with its header
COLUMNS = 20
# Less than where Slack refuses: a table's characters, and a message's ("msg_blocks_too_long", from some 13,000).
TABLE = 9_000
MESSAGE = 10_000

_CELL = 1000  # characters of a cell
_BUTTONS = 8  # sources that have a button each: more are chosen from a menu
_SOURCE = 40  # characters of a source's button: some of them side by side
_SAID = 150  # characters told back of what a button said
_ITEM = "• "


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, and the same as plain text."""

    block: Block
    text: str

    @property
    def size(self) -> int:
        return len(escaped(self.text))


@dataclass(slots=True)
class _Post:
    """A message being filled."""

    parts: list[_Part] = field(default_factory=list)

    def takes(self, part: _Part) -> bool:
        parts = [*self.parts, part]
        tables = sum(each.block["type"] == "table" for each in parts)
        return tables < 2 and sum(each.size for each in parts) <= MESSAGE


def to_payload(reply: Reply, said: str = "") -> list[dict[str, Any]]:
    """A reply as the messages to post, in order, each with `blocks` and a fallback `text`.

    `said` is what a pressed button said, shown first: in Slack it stands nowhere else.
    """
    posts = [_Post()]
    for part in _parts(reply, said):
        if posts[-1].parts and not posts[-1].takes(part):
            posts.append(_Post())
        posts[-1].parts.append(part)
    payloads: list[Block] = [
        {"text": escaped("\n".join(part.text for part in post.parts)), "blocks": [part.block for part in post.parts]}
        for post in posts
    ]
    payloads[-1]["blocks"] += _buttons(reply)
    return payloads


def escaped(text: str) -> str:
    """Text without what Slack would read as a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parts(reply: Reply, said: str) -> Iterator[_Part]:
    if said:
        words = f"» {short(said, _SAID)}"
        yield _Part({"type": "context", "elements": [_plain(words)]}, words)
    if reply.notice:
        yield from _written(reply.notice, italic=True)
    table = reply.table
    if table is None or not table.rows or len(table.columns) + bool(table.sources) > COLUMNS:
        yield from _written(reply.text)
        return
    before, after, count = _around(reply.text, len(table.rows))
    yield from _written(before)
    yield from _tables(table, count, reply.language)
    yield from _written(after)


def _written(text: str, **style: bool) -> Iterator[_Part]:
    for piece in parts(text, TEXT):
        yield _Part(_rich(_text(piece, **style)), piece)


def _around(text: str, rows: int) -> tuple[str, str, int]:
    """A text without the items that a table of so many rows says in their place: what comes before, what comes after,
    and how many rows do. Where items are not the rows, the whole text stands before the table."""
    lines = text.split("\n")
    items = [n for n, line in enumerate(lines) if line.startswith(_ITEM)]
    if len(items) != rows:
        return text, "", rows
    first = items[0]
    count = next((n for n, at in enumerate(items) if at != first + n), rows)  # another line stands between: text again
    return "\n".join(lines[:first]), "\n".join(lines[first + count :]), count


def _tables(table: Table, count: int, language: Language) -> Iterator[_Part]:
    """The first rows of a table, as many tables as Slack's limits need."""
    header = [*table.columns, *([say("slack_source", language)] if table.sources else [])]
    settings: list[Block] = [
        {"align": "right"} if n in table.numeric else {"align": "left", "is_wrapped": True} for n in range(len(header))
    ]
    held: list[list[str]] = []
    size = head = sum(map(len, header))
    for n, row in enumerate(table.rows[:count]):
        source = table.sources[n] if n < len(table.sources) else None
        cells = [*row, *([f"[{source}]" if source else ""] if table.sources else [])]
        cells = [short(cell, _CELL) or "–" for cell in cells]  # Slack refuses an empty cell
        if held and (len(held) == ROWS - 1 or size + sum(map(len, cells)) > TABLE):
            yield _table(header, held, settings)
            held, size = [], head
        held.append(cells)
        size += sum(map(len, cells))
    if held:
        yield _table(header, held, settings)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], settings: Sequence[Block]) -> _Part:
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in (header, *rows)]
    block = {"type": "table", "rows": cells, "column_settings": settings}
    return _Part(block, "\n".join(_ITEM + " · ".join(row) for row in rows))


# What can be pressed


def _buttons(reply: Reply) -> Iterator[Block]:
    """Rows of buttons below a reply: its sources, what may be asked next, and what the person thinks of it."""
    language = reply.language
    if reply.answer and reply.citations:
        yield from _sources(reply.answer, reply.citations, language)
    if reply.suggestions:
        yield _row([_suggestion(n, each) for n, each in enumerate(reply.suggestions[:ELEMENTS])])
    if reply.answer:
        labels = {verdict: say(f"button_{verdict}", language) for verdict in get_args(Verdict)}
        value = f"{reply.answer} {{}} {language}"
        yield _row([_button(f"feedback:{v}", label, value.format(v)) for v, label in labels.items()])


def _suggestion(n: int, suggestion: Suggestion) -> Block:
    return _button(f"suggest:{n}", suggestion.label, short(suggestion.text, VALUE))


def _sources(answer: str, citations: Sequence[Citation], language: Language) -> Iterator[Block]:
    values = [(_label(citation, language), f"{answer} {citation.n} {language}") for citation in citations]
    if len(values) <= _BUTTONS:
        yield _row([_button(f"source:{n}", label, value) for n, (label, value) in enumerate(values)])
        return
    for start in range(0, len(values), OPTIONS):
        options = [{"text": _plain(label), "value": value} for label, value in values[start : start + OPTIONS]]
        placeholder = _plain(say("slack_choose", language))
        menu = {"type": "static_select", "action_id": "source:menu", "placeholder": placeholder, "options": options}
        yield _row([menu])


def _label(citation: Citation, language: Language) -> str:
    """What stands on the button of a source: its number, and its page or else its row or heading."""
    return short(
        f"[{citation.n}] {page_of(citation, language) or citation.row or citation.section.rpartition(' › ')[2]}",
        _SOURCE,
    )


def _row(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def _button(action: str, label: str, value: str) -> Block:
    return {"type": "button", "action_id": action, "text": _plain(short(label, LABEL)), "value": value}


# Modals


def source_view(source: Source, language: Language) -> Block:
    """A citation opened: where it stands, its words among their neighbours, and the way to the document."""
    citation = source.citation
    place = (citation.section, page_of(citation, language), cell_of(citation))
    lines = short("\n".join(filter(None, place)), TEXT // 2)
    blocks = [
        _rich(_text(f"{citation.document}\n", bold=True), *([_text(lines)] if lines else [])),
        _rich(*_quoted(source), kind="rich_text_quote"),
    ]
    if source.link:
        blocks.append(_rich({"type": "link", "url": source.link, "text": say("button_open", language)}))
    return _view(say("slack_source_title", language, n=citation.n), blocks, language)


def _quoted(source: Source) -> Iterator[Block]:
    """The quote in bold among its neighbours."""
    if source.before:
        yield _text(f"…{source.before}")
    yield _text(short(source.citation.quote, TEXT // 2), bold=True)
    if source.after:
        yield _text(f"{source.after}…")


def words_view(verdict: Verdict, address: Mapping[str, str], language: Language) -> Block:
    """The question what was wrong; `address` comes back with the words."""
    field_ = {"type": "plain_text_input", "action_id": "words", "multiline": True, "max_length": VALUE}
    label = _plain(say("what_is_wrong", language))
    block = {"type": "input", "block_id": "words", "optional": True, "label": label, "element": field_}
    title = say(f"button_{verdict}", language)
    view = _view(title, [block], language, callback_id="feedback", private_metadata=json.dumps(dict(address)))
    return view | {"submit": _plain(say("slack_send", language))}


def told_view(title: str, words: str, language: Language) -> Block:
    """A modal that says one thing."""
    return _view(title, [_rich(_text(words))], language)


def _view(title: str, blocks: list[Block], language: Language, **more: str) -> Block:
    close = _plain(say("slack_close", language))
    return {"type": "modal", "title": _plain(short(title, TITLE)), "close": close, "blocks": blocks, **more}


# Pieces of blocks


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _text(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _rich(*elements: Block, kind: str = "rich_text_section") -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}
