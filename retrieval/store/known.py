"""The documents that can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.describe import plain
from ingest.plan import Description


@dataclass(frozen=True, slots=True)
class Known:
    """A document that can be asked: its id, its name in the contract, what it is."""

    id: int
    name: str
    description: Description


def named_alike(known: Sequence[Known]) -> list[Known]:
    """The documents with each organisation written one way, that with its diacritics ("Årsta" before "Arsta")."""
    best: dict[str, str] = {}
    for name in filter(None, (each.description.organisation for each in known)):
        held = best.get(plain(name), "")
        if sum(not c.isascii() for c in name) >= sum(not c.isascii() for c in held):
            best[plain(name)] = name
    return [replace(each, description=_written(each.description, best)) for each in known]


def _written(description: Description, best: Mapping[str, str]) -> Description:
    name = description.organisation
    return replace(description, organisation=best[plain(name)]) if name else description
