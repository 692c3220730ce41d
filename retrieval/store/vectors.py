"""Vectors of what can be found in a plan: made, kept in SQL, and copied to Chroma, where each stored document has a
collection for an embedder.

Answers read vectors from SQL, where they are made; Chroma has the same for other programs, and all that it has can be
made again. Where it is missing or broken, no answer is worse.

What Chroma has is read from Chroma each time, never noted elsewhere: a folder that was deleted, put back from an older
copy, or filled by another machine is seen as it is. Its client takes longer to import than everything else that a run
over unchanged plans does, so it is imported only where something is written or searched.
"""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from filelock import FileLock
from sqlalchemy.exc import SQLAlchemyError

from retrieval.store.embed import EmbedderUnavailable, Named, Remembered
from retrieval.store.index import Document, Index, UnknownDocument
from retrieval.store.units import Entry, Kind, entries_of

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

_BATCH = 64  # texts embedded and written at once: what a kill can cost
_PREFIX = "plan-"
_WHOLE = {"whole": True}  # noted of a collection that has all of its document
_PAGE = 100  # collections that are asked for at once
_TABLES = "chroma.sqlite3"  # what is in a folder of Chroma's
_LISTED = """
    SELECT name, id IN (SELECT collection_id FROM collection_metadata WHERE key = 'whole' AND bool_value)
    FROM collections
"""
_SECONDS = 3.0  # that a server is given to say that it lives, and what it has
_SEGMENT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # a folder of Chroma's with a collection's files

log = logging.getLogger(__name__)


class VectorsUnavailable(RuntimeError):
    """Chroma could not be used; the message is one line that names the place, the trouble and the remedy."""


