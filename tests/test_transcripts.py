"""The pages of the chats show what is really said in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from peers.transcripts import DRAWN, transcript

from bot.build import build_conversation, build_index
from bot.settings import read_settings

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("chat", DRAWN)
def test_transcript_is_what_is_said(samples: Path, chat: str) -> None:
    """The transcript on a chat's page is the one that its script makes of what is sent."""
    page = (DOCS / f"{chat}.md").read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    index = build_index(read_settings())
    assert shown == [transcript(build_conversation(read_settings(), index), chat)]
    index.close()
