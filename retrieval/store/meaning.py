"""Likeness in meaning for the ranking: a question's vector beside those of all that a plan's entries say.

A plan is small: every entry is compared, exactly, with vectors read once from SQL. Chroma need not be there.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from retrieval.store.embed import EmbedderUnavailable, Named
from retrieval.store.index import Index
from retrieval.store.units import Entry

Floats = NDArray[np.float32]

ROOM = 60_000  # vectors kept ready: those of an 88-page plan take 2.5 MB

log = logging.getLogger(__name__)


class Meaning:
    """Finds how alike in meaning the entries of a stored document are to a text. Safe to share between threads."""

    def __init__(self, index: Index, embedder: Named, room: int = ROOM) -> None:
        self._index, self._embedder, self._room = index, embedder, room
        self._question = lru_cache(maxsize=256)(self._embedded)
        self._ready: OrderedDict[int, Floats] = OrderedDict()
        self._lock = Lock()

    def __call__(self, document: int, entries: Sequence[Entry], text: str) -> Floats | None:
        """The cosine similarity of each entry to the text; None while the document's vectors are not all there."""
        matrix = self._matrix(document, entries)
        if matrix is None:
            return None
        try:
            return matrix @ self._question(text)
        except EmbedderUnavailable as error:
            log.warning("ranking by words alone: %s", error)
            return None

    def _embedded(self, text: str) -> Floats:
        vector = np.asarray(self._embedder.embed_query(text), np.float32)
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def _matrix(self, id_: int, entries: Sequence[Entry]) -> Floats | None:
        """The vectors of a document's entries, a row each, of length 1."""
        with self._lock:
            if id_ in self._ready:
                self._ready.move_to_end(id_)
                return self._ready[id_]
        if not self._index.is_embedded(id_, self._embedder.name):
            return None
        digests = [sha256(entry.embedded.encode()).hexdigest() for entry in entries]
        kept = self._index.vectors_of(id_, self._embedder.name)
        if not entries or any(digest not in kept for digest in digests):
            return None
        matrix = np.stack([np.frombuffer(kept[digest], np.float16) for digest in digests]).astype(np.float32)
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        with self._lock:
            self._ready[id_] = matrix
            while len(self._ready) > 1 and sum(map(len, self._ready.values())) > self._room:
                self._ready.popitem(last=False)
        return matrix
