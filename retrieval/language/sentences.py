"""Passages cut into sentences and list items that can be quoted: each is `text[start:end]` of the stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.source import Span

# A full stop after one of these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:t|bl|s|f|d|m|e|o|p|fr|u|g|resp|ca|kap|nr|mm|dvs|st|inkl|exkl|kl|tel|etc|jfr|obs|ev|enl|avd|adm|kr|mn|tr|"
    r"okt|nov|dec|jan|feb|sept|sep|aug|alt|sid|prel|max|min|bil|dnr|ggr|forts|proc|inv)|\b[A-ZÅÄÖ]|\d)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?:[\"”’)\]]|\*)*(?=\s)")
_ITEM = re.compile(
    r"\n[ \t]*(?=(?:[•·▪◦●○■\uf0b7\uf0a7\u2023]|[-–—] |\d{1,2}[.)] |[a-z]\) ))"
    r"|\n[ \t]*\n[ \t]*(?=[•·▪◦●○■\uf0b7\uf0a7])"
)


def sentences_in(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    """The sentences and list items of a passage, in order; none crosses from one span to the next."""
    for span in spans:
        words = text[span.start : span.end]
        cuts = {m.end() for m in _ITEM.finditer(words)}
        for found in _END.finditer(words):
            before, after = words[: found.end()], words[found.end() :].lstrip()
            if found.group()[0] == "." and _ABBREVIATED.search(before) and not _starts_anew(before, after):
                continue
            if after[:1].islower():
                continue
            cuts.add(found.end())
        start = 0
        for cut in [*sorted(cuts), len(words)]:
            piece = words[start:cut]
            left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
            if right > left:
                yield Span(span.start + start + left, span.start + start + right)
            start = cut


def _starts_anew(before: str, after: str) -> bool:
    """True where a full stop ends a sentence after all, after a number or its unit: what follows begins like one,
    "… 2021. Det", "… 585 kr. Det"."""
    return (
        re.search(r"\d(?: (?:kr|st))?\.$", before) is not None
        and re.match(r"[A-ZÅÄÖ]", after) is not None
        and not re.search(r"(?:^|\n)\s*\d{1,2}\.$", before)
    )