class Vectors:
    """The vectors of stored plans, in a folder (`Path`) or on a Chroma server (URL, "http://host:8000")."""

    def __init__(self, index: Index, embedder: Named, place: Path | str) -> None:
        self._index, self._embedder, self._place = index, embedder, place

    def add(
        self,
        document: Document,
        entries: Sequence[Entry] | None = None,
        told: Callable[[int, int], None] = lambda done, of: None,
    ) -> None:
        """Make the vectors that a stored document's entries lack, and give Chroma those that it lacks.

        Raises `VectorsUnavailable` where Chroma can't be used: the vectors are made all the same. Else what `embed`
        raises.
        """
        entries = entries_of(self._index.plan(document.id)) if entries is None else entries
        self.embed(document, entries, told)
        self.copy(document, entries)

    def embed(
        self,
        document: Document,
        entries: Sequence[Entry] | None = None,
        told: Callable[[int, int], None] = lambda done, of: None,
    ) -> None:
        """Make the vectors that a stored document's entries lack, and keep them in SQL, which answers are made from;
        `told` hears how many are done, of how many.

        Interrupted or killed, it goes on the next time from where it was. Raises what the embedder raises.
        """
        entries = entries_of(self._index.plan(document.id)) if entries is None else entries
        name, texts = self._embedder.name, [entry.embedded for entry in entries]
        digests = [sha256(text.encode()).hexdigest() for text in texts]
        kept = self._index.vectors(name, digests)
        self._index.keep_vectors(document.id, name, kept)
        missing = [text for text, digest in zip(texts, digests, strict=True) if digest not in kept]
        done = len(texts) - len(missing)
        told(done, len(texts))
        remembered = Remembered(self._embedder, self._index, document.id)
        for start in range(0, len(missing), _BATCH):
            some = missing[start : start + _BATCH]
            remembered.embed_documents(some)
            told(done + start + len(some), len(texts))
        self._index.mark_embedded(document.id, name, len({entry.unit.key for entry in entries}))

    def copy(self, document: Document, entries: Sequence[Entry] | None = None) -> None:
        """Give Chroma what it lacks of a stored document's entries; raises `VectorsUnavailable`."""
        entries = entries_of(self._index.plan(document.id)) if entries is None else entries
        with self._writing():
            store = self._store(document)
            have = set(store.get(include=[])["ids"])
            missing = [entry for entry in entries if entry.key not in have]
            for start in range(0, len(missing), _BATCH):
                some = missing[start : start + _BATCH]
                labels = [{"key": entry.key, "kind": entry.unit.kind} for entry in some]
                store.add_texts([entry.embedded for entry in some], labels, [entry.key for entry in some])
            self._client.get_collection(self._name(document)).modify(metadata=_WHOLE)

    def search(
        self, document: Document, query: str | Sequence[float], k: int, kinds: Collection[Kind] | None = None
    ) -> list[tuple[str, float]]:
        """The keys of the entries most like a question (or its vector), with their cosine similarity, best first.

        Empty until the document is embedded, or when Chroma can't be used (which is logged). Raises what the embedder
        raises.
        """
        if not document.is_embedded(self._embedder.name):
            return []
        vector = self._embedder.embed_query(query) if isinstance(query, str) else list(query)
        where: Any = {"kind": {"$in": list(kinds)}} if kinds else None
        try:
            from langchain_chroma import Chroma

            # Chroma's client goes on seeing what it first saw of a collection that another process is still filling.
            if self._client.get_collection(self._name(document)).metadata != _WHOLE:
                return []
            store = Chroma(self._name(document), client=self._client, create_collection_if_not_exists=False)
            found = store.similarity_search_by_vector_with_relevance_scores(vector, k, where)
        except Exception as error:  # whatever is wrong with Chroma may not cost an answer
            if type(error).__name__ != "NotFoundError":
                log.warning("searching without vectors: %s", self._trouble(error))
            return []
        return [(each.metadata["key"], 1.0 - distance) for each, distance in found]

    def drop(self, document: Document) -> None:
        """Forget a document's vectors."""
        with self._writing():
            self._delete([self._name(document)])

    def sweep(self) -> None:
        """Forget what belongs to no stored document: what a replaced or removed one, or a kill, left behind."""
        self._index.forget_vectors()
        with self._writing():
            # Listed before the documents are: a collection is made after its document is stored.
            names = [name for name in self._collections() if name.startswith(_PREFIX)]
            wanted = {self._name(document) for document in self._index.documents()}
            self._delete([name for name in names if name not in wanted])

    def missing(self) -> list[Document]:
        """The documents whose vectors are not all made."""
        return [each for each in self._index.documents() if not each.is_embedded(self._embedder.name)]

    def lacking(self) -> list[Document]:
        """The documents whose vectors are not all made or not all in Chroma; raises `VectorsUnavailable`."""
        with self._told():
            whole = {name for name, is_whole in self._collections().items() if is_whole}
        return [
            document
            for document in self._index.documents()
            if not document.is_embedded(self._embedder.name) or self._name(document) not in whole
        ]

    def check(self) -> None:
        """Raise `VectorsUnavailable` unless Chroma answers and has every document."""
        with self._told():
            self._client.heartbeat()
        if lacking := self.lacking():
            names = ", ".join(document.name for document in lacking[:3])
            raise VectorsUnavailable(f"{self._where()}: lacks {len(lacking)} ({names}); run `plansvar embed`")

    def _name(self, document: Document) -> str:
        embedder = sha256(self._embedder.name.encode()).hexdigest()[:8]
        return f"{_PREFIX}{document.revision}-{embedder}"

    def _collections(self) -> dict[str, bool]:
        """Every collection by name, and whether it has all of its document."""
        try:
            return dict(_in_folder(self._place) if isinstance(self._place, Path) else _on_server(self._place))
        except Exception as error:  # half made, of another version, with a password: Chroma's client knows, or says why
            log.info("asking Chroma's client what there is: %s", error)
            listed = _paged(self._client.list_collections)
            return {each.name: each.metadata == _WHOLE for each in listed}

    def _delete(self, names: Collection[str]) -> None:
        """Delete collections, and in a folder of ours the files that Chroma leaves behind when one is deleted."""
        if names:
            from chromadb.errors import NotFoundError

            for name in names:
                with suppress(NotFoundError):
                    self._client.delete_collection(name)
        if isinstance(self._place, Path):
            for folder in self._left(self._place):
                shutil.rmtree(folder, ignore_errors=True)

    def _left(self, place: Path) -> list[Path]:
        """The folders with files of collections that are deleted."""
        if not (place / _TABLES).exists():
            return []
        with closing(sqlite3.connect(place / _TABLES)) as tables:
            segments = dict(tables.execute("SELECT id, collection FROM segments"))
        folders = (folder for folder in place.iterdir() if _SEGMENT.fullmatch(folder.name))
        left = [folder for folder in folders if folder.name not in segments]
        # The table is Chroma's own affair: where it doesn't tell of every collection, nothing is taken away.
        known = left and {str(each.id) for each in self._client.list_collections()} <= set(segments.values())
        return left if known else []

    def _store(self, document: Document) -> Chroma:
        """A document's collection, new when there is none or when it can't be read."""
        from langchain_chroma import Chroma

        remembered = Remembered(self._embedder, self._index, document.id)
        name = self._name(document)

        def store() -> Chroma:
            shape: Any = {"hnsw": {"space": "cosine"}}
            return Chroma(name, cast("Embeddings", remembered), client=self._client, collection_configuration=shape)

        try:
            found = store()
            for vector in found.get(limit=1, include=["embeddings"])["embeddings"]:
                found.similarity_search_by_vector(vector.tolist(), 1)
        except Exception as error:
            log.warning("making %s anew: %s", name, error)
            self._client.delete_collection(name)
            return store()
        return found

    @cached_property
    def _client(self) -> ClientAPI:
        """Chroma's client; its telemetry and tracing are off whatever the environment or a .env file says."""
        import chromadb
        from chromadb.config import Settings

        private = Settings(
            _env_file=None,  # type: ignore[call-arg]
            anonymized_telemetry=False,
            chroma_otel_collection_endpoint="",
            chroma_otel_granularity=None,
        )
        if isinstance(self._place, Path):
            return chromadb.PersistentClient(self._place, private)
        url = urlsplit(self._place)
        secure = url.scheme == "https"
        return chromadb.HttpClient(url.hostname or "", url.port or (443 if secure else 8000), secure, settings=private)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One process at a time writes to a folder, which a kill sets free; a server sees to that itself."""
        if isinstance(self._place, Path):
            self._place.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{self._place}.lock") if isinstance(self._place, Path) else nullcontext()
        with lock, self._told():
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Chroma's own exceptions as ours; the embedder's and the database's pass."""
        try:
            if isinstance(self._place, str):
                _got(self._place, "heartbeat")
            yield
        except (EmbedderUnavailable, UnknownDocument, SQLAlchemyError):
            raise
        except Exception as error:  # Chroma's errors have no common base
            raise VectorsUnavailable(self._trouble(error)) from error

    def _trouble(self, error: Exception) -> str:
        words = " ".join(str(error).split()) or type(error).__name__
        remedy = "start Chroma there or correct PLANSVAR_CHROMA_URL"
        if isinstance(self._place, Path):
            remedy = "remove that folder and run `plansvar embed`"
        return f"{self._where()}: {words}; {remedy}"

    def _where(self) -> str:
        if isinstance(self._place, Path):
            return str(self._place)
        from retrieval.store.endpoint import shown

        return shown(self._place)


# What Chroma has, without its client


def _in_folder(place: Path) -> list[tuple[str, bool]]:
    """The collections in a folder, by Chroma's own tables, and whether each is noted to be whole."""
    if not (place / _TABLES).exists():
        return []
    with closing(sqlite3.connect(place / _TABLES)) as tables:
        return tables.execute(_LISTED).fetchall()


def _on_server(url: str) -> list[tuple[str, bool]]:
    """The collections on a server, by its API, and whether each is noted to be whole."""
    place = "tenants/default_tenant/databases/default_database/collections"
    return [(each["name"], each["metadata"] == _WHOLE) for each in _paged(partial(_got, url, place))]


def _got(url: str, what: str, **asked: int) -> Any:
    """What a server says of something, within seconds: Chroma's own client would wait for good."""
    import httpx

    answer = httpx.get(f"{url.rstrip('/')}/api/v2/{what}", params=asked, timeout=_SECONDS)
    return answer.raise_for_status().json()


def _paged(listed: Callable[..., Sequence[Any]]) -> Iterator[Any]:
    """All that is listed, a page at a time."""
    start = 0
    while page := listed(limit=_PAGE, offset=start):
        yield from page
        start += len(page)
