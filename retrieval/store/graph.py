"""A network written down as ONNX, for onnxruntime to run: nodes and constants in, the bytes of a model out.

ONNX is a protocol buffer (`onnx.proto`) of few messages. Writing them takes less than the package `onnx` would bring.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET, VERSION = 18, 9  # of ONNX's operators and of its format: old enough for every onnxruntime that chromadb takes
MICROSOFT = "com.microsoft"  # the operators that onnxruntime adds to ONNX's own

_KINDS = {"float32": 1, "int8": 3, "int32": 6, "int64": 7}  # TensorProto.DataType

Field = tuple[int, int | float | str | bytes]


class Graph:
    """What a network computes: each method adds a step or a constant and returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, values: NDArray[Any]) -> str:
        name = f"c{len(self._constants)}"
        dimensions = [(1, size) for size in values.shape]
        kind = (2, _KINDS[values.dtype.name])
        self._constants.append(_message(*dimensions, kind, (8, name), (9, np.ascontiguousarray(values).tobytes())))
        return name

    def node(self, operator: str, *inputs: str, domain: str = "", outputs: int = 1, **options: int | float) -> str:
        """A step's only result, or the first of several: the others are named after it, "n7", "n7.1", …"""
        name = f"n{len(self._nodes)}"
        names = [name, *(f"{name}.{n}" for n in range(1, outputs))]
        attributes: list[bytes] = []
        for key, value in options.items():
            field, kind = (2, 1) if isinstance(value, float) else (3, 2)  # of AttributeProto, and its type
            attributes.append(_message((1, key), (field, value), (20, kind)))
        fields: list[Field] = [(1, each) for each in inputs]
        fields += [(2, each) for each in names]
        fields += [(4, operator), (7, domain), *((5, attribute) for attribute in attributes)]
        self._nodes.append(_message(*fields))
        return name

    def model(self, inputs: Mapping[str, tuple[str, Sequence[int | str]]], output: str) -> bytes:
        """The whole, with the kind and shape of each input (a size that varies has a name)."""
        given = [(11, _value(name, kind, shape)) for name, (kind, shape) in inputs.items()]
        nodes = [(1, node) for node in self._nodes]
        constants = [(5, constant) for constant in self._constants]
        graph = _message(*nodes, (2, "graph"), *constants, *given, (12, _value(output, "float32", ())))
        opsets = [(8, _message((1, domain), (2, version))) for domain, version in (("", OPSET), (MICROSOFT, 1))]
        return _message((1, VERSION), (7, graph), *opsets)


def _value(name: str, kind: str, shape: Sequence[int | str]) -> bytes:
    """An input or output; without sizes its shape is left to onnxruntime."""
    sizes = [(1, _message((2 if isinstance(size, str) else 1, size))) for size in shape]
    described = [(2, _message(*sizes))] if sizes else []
    tensor = _message((1, _KINDS[kind]), *described)
    return _message((1, name), (2, _message((1, tensor))))


def _message(*fields: Field) -> bytes:
    """Numbered fields as a protocol buffer writes them."""
    written = []
    for number, value in fields:
        if isinstance(value, float):
            written += [_integer(number << 3 | 5), struct.pack("<f", value)]
        elif isinstance(value, int):
            written += [_integer(number << 3), _integer(value)]
        else:
            value = value.encode() if isinstance(value, str) else value
            written += [_integer(number << 3 | 2), _integer(len(value)), value]
    return b"".join(written)


def _integer(value: int) -> bytes:
    """A whole number in as few bytes as it needs, seven bits in each; a negative one as 64 bits."""
    value &= (1 << 64) - 1
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
