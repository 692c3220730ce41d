"""The transcript in docs/slack.md, made of what is really sent: from the root, PYTHONPATH=.:tests python -m
peers.slack_transcript prints it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from peers.slack import Json

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.message import Message
from bot.settings import Settings
from bot.slack_blocks import source_view, to_payload
from ingest.read import read_plan

PLAN = "verksamhetsplan-2026-norrsjo.txt"
SAID = ("Vad är målet för sjukfrånvaron?", "Och för dag 1–14?")


def transcript(conversation: Conversation) -> str:
    """A short conversation as somebody sees it in Slack, with a source opened."""
    lines: list[str] = []
    for n, text in enumerate(SAID):
        message = Message(f"slack:{n}", "slack", "slack:T:U", "slack:T:D", "slack:T:D:1", text, language="sv")
        conversation.accept(message)
        reply = conversation.reply(message)
        lines += [f"Anna      {text}", ""]
        for payload in to_payload(reply):
            lines += _said("Plansvar", payload)
        source = conversation.source(reply.answer or "", 1, message.person)
        if n == 0 and source:
            lines += ["          (the button [1] opens)"]
            lines += _said("", source_view(source, "sv"))
    return "\n".join(line.rstrip() for line in lines).strip()


def _said(who: str, payload: Json) -> Iterator[str]:
    for block in payload["blocks"]:
        for line in _drawn(block):
            yield f"{who:<10}{line}"
            who = ""
    yield ""


def _drawn(block: Json) -> Iterator[str]:
    if block["type"] == "actions":
        yield "  ".join(f"( {each['text']['text']} )" for each in block["elements"])
        return
    for part in block["elements"]:
        text = "".join(_styled(element) for element in part["elements"])
        mark = "│ " if part["type"] == "rich_text_quote" else ""
        for paragraph in text.split("\n"):
            yield from _wrapped(paragraph, mark)


def _styled(element: Json) -> str:
    text: str = element["text"]
    mark = "*" if "bold" in element.get("style", {}) else "_" if "style" in element else ""
    return f"{mark}{text.rstrip()}{mark}{text[len(text.rstrip()) :]}"


def _wrapped(text: str, mark: str) -> Iterator[str]:
    line = mark
    for word in text.split(" "):
        if len(line) + len(word) > 100 and line != mark:
            yield line
            line = mark
        line += word + " "
    yield line


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), organisation="Norrsjö", today="2026-03-01")  # type: ignore[arg-type]
        index = build_index(settings)
        index.store(PLAN, read_plan(Path(__file__).parents[2] / "samples" / PLAN, PLAN), "d")
        print(transcript(build_conversation(settings, index)))
        index.close()


if __name__ == "__main__":
    os.environ.setdefault("PLANSVAR_LANGUAGE", "en")
    main()
