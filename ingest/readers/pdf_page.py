"""One PDF page as drawn: its words with their places, and the rules and shaded boxes around them.

Places are in points with the origin in the page's upper left corner and y growing downwards, turned so that the
page's prevailing text runs from left to right whatever way the page or its text is rotated.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw

# The C functions are bound at run time; no type checker sees them.
pdfium: Any = pypdfium2.raw

MAX_CHARACTERS = 60_000
MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 4_000
_MAX_DEPTH = 4

# Thicker than any table border, thinner than any line of text.
_RULE_THICKNESS = 2.8

# Gaps in parts of the font size: below, one word drawn in two parts; above, two words without a space between.
_WORD_GAP = 0.2
_GENERATED_GAP = 0.06


class Word(NamedTuple):
    """Characters drawn without a space between: `y` is the baseline, `level` a tagged heading's level.

    `spaced` tells that the file has a space character after the word (many writers put one where a line wraps).
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    level: int | None
    spaced: bool = False

    @property
    def top(self) -> float:
        return self.y - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.25 * self.size


class Rule(NamedTuple):
    """A straight line along an axis, at `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A filled rectangle that is not white: shading behind text."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on a page. `aside` holds words that run another way than the prevailing text."""

    width: float
    height: float
    words: tuple[Word, ...] = ()
    aside: tuple[Word, ...] = ()
    horizontals: tuple[Rule, ...] = ()
    verticals: tuple[Rule, ...] = ()
    shades: tuple[Box, ...] = ()
    cut: bool = field(default=False)


class _Style(NamedTuple):
    """What the characters of one text object share; `across` is the baseline before turning."""

    object: int
    size: float
    bold: bool
    turn: int
    skewed: bool
    x: float
    y: float
    level: int | None


class _Run(NamedTuple):
    """Consecutive characters of one text object without a space, in page coordinates.

    `reach` is the widest gap, in parts of the font size, over which it still belongs to the word before it.
    """

    text: str
    box: tuple[float, float, float, float]
    style: _Style
    reach: float
    spaced: bool


def _function(raw: Any, result: Any, *arguments: Any) -> Any:
    """The same C function taking and giving plain addresses: three times faster over 200,000 characters."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(raw, ctypes.c_void_p).value or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
_char_box = _function(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_char_object = _function(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_char_code = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_char_matrix = _function(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_char_origin = _function(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_char_size = _function(pdfium.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
_object_font = _function(pdfium.FPDFTextObj_GetFont, _P, _P)
_object_mode = _function(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_object_mark = _function(pdfium.FPDFPageObj_GetMarkedContentID, _I, _P)
_object_type = _function(pdfium.FPDFPageObj_GetType, _I, _P)
_object_matrix = _function(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
_page_object = _function(pdfium.FPDFPage_GetObject, _P, _P, _I)
_form_count = _function(pdfium.FPDFFormObj_CountObjects, _I, _P)
_form_object = _function(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_path_count = _function(pdfium.FPDFPath_CountSegments, _I, _P)
_path_segment = _function(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
_path_mode = _function(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
_segment_type = _function(pdfium.FPDFPathSegment_GetType, _I, _P)
_segment_point = _function(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_segment_close = _function(pdfium.FPDFPathSegment_GetClose, _I, _P)
_fill_color = _function(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_font_weight = _function(pdfium.FPDFFont_GetWeight, _I, _P)
_font_flags = _function(pdfium.FPDFFont_GetFlags, _I, _P)
_font_name = _function(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)

_FORCE_BOLD = 1 << 18
_FILL_THEN_STROKE = 2
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


def drawing(page: Any, headings: Mapping[int, int]) -> Drawing:
    """What stands on an open pdfium page; `headings` gives the level of marked content that is a tagged heading."""
    x0, y0, x1, y1 = _visible(page)
    runs, cut = _runs(page, headings, (x0, y0, x1, y1))
    turns = Counter[int]()
    for run in runs:
        if not run.style.skewed:
            turns[run.style.turn] += len(run.text)
    turn = turns.most_common(1)[0][0] if turns else 0
    corners = [_turned(turn, x, y) for x, y in ((x0, y0), (x1, y1))]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - top

    main: list[_Run] = []
    others: dict[int, list[_Run]] = {}
    for run in runs:
        if run.style.turn == turn and not run.style.skewed:
            main.append(run)
        else:
            others.setdefault(run.style.turn, []).append(run)
    aside: list[Word] = []
    for other, group in sorted(others.items()):
        aside += _words(group, other, 0.0, 0.0)
    horizontals, verticals, shades, more = _shapes(page, turn, left, top, width, height)
    return Drawing(
        width,
        height,
        tuple(_words(main, turn, left, top)),
        tuple(aside),
        tuple(horizontals),
        tuple(verticals),
        tuple(shades),
        cut or more,
    )


def _visible(page: Any) -> tuple[float, float, float, float]:
    """The page's crop box in its own coordinates, else its media box."""
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)) and box.right > box.left and box.top > box.bottom:
        return box.left, box.bottom, box.right, box.top
    return 0.0, 0.0, 595.0, 842.0


