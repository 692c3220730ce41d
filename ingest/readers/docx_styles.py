"""What a Word document's styles and numbering say of a paragraph: heading level, weight, size, printed number.

Element names are those of WordprocessingML (ECMA-376, part 1, chapters 17.7 and 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"

_HEADING = re.compile(r"(?:heading|rubrik|überschrift|overskrift)\s*([1-9])$", re.I)
_CHAIN = 20  # styles based on one another; a longer chain is a loop


def value(parent: Any, name: str) -> str | None:
    """The `w:val` of the child `w:name`, "" when it has none, None when there is no such child."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else str(child.get(W + "val", ""))


def switched_on(parent: Any, name: str) -> bool | None:
    """Whether the property `w:name` is on or off, None when it is not there."""
    written = value(parent, name)
    return None if written is None else written not in ("0", "false", "off")


def whole(written: str | None) -> int | None:
    """A whole number as written in an attribute, None when it is none."""
    return int(written) if written and re.fullmatch(r"-?\d{1,9}", written) else None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says with what it is based on; None where none of them says."""

    names: tuple[str, ...] = ()
    level: int | None = None  # heading level from 1; 0 where the style says body text
    number: str | None = None  # w:numId
    depth: int | None = None  # w:ilvl
    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    breaks_page: bool | None = None

    def named(self, *names: str) -> bool:
        """True when the style, or one it is based on, has one of the names (lower case)."""
        return any(name in names for name in self.names)


@lru_cache(maxsize=4096)  # a document has few looks and many runs
def over(near: Style, far: Style) -> Style:
    """`near` where it says something, else `far`."""
    said = {
        name: getattr(near, name)
        for name in ("level", "number", "depth", "bold", "size", "hidden", "breaks_page")
        if getattr(near, name) is not None
    }
    return replace(far, names=near.names + far.names, **said)


def direct(paragraph: Any, run: Any, names: tuple[str, ...] = ()) -> Style:
    """What paragraph properties (`w:pPr`) and run properties (`w:rPr`) themselves say; either may be None."""
    numbering = None if paragraph is None else paragraph.find(W + "numPr")
    outline = whole(value(paragraph, "outlineLvl"))
    half_points = whole(value(run, "sz"))
    return Style(
        names=names,
        level=None if outline is None else (outline + 1 if 0 <= outline <= 8 else 0),
        number=value(numbering, "numId"),
        depth=whole(value(numbering, "ilvl")),
        bold=switched_on(run, "b"),
        size=None if half_points is None else half_points / 2,
        hidden=switched_on(run, "vanish"),
        breaks_page=switched_on(paragraph, "pageBreakBefore"),
    )


class Styles:
    """The styles of a document, by id."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        base = Style()
        for element in () if root is None else root.iter(W + "style"):
            key = element.get(W + "styleId", "")
            self._elements[key] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = key
        if root is not None:
            base = direct(None, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._base = base

    def paragraph(self, key: str | None) -> Style:
        """The paragraph style with an id, the document's default without one."""
        return over(self.named(key or self._default), self._base)

    def named(self, key: str) -> Style:
        """The style with an id, resolved through what it is based on; an unknown id is taken for its own name."""
        if key not in self._resolved:
            style = Style()
            for near in self._chain(key):
                style = over(style, near)
            self._resolved[key] = style
        return self._resolved[key]

    def _chain(self, key: str) -> Iterator[Style]:
        for _ in range(_CHAIN):
            element = self._elements.get(key)
            if element is None:
                if key:
                    yield _levelled(Style(names=(key.lower(),)))
                return
            name = (value(element, "name") or key).lower()
            yield _levelled(direct(element.find(W + "pPr"), element.find(W + "rPr"), (name,)))
            key = value(element, "basedOn") or ""

    def header_row_bold(self, key: str | None) -> bool:
        """True when a table style makes its first row bold."""
        element = self._elements.get(key or "")
        for _ in range(_CHAIN):
            if element is None:
                break
            for conditional in element.iterfind(W + "tblStylePr"):
                if conditional.get(W + "type") == "firstRow" and switched_on(conditional.find(W + "rPr"), "b"):
                    return True
            element = self._elements.get(value(element, "basedOn") or "")
        return False


def _levelled(style: Style) -> Style:
    """A style with the heading level of its name, where it tells none itself."""
    if style.level is not None:
        return style
    heading = _HEADING.match(style.names[0])
    if heading:
        return replace(style, level=int(heading[1]))
    return replace(style, level=1) if style.names[0] == "title" else style


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    style: str | None  # the paragraph style that this level belongs to
    restarts: bool
    legal: bool  # all numbers in it are decimal


@dataclass(slots=True)
class _Counters:
    at: dict[int, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)  # the w:num whose overrides are taken


class Numbering:
    """The lists of a document, counted as its paragraphs come by."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, _Counters] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        borrowed: dict[str, str] = {}
        for element in root.iterfind(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            self._levels[key] = dict(_levels(element))
            if link := value(element, "styleLink"):
                links[link] = key
            if link := value(element, "numStyleLink"):
                borrowed[key] = link
        for element in root.iterfind(W + "num"):
            key, abstract = element.get(W + "numId", ""), value(element, "abstractNumId") or ""
            abstract = links.get(borrowed.get(abstract, ""), abstract)
            self._starts[key] = {}
            for override in element.iterfind(W + "lvlOverride"):
                depth, start = whole(override.get(W + "ilvl")), whole(value(override, "startOverride"))
                if depth is not None and start is not None:
                    self._starts[key][depth] = start
                own = dict(_levels(override))
                if own:  # a list that redefines levels counts by itself
                    self._levels[f"{abstract}/{key}"] = self._levels.get(abstract, {}) | own
                    abstract = f"{abstract}/{key}"
            self._abstract[key] = abstract

    def depth_of(self, number: str, style: str | None) -> int:
        """The level that a paragraph style has in a list, 0 where it has none of its own."""
        levels = self._levels.get(self._abstract.get(number, ""), {})
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def next(self, number: str, depth: int) -> str | None:
        """The mark of the list's next paragraph ("1.2", "a)", "•"), "" when it has none, None without such a list."""
        abstract = self._abstract.get(number)
        levels = self._levels.get(abstract or "", {})
        level = levels.get(depth)
        if abstract is None or level is None:
            return None
        counters = self._counters.setdefault(abstract, _Counters())
        if number not in counters.begun:
            counters.begun.add(number)
            for overridden, start in self._starts[number].items():
                counters.at[overridden] = start - 1
        at = counters.at
        at[depth] = at.get(depth, level.start - 1) + 1
        for deeper in [d for d in at if d > depth and (d not in levels or levels[d].restarts)]:
            del at[deeper]
        for shallower in range(depth):
            if shallower in levels:
                at.setdefault(shallower, levels[shallower].start)
        return _mark(level, levels, at)


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for element in parent.iterfind(W + "lvl"):
        depth, start = whole(element.get(W + "ilvl")), whole(value(element, "start"))
        if depth is not None:
            yield (
                depth,
                _Level(
                    format=value(element, "numFmt") or "decimal",
                    text=value(element, "lvlText") or "",
                    start=1 if start is None else start,
                    style=value(element, "pStyle"),
                    restarts=value(element, "lvlRestart") != "0",
                    legal=bool(switched_on(element, "isLgl")),
                ),
            )


def _mark(level: _Level, levels: dict[int, _Level], at: dict[int, int]) -> str:
    if level.format == "bullet":
        return BULLET
    if level.format == "none":
        return re.sub(r"%\d", "", level.text).strip()

    def counted(hole: re.Match[str]) -> str:
        depth = int(hole[1]) - 1
        written = levels[depth].format if depth in levels else "decimal"
        return _number(at.get(depth, 1), "decimal" if level.legal else written)

    return re.sub(r"%([1-9])", counted, level.text).strip()


def _number(n: int, written: str) -> str:
    if written in ("lowerLetter", "upperLetter") and n > 0:
        letter = chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 10)
        return letter if written == "lowerLetter" else letter.upper()
    if written in ("lowerRoman", "upperRoman") and 0 < n < 4000:
        roman = _roman(n)
        return roman.lower() if written == "lowerRoman" else roman
    return f"{n:02}" if written == "decimalZero" else str(n)


def _roman(n: int) -> str:
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    made = ""
    for size, sign in pairs:
        made += sign * (n // size)
        n %= size
    return made
