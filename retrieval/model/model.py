"""A language model behind an OpenAI-compatible endpoint, as LangChain's `BaseChatModel`."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.utils import convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr, SecretStr

from retrieval.evidence.answer_types import ModelUnavailable
from retrieval.store.endpoint import shown

_WAITS = (0.5, 2.0)  # seconds before each new try
_CONNECT = 5.0  # seconds until a server that is there has answered the door
_LONGEST = 200_000  # bytes of a reply: an answer is a hundredth of it
_CHOSEN = {"temperature": 0}  # what is asked of a server that takes it: the same answer each time


class EndpointChat(BaseChatModel):
    """`POST {url}/chat/completions` as OpenAI defines it, streamed. `url` ends with the version, like
    "http://localhost:8000/v1".

    All calls share one pool of connections. One is tried again on 429, 5xx and a connection that breaks before anything
    has come; all tries together take no more than `seconds`. Who stops reading closes the connection. Raises
    `ModelUnavailable`.
    """

    url: str = Field(repr=False)
    model: str
    key: SecretStr | None = None
    seconds: float = 20.0
    _client: httpx.Client = PrivateAttr()
    _refused: frozenset[str] = PrivateAttr(default=frozenset())

    def model_post_init(self, context: Any, /) -> None:
        headers = {"Authorization": f"Bearer {self.key.get_secret_value()}"} if self.key else {}
        url = httpx.URL(self.url)
        # A password in the URL goes with each request, and stands in no log of one.
        signed = httpx.BasicAuth(url.username, url.password) if url.username and not self.key else None
        self._client = httpx.Client(headers=headers, auth=signed)
        weakref.finalize(self, self._client.close)

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        until = time.monotonic() + self.seconds
        body = {"model": self.model, "messages": convert_to_openai_messages(messages), "stream": True}
        if stop:
            body["stop"] = stop
        for piece in self._said(body | kwargs, until):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if run_manager:
                run_manager.on_llm_new_token(piece, chunk=chunk)
            yield chunk

    def _said(self, body: dict[str, Any], until: float) -> Iterator[str]:
        """What the model says, piece by piece, after as many tries as there is time for."""
        waits = iter((*_WAITS, None))
        while True:
            chosen = {name: value for name, value in _CHOSEN.items() if name not in self._refused}
            begun, pause = False, 0.0
            try:
                with self._client.stream("POST", self._endpoint, json=chosen | body, timeout=_left(until)) as response:
                    if response.is_success:
                        for piece in self._pieces(response, until):
                            begun = True
                            yield piece
                        return
                    if response.status_code == 400 and (refused := _refused(response) & chosen.keys()):
                        self._refused |= refused
                        continue
                    trouble = f"HTTP {response.status_code}"
                    again = response.status_code == 429 or response.is_server_error
                    pause = _retry_after(response)
            except httpx.TransportError as error:
                trouble, again = str(error) or type(error).__name__, not begun
            wait = next(waits)
            if not again or wait is None or time.monotonic() + max(wait, pause) >= until:
                raise self._unavailable(trouble)
            time.sleep(max(wait, pause))

    def _pieces(self, response: httpx.Response, until: float) -> Iterator[str]:
        """The pieces of a streamed reply; a server that doesn't stream sends it in one."""
        if response.headers.get("Content-Type", "").startswith("application/json"):
            yield self._piece(b"".join(self._bytes(response, until)), "message")
            return
        whole = False
        for line in _lines(self._bytes(response, until)):
            name, _, data = line.partition(b":")
            if name != b"data" or whole:
                continue
            if data.strip() == b"[DONE]":
                whole = True  # what follows is read to its end, so that the connection can be used again
            elif piece := self._piece(data, "delta"):
                yield piece
        if not whole:
            raise self._unavailable("the reply broke off")

    def _piece(self, data: bytes, field: str) -> str:
        """The words in a reply, or in a piece of one."""
        try:
            choices = json.loads(data)["choices"]
            content = choices[0][field].get("content") if choices else None
        except (ValueError, LookupError, TypeError, AttributeError):
            raise self._unavailable("the reply is not OpenAI's") from None
        if not isinstance(content, str | None):
            raise self._unavailable("the reply is not OpenAI's")
        return content or ""

    def _bytes(self, response: httpx.Response, until: float) -> Iterator[bytes]:
        length = 0
        for part in response.iter_bytes():
            length += len(part)
            if length > _LONGEST:
                raise self._unavailable("the reply has no end")
            if time.monotonic() > until:
                raise self._unavailable(f"it took more than {self.seconds:g} s")
            yield part

    @property
    def _endpoint(self) -> httpx.URL:
        url = httpx.URL(self.url)
        return url.copy_with(username=None, password=None, path=f"{url.path.rstrip('/')}/chat/completions")

    def _unavailable(self, trouble: str) -> ModelUnavailable:
        return ModelUnavailable(f"{shown(self.url)} ({self.model}): {trouble}; see `plansvar doctor`")


def _left(until: float) -> httpx.Timeout:
    left = max(0.001, until - time.monotonic())
    return httpx.Timeout(left, connect=min(left, _CONNECT))


def _lines(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Lines by line feeds alone: JSON may hold what else Python takes for the end of one."""
    rest = b""
    for part in parts:
        *lines, rest = (rest + part).split(b"\n")
        yield from lines
    yield rest


def _retry_after(response: httpx.Response) -> float:
    """Seconds that the server asks us to wait, in seconds or by the clock; 0 where it doesn't say."""
    asked = response.headers.get("Retry-After", "")
    if asked.isdecimal():
        return float(asked)
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    return 0.0


def _refused(response: httpx.Response) -> set[str]:
    """What a request held that the server says it doesn't take."""
    with suppress(ValueError, httpx.HTTPError):
        told = json.loads(response.read()[:10_000])
        words = json.dumps(told).casefold()
        return {name for name in _CHOSEN if name in words}
    return set()
