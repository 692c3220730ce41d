"""The transcripts in docs/, made of what is really sent to each chat: from the root, PYTHONPATH=.:tests python -m
peers.transcripts slack (or teams, telegram) prints one."""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.message import Message, Reply, Source
from bot.settings import Settings
from bot.slack_blocks import source_view
from bot.slack_blocks import to_payload as to_slack
from bot.teams_cards import reply_card
from bot.teams_cards import to_payload as to_teams
from bot.telegram import opened
from bot.telegram import to_payload as to_telegram
from bot.telegram_text import Page
from ingest.read import read_plan
from retrieval.language.swedish import Language

PLAN = "verksamhetsplan-2026-norrsjo.txt"
SAID = ("Vad är målet för sjukfrånvaron?", "Och för dag 1–14?")
WIDTH = 100
SV: Language = "sv"
Draw = Callable[[Reply, Source], tuple[Iterable[str], str, Iterable[str]]]


def transcript(conversation: Conversation, chat: str) -> str:
    """A short conversation as somebody sees it in a chat, with a source opened."""
    lines: list[str] = []
    for n, text in enumerate(SAID):
        message = Message(f"{chat}:{n}", chat, f"{chat}:1", f"{chat}:1", f"{chat}:1", text, language=SV)
        conversation.accept(message)
        reply = conversation.reply(message)
        source = conversation.source(reply.answer or "", 1, message.person)
        assert source is not None
        shown, button, behind = DRAWN[chat](reply, source)
        lines += [*_by("Anna", [text]), *_by("Plansvar", shown)]
        if n == 0:
            lines += _by("", [f"(the button {button} opens)", *behind])
    return "\n".join(line.rstrip() for line in lines).strip()


def _by(who: str, said: Iterable[str]) -> Iterator[str]:
    """Lines with their speaker before the first, and an empty one after the last."""
    for line in said:
        yield f"{who:<10}{line}"
        who = ""
    yield ""


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = mark
        for word in paragraph.split(" "):
            if len(line) + len(word) > WIDTH and line != mark:
                yield line
                line = mark
            line += word + " "
        yield line


def _buttons(*labels: str) -> str:
    return "  ".join(f"( {label} )" for label in labels)


# Slack: blocks


def _slack(reply: Reply, source: Source) -> tuple[Iterable[str], str, Iterable[str]]:
    said = [line for payload in to_slack(reply) for block in payload["blocks"] for line in _block(block)]
    return said, "[1]", [line for block in source_view(source, SV)["blocks"] for line in _block(block)]


def _block(block: dict[str, Any]) -> Iterator[str]:
    if block["type"] == "actions":
        yield _buttons(*(each["text"]["text"] for each in block["elements"]))
        return
    for part in block["elements"]:
        text = "".join(_styled(element) for element in part["elements"])
        yield from _wrapped(text, "│ " if part["type"] == "rich_text_quote" else "")


def _styled(element: dict[str, Any]) -> str:
    text: str = element["text"]
    mark = "*" if "bold" in element.get("style", {}) else "_" if "style" in element else ""
    return f"{mark}{text.rstrip()}{mark}{text[len(text.rstrip()) :]}"


# Teams: a message in Markdown, and the card below it


def _teams(reply: Reply, source: Source) -> tuple[Iterable[str], str, Iterable[str]]:
    lines: list[str] = []
    for message in to_teams(reply, [source]):
        lines += _wrapped(html.unescape((message.text or "").replace("<br>", "\n")))
        for attachment in message.attachments or ():
            lines += _card(attachment.content or {})
        if message.channel_data and message.channel_data.feedback_loop:
            lines.append("👍 👎")
    card = reply_card(reply, (), [source])
    assert card is not None
    return lines, "Källor", _card(card)


def _card(card: dict[str, Any]) -> Iterator[str]:
    for each in card.get("body") or card.get("items") or ():
        if each["type"] == "Container":
            yield from _card(each)
        elif each["type"] == "RichTextBlock":
            runs = [f"*{run['text']}*" if run.get("highlight") else run["text"] for run in each["inlines"]]
            yield from _wrapped("".join(runs), "│ " if len(runs) > 1 else "")
        elif each["type"] == "ActionSet":
            yield _buttons(*(action["title"] for action in each["actions"]))


# Telegram: pages of text with buttons below


def _telegram(reply: Reply, source: Source) -> tuple[Iterable[str], str, Iterable[str]]:
    lines: list[str] = []
    for post in to_telegram(reply, "telegram:1"):
        assert post.page is not None
        lines += _page(post.page)
        for row in post.keyboard.inline_keyboard if post.keyboard else ():
            lines.append(_buttons(*(button.text for button in row)))
    return lines, "[1]", [line for page in opened(source, SV) for line in _page(page)]


def _page(page: Page) -> Iterator[str]:
    tight = re.sub(r"(<[bi]>)(\s+)", r"\2\1", re.sub(r"(\s+)(</[bi]>)", r"\2\1", page.html))
    for text, quoted in re.findall(r"(?s)(.*?)(?:<blockquote>(.*?)</blockquote>\n?|$)", tight):
        marked = re.sub(r"</?([bi])>", lambda tag: {"b": "*", "i": "_"}[tag[1]], text)
        yield from _wrapped(html.unescape(marked.strip("\n"))) if marked else ()
        yield from _wrapped(html.unescape(quoted), "│ ") if quoted else ()


DRAWN: dict[str, Draw] = {"slack": _slack, "teams": _teams, "telegram": _telegram}


def main(chat: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), organisation="Norrsjö", today="2026-03-01")  # type: ignore[arg-type]
        index = build_index(settings)
        index.store(PLAN, read_plan(Path(__file__).parents[2] / "samples" / PLAN, PLAN), "d")
        print(transcript(build_conversation(settings, index), chat))
        index.close()


if __name__ == "__main__":
    os.environ.setdefault("PLANSVAR_LANGUAGE", "en")
    main(sys.argv[1])
