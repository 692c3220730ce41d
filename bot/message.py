"""What passes between a chat and the conversation core: a message in, a reply out, with no vendor's type in either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.evidence.answer_types import Citation
from retrieval.language.swedish import Language


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote in a chat.

    `event` is the same for each delivery of the same message, and no other's: what tells a retry from a new message
    ("slack:C12:1733.0001"). `person`, `channel` and `thread` are ids that begin with the chat's name
    ("slack:T1:U2", "slack:T1:C3", "slack:T1:C3:1733.0001"); a direct conversation is a channel of its own.
    `address` is what the adapter needs to reply after a restart: it is kept as JSON and means nothing to the core.
    """

    event: str
    chat: str
    person: str
    channel: str
    thread: str
    text: str
    direct: bool = True  # only the person and the assistant are there
    mentioned: bool = False  # the assistant was named, or called by a command
    bot: bool = False  # written by a program
    language: Language | None = None  # of the person's client, where the chat tells it
    address: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button: what stands on it, and the text that pressing it sends as the person's own message."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to show as a table where the chat has them; the reply's text says the same without one.

    `sources` has for each row the number of the citation it comes from; `numeric` are columns to align right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[int | None, ...] = ()
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class File:
    """A file to send along, such as deadlines as a calendar."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show for a message.

    `text` is the whole reply as plain text with citation numbers in brackets, enough by itself in the poorest chat.
    `notice` is what somebody new is told first: that this is an automatic assistant, whose plan it answers from and
    what is stored. `answer` is the id that sources are opened and feedback is given by, None where there is nothing to
    judge. `suggestions` are buttons.
    """

    text: str
    language: Language
    notice: str | None = None
    citations: tuple[Citation, ...] = ()
    table: Table | None = None
    files: tuple[File, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A citation opened: the words around its quote in the plan, and where in the document view it stands."""

    citation: Citation
    before: str
    after: str
    link: str | None
