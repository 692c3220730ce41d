"""A reply as Teams shows it: a message with its citations, and a card with its table and buttons, within Teams' limits.

What a plan or a person wrote is never markup: in cards it stands in text runs, which no client interprets, and in
messages as character references, which stand for themselves in Markdown and HTML alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.models.attachment import Attachment
from microsoft_teams.api.models.entity import CitationAppearance, CitationIconName

from bot.commands import NAMES
from bot.fitting import parts, short
from bot.message import Reply, Source, Table
from bot.phrases import cell_of, page_of, say
from retrieval.evidence.answer_types import Citation
from retrieval.language.swedish import Language

Card = dict[str, Any]

# Microsoft's: learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages and
# …/format-ai-bot-messages. A card's is the strictest that is published for one.
MESSAGE = 100 * 1024  # bytes of a whole message in UTF-16
CARD = 28 * 1024  # bytes of a card
CITATIONS = 10  # of a message: with more than 20 it is refused, and by Microsoft's own Playground with more than 10
NAME, ABSTRACT, KEYWORD, KEYWORDS = 80, 160, 28, 3  # characters of a citation's parts, and keywords
ACTIONS = 6  # buttons of a card

SAY = "say"  # what a button sends: the words that pressing it says

_ROOM = MESSAGE * 8 // 10  # the rest is for what is added on the way
_TEXT = 20_000  # characters of a message's text, as escaped
_LABEL = 45  # characters of a button
_TABLE = CARD * 8 // 10  # bytes of a table
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CONTENT = "application/vnd.microsoft.card.adaptive"

_ICONS = {
    ".pdf": CitationIconName.PDF,
    ".docx": CitationIconName.MICROSOFT_WORD,
    ".xlsx": CitationIconName.MICROSOFT_EXCEL,
    ".xlsm": CitationIconName.MICROSOFT_EXCEL,
}
_MARKUP = re.compile(r"[&<>*_`~#|\\\[\]]")
_START = re.compile(r"^(?:[-+=]|\d+[.)])")  # what begins a list or underlines a heading
_NUMBER = re.compile(r"&#91;(\d{1,3})&#93;")


def to_payload(reply: Reply, sources: Sequence[Source] = (), files: Sequence[str] = ()) -> list[MessageActivityInput]:
    """The messages that show a reply, one unless it is very long.

    `sources` are its citations opened, for what is shown around their quotes; `files` the addresses of its files.
    """
    opened = {source.citation.n: source for source in sources}
    cited = {citation.n: opened.get(citation.n) or Source(citation, "", "", None) for citation in reply.citations}
    said = f"{reply.notice}\n\n{reply.text}" if reply.notice else reply.text
    texts = parts(said, _TEXT, _weight) or [""]
    messages = [_message(reply, text, cited, ()) for text in texts[:-1]]
    return [*messages, _message(reply, texts[-1], cited, files, last=True)]


def plain_payload(message: MessageActivityInput) -> MessageActivityInput:
    """The text of a message by itself: what is sent where Teams refuses the rest."""
    return MessageActivityInput(text=message.text, text_format="markdown")


def reply_card(reply: Reply, files: Sequence[str] = (), sources: Sequence[Source] = ()) -> Card | None:
    """The card below a message: its table, its sources once they are `sources`, and its buttons; None without any."""
    table = _fitting(reply.table, reply) if reply.table else []
    buttons = _buttons(reply, files, bool(sources))
    bottom = [{"type": "ActionSet", "actions": buttons}] if buttons else []
    if not (table or bottom):
        return None
    for around in (True, False):
        opened = [_opened(source, reply.language, n > 0, around) for n, source in enumerate(sources)]
        if size(_card([*table, *opened, *bottom])) <= CARD:
            break
    left: list[Card] = []
    while opened and size(_card([*table, *opened, *left, *bottom])) > CARD:
        opened.pop()
        left = [_text(say("sources_more", reply.language, count=len(sources) - len(opened)), subtle=True)]
    return _card([*table, *opened, *left, *bottom])


def size(card: Card) -> int:
    """Bytes of a card."""
    return len(json.dumps(card, ensure_ascii=False).encode())


def weight(message: MessageActivityInput) -> int:
    """Bytes of a message as Teams counts them."""
    return len(message.model_dump_json(by_alias=True, exclude_none=True).encode("utf-16-le"))


def escaped(text: str, numbers: Collection[int] = ()) -> str:
    """Text as Markdown that shows it as it stands; only the numbers of citations stay in brackets of their own."""
    paragraphs = ("<br>".join(_line(line, numbers) for line in each.split("\n")) for each in re.split(r"\n{2,}", text))
    return "\n\n".join(paragraphs)


# Messages


def _message(
    reply: Reply, text: str, cited: dict[int, Source], files: Sequence[str], *, last: bool = False
) -> MessageActivityInput:
    """A message with as much around its citations as there is room for."""
    numbers = dict.fromkeys(int(n) for n in re.findall(r"\[(\d{1,3})\]", text))
    here = [cited[n] for n in numbers if n in cited][:CITATIONS]
    card = reply_card(reply, files) if last else None
    for detail in (2, 1, 0):  # all around a quote, the quote, no card of its own
        message = MessageActivityInput(text=escaped(text, cited), text_format="markdown")
        if reply.answer:
            message.add_ai_generated()
        for source in here:
            message.add_citation(source.citation.n, _appearance(source, reply.language, detail))
        if card:
            message.add_attachments(Attachment(content_type=CONTENT, content=card))
        if last and reply.answer:
            message.add_feedback()
        if weight(message) <= _ROOM:
            break
    return message


def _weight(character: str) -> int:
    """Characters that one takes at most when it is escaped."""
    return 6 if character in "\n-+=.)" or _MARKUP.match(character) else 1


def _line(line: str, numbers: Collection[int]) -> str:
    def kept(match: re.Match[str]) -> str:
        return f"[{match[1]}]" if int(match[1]) in numbers else match[0]

    shown = _NUMBER.sub(kept, _MARKUP.sub(lambda match: f"&#{ord(match[0])};", line.lstrip()))
    return _START.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", shown)


def _appearance(source: Source, language: Language, detail: int) -> CitationAppearance:
    """A citation as it opens from its number in the text."""
    citation = source.citation
    suffix = citation.document[citation.document.rfind(".") :].lower()
    return CitationAppearance(
        name=short(_place(citation, language), NAME),
        abstract=short(_folded(citation.quote), ABSTRACT),
        url=source.link,
        icon=_ICONS.get(suffix, CitationIconName.TEXT),
        keywords=[short(word, KEYWORD) for word in (citation.row, citation.column) if word][:KEYWORDS] or None,
        text=json.dumps(_card(_source(source, language, around=detail > 1)), ensure_ascii=False) if detail else None,
    )


# Cards


def _buttons(reply: Reply, files: Sequence[str], opened: bool) -> list[Card]:
    """The sources or, once they are there, the word that they are wrong; table, files, and what may be asked next."""
    language, actions = reply.language, list[Card]()
    if reply.answer and reply.citations:
        verb = "wrong_source" if opened else "sources"
        actions.append(_execute(say(f"button_{verb}", language), verb, reply.answer, language))
    if reply.table and _listed(reply):
        title = say("button_table", language)
        actions.append({"type": "Action.ToggleVisibility", "title": title, "targetElements": ["table"]})
    actions += [{"type": "Action.OpenUrl", "title": say("button_ics", language), "url": each} for each in files]
    return actions + [
        _say(short(each.label, _LABEL), each.text) for each in reply.suggestions[: ACTIONS - len(actions)]
    ]


def _execute(title: str, verb: str, answer: str, language: Language) -> Card:
    """A button that we answer for who presses it alone; an old client says its command instead."""
    fallback = _say(title, NAMES[verb][language][0])  # type: ignore[index]
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": {"answer": answer}, "fallback": fallback}


def _say(title: str, text: str) -> Card:
    """A button that says something in the person's name."""
    return {"type": "Action.Submit", "title": title, "data": {SAY: text}}


