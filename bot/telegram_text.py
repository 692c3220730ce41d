"""Text for Telegram: marked, escaped, and cut into messages within its limit, each with all its tags closed.

Text and marks are kept apart until a message is written, so no text can break a tag and no cut can part a pair of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from bot.fitting import cuts

LIMIT = 4096  # characters of a message, after its marks are read; we count as Telegram does, in UTF-16
Mark = Literal["", "b", "i", "blockquote"]

# Telegram makes links of @names, #tags and /commands in any text. An invisible joiner after the sign prevents that;
# web addresses keep theirs.
_SIGN = re.compile(r"(?<![\w/:.])([@#/])(?=[^\W\d])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """Some text and how it is marked."""

    text: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One message: with marks as HTML, and without."""

    html: str
    plain: str


def harmless(text: str) -> str:
    """The text without control characters, and without what Telegram would make a mention or a command of."""
    return _SIGN.sub("\\1\N{WORD JOINER}", _CONTROL.sub("", text.replace("\r\n", "\n")))


def pages(spans: Iterable[Span], limit: int = LIMIT) -> list[Page]:
    """The marked text as messages of at most `limit` characters, cut between paragraphs, lines or words if possible."""
    made = [span for span in spans if span.text]
    text = "".join(span.text for span in made)
    return [_page(made, start, end) for start, end in cuts(text, limit, _units)]


def _units(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _page(spans: Sequence[Span], start: int, end: int) -> Page:
    html, plain, at = [], [], 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if piece:
            plain.append(piece)
            written = escape(piece, quote=False)
            html.append(f"<{span.mark}>{written}</{span.mark}>" if span.mark else written)
    return Page("".join(html), "".join(plain))