def _turned(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page (y upwards) in the frame where text turned by `turn` quarters runs right, y downwards."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def _runs(
    page: Any, headings: Mapping[int, int], visible: tuple[float, float, float, float]
) -> tuple[list[_Run], bool]:
    """The page's characters in content order, as runs; and whether some were left out for being too many."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], False
    try:
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        cut = count > MAX_CHARACTERS
        count = min(count, MAX_CHARACTERS)
        address = ctypes.cast(text_page, _P).value
        reader = _RunReader(address, headings, visible)
        text = _characters(text_page, address, count)
        runs: list[_Run] = []
        reach = 0.0
        for match in _RUN.finditer(text):
            start, end = match.span()
            after = text[end] if end < count else " "
            hyphen = text[end - 1] in _LINE_END
            runs += reader.runs(match[0].translate(_HYPHENS), start, reach, after == " ")
            # pdfium puts no line break after a hyphen that ends a line. A space that it put in itself may stand
            # inside a word with loose letters.
            reach = _WORD_GAP if hyphen else _GENERATED_GAP if after == " " else 0.0
        return runs, cut
    finally:
        pdfium.FPDFText_ClosePage(text_page)


# pdfium writes a line-end hyphen as U+FFFE (in bulk) or U+0002 (one by one); the font's hyphen may map to U+00AD.
_LINE_END = "\ufffe\x02"
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-"})

# Characters without a space. No-break, figure, thin and narrow no-break spaces hold thousands together and stay inside.
_LETTERS = r"[^\s\x00-\x1f\x7f-\x9f\ufffe]"
_RUN = re.compile(rf"{_LETTERS}*[\ufffe\x02]|{_LETTERS}+(?:[\u00a0\u2007\u2009\u202f]+{_LETTERS}+)*[\ufffe\x02]?")


def _characters(text_page: Any, address: int | None, count: int) -> str:
    """The page's characters, one for each index that pdfium counts."""
    buffer = (ctypes.c_ushort * (count + 1))()
    length = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    text = bytes(memoryview(buffer)[: max(0, length)]).decode("utf-16-le", "replace")
    if len(text) != count:
        codes = (_char_code(address, i) for i in range(count))
        text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
    return text