def _listed(reply: Reply) -> bool:
    """Whether the text lists what the table has: then the table opens at a touch."""
    return any(line.startswith("•") for line in reply.text.split("\n"))


def _fitting(table: Table, reply: Reply) -> list[Card]:
    """As many rows of a table as there is room for."""
    shown = len(table.rows)
    while True:
        made = _table(table, shown, reply.language) | ({"isVisible": False} if _listed(reply) else {})
        if size(made) <= _TABLE or not shown:
            return [made]
        shown = shown * 3 // 4


def _table(table: Table, shown: int, language: Language) -> Card:
    numbers = table.sources if any(table.sources) else ()
    longest = [max(map(len, column)) for column in zip(table.columns, *table.rows, strict=True)]
    header = [*table.columns, *([""] if numbers else [])]
    rows = [[*row, *([_mark(numbers[n])] if numbers else [])] for n, row in enumerate(table.rows[:shown])]
    cells = [_row(header, table.numeric, bold=True), *(_row(row, table.numeric) for row in rows)]
    items: list[Card] = [
        {
            "type": "Table",
            "firstRowAsHeader": True,
            "columns": [{"width": max(11, min(24, length))} for length in longest] + [{"width": 8}] * bool(numbers),
            "rows": cells,
        }
    ]
    if left := len(table.rows) - shown:
        items.append(_text(say("rows_more", language, count=left), subtle=True))
    return {"type": "Container", "id": "table", "items": items}


