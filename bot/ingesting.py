"""Files in: each read, stored whole, and told of. One that fails does not stop the rest, and nothing is deleted.

One process at a time takes files in, and one at a time embeds what they hold, on however many machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.words import words
from ingest.read import PARSER_VERSION, read_plan
from ingest.readers.open import SUPPORTED, Found, documents_under, left_out_under
from ingest.source import UnreadableDocument
from retrieval.store.index import Index, UnknownDocument, told

if TYPE_CHECKING:
    from retrieval.store.index import Document
    from retrieval.store.vectors import Vectors

Outcome = Literal["new", "replaced", "unchanged", "described", "failed", "left_out"]
READER = str(PARSER_VERSION)
INGEST, EMBED = "ingest", "embed"  # what one process at a time does, for `Index.alone`


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a file, with one line about the trouble and the remedy where it failed."""

    document: str
    outcome: Outcome
    trouble: str = ""


def found_in(paths: Sequence[Path]) -> Iterator[Found | Ingested]:
    """The documents in the paths given, and what in them will not be read."""
    names: set[str] = set()
    for path in paths:
        if not path.exists():
            yield Ingested(str(path), "failed", trouble=words().no_such_path.format(path=path))
            continue
        found = list(documents_under(path))
        if not found:
            kinds = ", ".join(SUPPORTED)
            yield Ingested(str(path), "failed", trouble=words().nothing_to_read.format(path=path, kinds=kinds))
        for each in found:
            if each.name in names:
                trouble = words().same_name.format(path=each.path, document=each.name)
                yield Ingested(each.name, "failed", trouble=trouble)
            else:
                names.add(each.name)
                yield each
        yield from (Ingested(each.name, "left_out") for each in left_out_under(path))


def ingest(index: Index, found: Found, said: Mapping[str, str]) -> Ingested:
    """Read a file and store it, unless it is stored already, read by the same code and described the same."""
    try:
        return _ingest(index, found, said)
    except UnreadableDocument as error:
        return Ingested(found.name, "failed", trouble=str(error))
    except OSError as error:
        trouble = words().file_trouble.format(path=found.path, trouble=error.strerror or error)
        return Ingested(found.name, "failed", trouble=trouble)


def _ingest(index: Index, found: Found, said: Mapping[str, str]) -> Ingested:
    with found.path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    try:
        stored = index.document(found.name)
    except UnknownDocument:
        stored = None
    # What the user said of a file holds as long as it is the same file.
    same = stored is not None and stored.digest == digest
    said = {**stored.said, **said} if stored and same else said
    if stored and same and stored.reader == READER:
        if said == stored.said:
            return Ingested(found.name, "unchanged")
        index.describe(found.name, **said)
        return Ingested(found.name, "described")
    try:
        plan = told(read_plan(found.path, found.name), said)
    except (UnreadableDocument, OSError):
        raise
    except Exception as error:  # the fault is ours, and the other files can be read all the same
        trouble = words().fault.format(culprit=found.path, trouble=f"{type(error).__name__}: {error}")
        return Ingested(found.name, "failed", trouble=" ".join(trouble.split()))
    index.store(found.name, plan, digest, reader=READER, said=said)
    return Ingested(found.name, "replaced" if stored else "new")


def embed(
    index: Index, vectors: Vectors, told: Callable[[Document, int, int], None] = lambda document, done, of: None
) -> None:
    """Make the vectors that are missing, give Chroma what it lacks, and have both forget documents that are gone.

    `told` hears how many units of how many are done, and of which document the next ones are. Raises
    `EmbedderUnavailable`; and `VectorsUnavailable` where Chroma can't be used, when all that answers need is done.
    """
    missing = vectors.missing()
    before, total = 0, sum(document.counts.units for document in missing)
    for document in missing:
        told(document, before, total)
        units = document.counts.units

        def progress(
            done: int, of: int, before: int = before, document: Document = document, units: int = units
        ) -> None:
            told(document, before + round(done / max(of, 1) * units), total)

        with suppress(UnknownDocument):  # replaced or removed meanwhile
            vectors.embed(document, told=progress)
        before += units
    for document in vectors.lacking():
        with suppress(UnknownDocument):
            vectors.add(document)
    vectors.sweep()