class _RunReader:
    """Reads boxes and styles of character ranges, each text object's style once."""

    def __init__(self, address: int | None, headings: Mapping[int, int], visible: tuple[float, float, float, float]):
        self._page = address
        self._headings = headings
        self._visible = visible
        self._styles: dict[int, _Style] = {}
        self._bold: dict[int, bool] = {}
        self._box = pdfium.FS_RECTF()
        self._box_address = ctypes.addressof(self._box)

    def runs(self, text: str, start: int, reach: float, spaced: bool) -> list[_Run]:
        """The characters from `start`, which are `text`, as one run, or one for each text object; none if outside."""
        end = start + len(text)
        first = _char_object(self._page, start)
        if first == _char_object(self._page, end - 1):
            box = self._union(start, end)
            if first is None or not self._inside(box):
                return []
            return [_Run(text, box, self._style(first, start), reach, spaced)]
        pieces: list[tuple[int, int, int | None]] = []
        for i in range(start, end):
            owner = _char_object(self._page, i)
            if pieces and pieces[-1][2] == owner:
                pieces[-1] = (pieces[-1][0], i + 1, owner)
            else:
                pieces.append((i, i + 1, owner))
        found = []
        for n, (a, b, owner) in enumerate(pieces):
            box = self._union(a, b)
            if owner is not None and self._inside(box):
                style = self._style(owner, a)
                found.append(
                    _Run(text[a - start : b - start], box, style, _WORD_GAP if n else reach, spaced and b == end)
                )
        return found

    def _inside(self, box: tuple[float, float, float, float]) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        x0, y0, x1, y1 = self._visible
        return x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1

    def _union(self, start: int, end: int) -> tuple[float, float, float, float]:
        box = self._box
        _char_box(self._page, start, self._box_address)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if end - start > 1:
            _char_box(self._page, end - 1, self._box_address)
            left, right = min(left, box.left), max(right, box.right)
            bottom, top = min(bottom, box.bottom), max(top, box.top)
        return left, bottom, right, top

    def _style(self, owner: int, index: int) -> _Style:
        style = self._styles.get(owner)
        if style is None:
            matrix = pdfium.FS_MATRIX()
            _char_matrix(self._page, index, ctypes.addressof(matrix))
            x, y = ctypes.c_double(), ctypes.c_double()
            _char_origin(self._page, index, ctypes.addressof(x), ctypes.addressof(y))
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
            size = abs(_char_size(self._page, index)) * math.hypot(matrix.c, matrix.d)
            font = _object_font(owner)
            if font not in self._bold:
                self._bold[font] = _is_bold(font)
            bold = self._bold[font] or _object_mode(owner) == _FILL_THEN_STROKE
            level = self._headings.get(_object_mark(owner)) if self._headings else None
            turn = round(angle / 90) % 4
            skewed = abs(angle - 90 * round(angle / 90)) > 4
            style = _Style(owner, size or 1.0, bold, turn, skewed, x.value, y.value, level)
            self._styles[owner] = style
        return style


def _is_bold(font: int | None) -> bool:
    if not font:
        return False
    if _font_weight(font) >= 600 or _font_flags(font) & _FORCE_BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    _font_name(font, ctypes.addressof(name), 128)
    lowered = name.value.decode("utf-8", "replace").lower()
    return any(mark in lowered for mark in _BOLD_NAMES)


def _words(runs: list[_Run], turn: int, left: float, top: float) -> list[Word]:
    """The runs as words in a page's turned frame: parts of a word that touch become one."""
    words: list[Word] = []
    for text, (a, b, c, d), style, reach, spaced in runs:
        x0, _ = _turned(turn, a, b)
        x1, _ = _turned(turn, c, d)
        x0, x1 = min(x0, x1) - left, max(x0, x1) - left
        _, y = _turned(turn, style.x, style.y)
        y -= top
        if reach and words:
            last = words[-1]
            gap = x0 - last.x1
            size = max(last.size, style.size)
            level = abs(y - last.y) <= 0.12 * size
            lowered = 0 < y - last.y <= 0.35 * size and style.size < 0.85 * last.size
            if (level or lowered) and -0.3 * size <= gap <= reach * size and x1 > last.x1 - 0.1:
                words[-1] = last._replace(text=last.text + text, x1=x1, spaced=spaced)
                continue
        words.append(Word(text, x0, x1, y, style.size, style.bold, style.level, spaced))
    return words


