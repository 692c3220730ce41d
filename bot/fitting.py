"""Text within the limits of a chat: shortened, or cut into parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_BREAKS = ("\n\n", "\n", " ")  # where a part may end, the best first


def short(text: str, most: int) -> str:
    """The text in at most so many characters, with "…" where some are left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def parts(text: str, most: int, weigh: Callable[[str], int] = len) -> list[str]:
    """The text in parts of at most `most`; see `cuts`."""
    return [text[start:end] for start, end in cuts(text, most, weigh)]


def cuts(text: str, most: int, weigh: Callable[[str], int] = len) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end, cut between paragraphs, lines or words if possible; no part begins or
    ends with white space. `weigh` says how much each character counts."""
    start = 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        if start == len(text):
            return
        end = _fits(text, start, most, weigh)
        if end < len(text):
            # A break in the first half would leave a short part, and only a space or line end is worth it.
            found = (text.rfind(each, start + (end - start) // 2, end + 1) for each in _BREAKS)
            end = next((place for place in found if place > start), end)
        stop = end
        while text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = end


def _fits(text: str, start: int, most: int, weigh: Callable[[str], int]) -> int:
    """The end of the longest piece from `start` within the limit."""
    weight = 0
    for n in range(start, min(len(text), start + most)):
        weight += weigh(text[n])
        if weight > most:
            return n
    return min(len(text), start + most)