def _row(cells: Iterable[str], numeric: Collection[int], *, bold: bool = False) -> Card:
    return {
        "type": "TableRow",
        "cells": [
            {"type": "TableCell", "items": [_text(cell, bold=bold, right=n in numeric)]} for n, cell in enumerate(cells)
        ],
    }


def _mark(n: int | None) -> str:
    return f"[{n}]" if n else ""


def _source(source: Source, language: Language, *, around: bool, numbered: bool = False) -> list[Card]:
    """Where a source stands, and its words; `around`: among those that stand around them."""
    citation = source.citation
    runs = [_run(_folded(citation.quote)) | {"highlight": True}]
    if around and source.before.strip():
        runs.insert(0, _run(f"…{_folded(source.before)} ", subtle=True))
    if around and source.after.strip():
        runs.append(_run(f" {_folded(source.after)}…", subtle=True))
    number = f"[{citation.n}] " if numbered else ""
    return [
        _text(f"{number}{_place(citation, language)}", bold=True),
        *(_text(each, subtle=True) for each in (citation.section, cell_of(citation)) if each),
        {"type": "RichTextBlock", "inlines": runs},
    ]


def _opened(source: Source, language: Language, separator: bool, around: bool) -> Card:
    """A source in a card that has several, with its number and its link."""
    items = _source(source, language, around=around, numbered=True)
    if source.link:
        link = {"type": "Action.OpenUrl", "title": say("button_open", language), "url": source.link}
        items.append({"type": "ActionSet", "actions": [link]})
    return {"type": "Container", "separator": separator, "items": items}


def _card(body: list[Card]) -> Card:
    card = {"type": "AdaptiveCard", "$schema": _SCHEMA, "version": "1.5", "body": body}
    wide = any(each["type"] == "Container" for each in body)
    return card | ({"msteams": {"width": "full"}} if wide else {})


def _text(text: str, *, bold: bool = False, subtle: bool = False, right: bool = False) -> Card:
    block: Card = {"type": "RichTextBlock", "inlines": [_run(text, bold=bold, subtle=subtle)]}
    return block | ({"horizontalAlignment": "Right"} if right else {})


def _run(text: str, *, bold: bool = False, subtle: bool = False) -> Card:
    """Words as they stand: Markdown means nothing in a text run, and dates in double braces are taken apart."""
    run: Card = {"type": "TextRun", "text": text.replace("{{", "{\u200b{") or " "}
    return run | ({"weight": "Bolder"} if bold else {}) | ({"isSubtle": True} if subtle else {})


def _place(citation: Citation, language: Language) -> str:
    return ", ".join(filter(None, (citation.document, page_of(citation, language))))


def _folded(text: str) -> str:
    return " ".join(text.split())
