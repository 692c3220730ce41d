"""Likeness in meaning for the ranking: a question's vector beside those of a plan's units."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache

from retrieval.embed import EmbedderUnavailable, Named
from retrieval.index import Document, Index
from retrieval.vectors import Vectors

NEIGHBOURS = 40  # units that a question is compared with in earnest: the rest count as unlike

log = logging.getLogger(__name__)


class Meaning:
    """Finds what is alike in meaning in a stored document; nothing while its vectors are not all there."""

    def __init__(self, index: Index, vectors: Vectors, embedder: Named) -> None:
        self._index, self._vectors, self._embedder = index, vectors, embedder
        self._vector = lru_cache(maxsize=256)(self._embedded)
        self._documents: dict[int, Document] = {}

    def __call__(self, document: int, text: str) -> Mapping[str, float]:
        """Unit keys with their cosine similarity to the text, best first; {} where there are no vectors to ask."""
        known = self._known(document)
        if known is None or not known.is_embedded(self._embedder.name):
            return {}
        try:
            return dict(self._vectors.search(known, self._vector(text), NEIGHBOURS))
        except EmbedderUnavailable as error:
            log.warning("ranking by words alone: %s", error)
            return {}

    def _embedded(self, text: str) -> Sequence[float]:
        return tuple(self._embedder.embed_query(text))

    def _known(self, id_: int) -> Document | None:
        """The document of an id; one that was not embedded is looked up again, for it may be by now."""
        held = self._documents.get(id_)
        if held is None or not held.is_embedded(self._embedder.name):
            self._documents |= {each.id: each for each in self._index.documents()}
            held = self._documents.get(id_)
        return held