def _shapes(
    page: Any, turn: int, left: float, top: float, width: float, height: float
) -> tuple[list[Rule], list[Rule], list[Box], bool]:
    """Horizontal and vertical rules, shaded boxes, and whether some were left out for being too many."""
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    shades: list[Box] = []
    address = ctypes.cast(page, _P).value
    count = max(0, pdfium.FPDFPage_CountObjects(page))
    budget = [MAX_OBJECTS]

    def place(x0: float, y0: float, x1: float, y1: float, filled: bool) -> None:
        (ax, ay), (bx, by) = _turned(turn, x0, y0), _turned(turn, x1, y1)
        ax, bx = sorted((ax - left, bx - left))
        ay, by = sorted((ay - top, by - top))
        if bx < -5 or by < -5 or ax > width + 5 or ay > height + 5:
            return
        thin_y, thin_x = by - ay <= _RULE_THICKNESS, bx - ax <= _RULE_THICKNESS
        if thin_y:
            horizontals.append(Rule((ay + by) / 2, ax, bx))
        if thin_x:
            verticals.append(Rule((ax + bx) / 2, ay, by))
        if not thin_x and not thin_y and filled and (bx - ax < 0.98 * width or by - ay < 0.6 * height):
            shades.append(Box(ax, ay, bx, by))

    objects = (_page_object(address, i) for i in range(min(count, MAX_OBJECTS)))
    for item, matrix in _flat(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), budget, 0):
        _path(item, matrix, place)
    return horizontals, verticals, shades, count > MAX_OBJECTS or budget[0] <= 0


_Matrix = tuple[float, float, float, float, float, float]


def _flat(
    objects: Iterator[int | None], outer: _Matrix, budget: list[int], depth: int
) -> Iterator[tuple[int, _Matrix]]:
    """Path objects with their matrices, those inside form objects too."""
    matrix = pdfium.FS_MATRIX()
    for item in objects:
        budget[0] -= 1
        if item is None or budget[0] <= 0:
            continue
        kind = _object_type(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        _object_matrix(item, ctypes.addressof(matrix))
        a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
        oa, ob, oc, od, oe, of = outer
        whole = (
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        )
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, whole
        elif depth < _MAX_DEPTH:
            inner = (_form_object(item, i) for i in range(min(max(0, _form_count(item)), MAX_OBJECTS)))
            yield from _flat(inner, whole, budget, depth + 1)


def _path(item: int, matrix: _Matrix, place: Any) -> None:
    """Hands the axis-parallel lines and rectangles of a drawn path to `place`."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    _path_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
    if not fill.value and not stroke.value:
        return
    count = _path_count(item)
    if not 2 <= count <= _MAX_SEGMENTS:
        return
    shaded = bool(fill.value) and not _near_white(item)
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    x_address, y_address = ctypes.addressof(x), ctypes.addressof(y)
    subpaths: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = _path_segment(item, i)
        _segment_point(segment, x_address, y_address)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = _segment_type(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            subpaths[-1].append(point)
        else:  # A curve: its control points say nothing of straight lines.
            subpaths[-1].append((math.nan, math.nan))
            subpaths[-1].append(point)
        if _segment_close(segment):
            subpaths[-1].append(subpaths[-1][0])
    for points in subpaths:
        if fill.value and _is_rectangle(points):
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if shaded or min(box[2] - box[0], box[3] - box[1]) <= _RULE_THICKNESS:
                place(*box, shaded)
        if stroke.value:
            for (px, py), (qx, qy) in pairwise(points):
                if abs(px - qx) <= 0.7 or abs(py - qy) <= 0.7:
                    place(px, py, qx, qy, False)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Whether a filled subpath is an upright rectangle."""
    if not 4 <= len(points) <= 6 or any(math.isnan(x) for x, _ in points):
        return False
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return all(min(abs(x - min(xs)), abs(x - max(xs))) < 0.7 for x in xs) and all(
        min(abs(y - min(ys)), abs(y - max(ys))) < 0.7 for y in ys
    )


def _near_white(item: int) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not _fill_color(item, *(ctypes.addressof(part) for part in parts)):
        return True
    red, green, blue, alpha = (part.value for part in parts)
    return min(red, green, blue) >= 250 or alpha < 8
