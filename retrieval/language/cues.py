"""What a question asks for, told by its cue words: a sum, a date, a list."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

from retrieval.language.direction import FALLS, RISES
from retrieval.language.swedish import BARE, language

Asks = Literal[
    "target", "council", "when", "until", "from", "who", "why", "number", "money", "costs", "revenue", "net", "list",
    "compare", "share", "largest", "smallest", "sum", "count", "outcome", "activities", "goals", "how_often",
    "yes_no", "how_many", "contact", "hours", "open", "address", "person", "date", "price", "volume", "women", "men",
    "fee", "cost", "span", "lasting", "somebody", "staff", "firm", "street", "law", "place", "past", "name", "where",
    "weekday", "age", "authority", "sex", "within", "granted", "meaning", "in_short", "greeting", "thanks",
    "instruction", "personal", "begins", "ends", "done", "must", "be", "goes_on", "newcomer", "priorities", "news",
    "described", "found",
]  # fmt: skip


# How something stands to a time, who asks, and what a plan puts first or says is new: no kind of thing asked for.
_NOT_ASKED = frozenset(("begins", "ends", "done", "must", "be", "goes_on", "newcomer", "priorities", "news"))


def _cues() -> dict[Asks, re.Pattern[str]]:
    """The patterns of `lexicon/cues.txt` by kind, each kind's as one; what rises or falls asks for a comparison."""
    kinds: dict[Asks, list[str]] = {"compare": [rf"\b(?:{RISES}|{FALLS})\b"]}
    for line in (files("retrieval") / "lexicon" / "cues.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            named, pattern = line.split("\t")
            for kind in named.split():
                kinds.setdefault(cast(Asks, kind), []).append(pattern)
    unknown = kinds.keys() - set(get_args(Asks))
    if unknown:
        raise ValueError(f"lexicon/cues.txt: no such kind: {', '.join(sorted(unknown))}")
    return {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in kinds.items()}


PATTERNS = _cues()
_BARE_PATTERNS = {
    kind: re.compile(pattern.pattern.translate(BARE), re.IGNORECASE) for kind, pattern in PATTERNS.items()
}
_TURNS: tuple[Asks, ...] = (
    "compare", "share", "largest", "smallest", "sum", "net", "costs", "revenue", "how_many", "when", "until", "from",
    "why", "list", "outcome", "yes_no", "how_often", "number", "target",
)  # fmt: skip


@lru_cache(maxsize=4096)  # each word of a question is asked about dozens of times
def turns(words: str) -> bool:
    """True where words say how something is asked for rather than what: "ökar", "go up", "hur stor andel"."""
    left = words
    for name in _TURNS:
        left = PATTERNS[name].sub(" ", left)
    return len(left.replace(" ", "")) <= 0.25 * len(words)


def _together(patterns: dict[Asks, re.Pattern[str]], first: Asks, second: Asks, between: int) -> re.Pattern[str]:
    """One kind of cue and another after it, with so many words between them at most."""
    one, other = patterns[first].pattern, patterns[second].pattern
    return re.compile(rf"(?:{one})(?: [\w-]+){{0,{between}}}? (?:{other})", re.IGNORECASE)


_WRITTEN = ((False, PATTERNS), (True, _BARE_PATTERNS))  # whether without å, ä and ö
_MUST_BE_DONE = {bare: _together(patterns, "must", "done", 6) for bare, patterns in _WRITTEN}
_IS_DONE = {bare: _together(patterns, "be", "done", 2) for bare, patterns in _WRITTEN}


@lru_cache(maxsize=512)
def asked(text: str) -> frozenset[Asks]:
    """The kinds of thing a text asks for, by its cue words; what is or must be done by a time is activities."""
    bare = text.translate(BARE) == text and language(text) == "sv"  # typed without å, ä and ö, or none was needed
    patterns = _BARE_PATTERNS if bare else PATTERNS
    found = frozenset(name for name, pattern in patterns.items() if name not in _NOT_ASKED and pattern.search(text))
    if "age" in found:
        found -= {"list"}  # "which ages" is one answer
    if "how_many" in found:
        return found
    is_done = "when" not in found and _IS_DONE[bare].search(text)
    return found | {"activities"} if is_done or _MUST_BE_DONE[bare].search(text) else found
