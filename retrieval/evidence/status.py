"""How far activities have come: what their rows say, where a plan has a column for it, else what their days tell."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from ingest.plan import Activity, Plan
from ingest.values import folded

Status = Literal["late", "ongoing", "waiting", "done"]

_NOT = r"(?:\b(?:inte|ej|icke|not|yet to be)|n['’]t)(?: (?:ännu|än|yet|been|har|have|has))*"
_BEGUN = r"(?:på ?börja\w*|start\w*|börja\w*|kommit i ?gång|satt\w* i ?gång|begun|began|begin)"
# How a plan says in a cell how far something has come, and how a question asks for it.
_CELLS: dict[Status, str] = {
    "late": r"försena(?:d|de|t)|delayed|late",
    "waiting": rf"{_NOT} {_BEGUN}|planera(?:d|de|t)|kommande|vilande|uppskjut(?:en|et|na)|not started|planned",
    "ongoing": r"pågå(?:r|ende)|påbörja(?:d|de|t)|starta(?:d|de|t)|i ?gång|enligt plan|ongoing|in progress|started",
    "done": r"klar[at]?|färdig[at]?|avsluta(?:d|de|t)|genomför(?:d|da|t)|slutför(?:d|da|t)|done|completed?|finished",
}
_ASKED: dict[Status, str] = {
    "late": r"\w*försena(?:d|de|t)|delayed|overdue|behind schedule|efter tidplan\w*",
    "waiting": rf"{_NOT} {_BEGUN}",
    "ongoing": r"pågår|pågående|(?:är|are) (?:\w+ )?(?:i|på) ?gång|ongoing|in progress|under ?way",
    "done": r"(?:är|blivit|are|is|been) (?:(?:nu|redan|helt|already|now|all) )*"
    r"(?:klar[at]|färdig[at]|avslutade|genomförda|slutförda|done|completed|finished)"
    r"|(?:har|have|has) (?:(?:nu|redan|been) )*(?:avslutats|genomförts|slutförts|completed|finished)",
}
_CELL = re.compile(
    "(?<![^ ])(?:" + "|".join(f"(?P<{each}>{words})" for each, words in _CELLS.items()) + r")\W*$", re.IGNORECASE
)
_ASKS = {
    each: re.compile(rf"(?<!\w)(?:{words})\b|(?=n['’]t )(?:{words})\b", re.IGNORECASE) for each, words in _ASKED.items()
}
_HEADER = re.compile(r"\b(?:Status|Nuläge|Läge)\b")


def asked_status(text: str) -> Status | None:
    """How far what a text asks for must have come; None where it asks no such thing, or what is not so far."""
    found = next((each for each, pattern in _ASKS.items() if pattern.search(text)), None)
    denied = found and found != "waiting" and re.search(rf"{_NOT}\b[^.?!]*(?:{_ASKED[found]})", text, re.I)
    return None if denied else found


def says_status(words: str, status: Status) -> bool:
    """True where a text says that something has come so far."""
    return _ASKS[status].search(words) is not None or re.search(rf"\b(?:{_CELLS[status]})\b", words, re.I) is not None


def status_words(text: str) -> str:
    """The words of a text that ask how far something has come; "" for none."""
    return " ".join(found[0] for pattern in _ASKS.values() if (found := pattern.search(text)))


def status_of(plan: Plan, item: Activity) -> tuple[Status, str] | None:
    """How far an activity has come as its row says, and the row's words for it; None where the plan has no column for
    it, or the row's cell is empty."""
    found = _CELL.search(_row(plan, item)) if _has_column(plan.text) else None
    if found is None:
        return None
    status = next(each for each in _CELLS if found[each])
    return status, found[status]


def has_come(item: Activity, status: Status, today: date) -> bool:
    """True for an activity that its days would have come so far by today."""
    if status == "waiting":
        return item.start is not None and item.start > today
    if status == "ongoing":
        return item.start is not None and item.start <= today and (item.end is None or item.end >= today)
    return item.end is not None and item.end < today


@lru_cache(maxsize=8)  # asked for each activity of a plan; each keeps a text
def _has_column(text: str) -> bool:
    return _HEADER.search(text) is not None


def _row(plan: Plan, item: Activity) -> str:
    span = item.origin.spans[-1]
    return folded(plan.text[span.start : span.end])
