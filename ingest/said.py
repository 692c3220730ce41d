"""What a document says anywhere, looked up by whoever has to guess how a table's words belong together."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from ingest.values import folded


class Said:
    """A document's text: how often it says a phrase, how often two words in a row, and which it writes small."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._counts: dict[str, int] = {}

    def counted(self, phrase: str) -> int:
        """How often the document says these words."""
        if phrase not in self._counts:
            self._counts[phrase] = self._folded.count(phrase)
        return self._counts[phrase]

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two words stand one after the other."""
        return Counter(pairwise(self._folded.split()))

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that are written without a capital, with and without their endings."""
        words = frozenset(re.findall(r"(?<![\w-])[a-zåäöé]{3,}", self.text))
        return words.union(word[:end] for word in words for end in range(max(4, len(word) - 3), len(word)))

    @cached_property
    def _folded(self) -> str:
        return folded(self.text)
