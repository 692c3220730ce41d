"""Lines to paragraphs: where one ends, told by its words, by how wide lines are, and by what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import spaced
from ingest.columns import binds, dangling
from ingest.ladder import is_bare_label, is_rubric, is_rung
from ingest.source import Grid, Line, Source, Span
from ingest.values import MONTHS, folded, mended

_AROUND = 8  # how many lines on either side tell how a line is set
_BULLET = re.compile(r"^(?:[•·▪◦●○■\uf0b7\uf0a7\uf02d\u2023*]|[-–—])\s+|^(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
# How a line ends that is no heading; a footnote's number may stand after a sentence.
TERMINAL = re.compile(r"(?:[.!?:;,…][\"”’)]?|[a-zåäö]\.\d{1,2})$")
_GOES_ON = re.compile(r"\S [\w ,-]+ (?:och|i|av|för|till|på|med|vid|inom|från|samt|att|som|en|ett)$")
# What sentences have, and headings seldom.
VERB = re.compile(
    r"\b(?:är|har|får|ska|finns|blir|kan|kommer|tar|ges|går|sker|når|ger|gör|deltar|upplever|minskar|ökar|bidrar|"
    r"utvecklas|fungerar|arbetar|används|erbjuds|uppnås|känner|leder|följs|vet)\b",
    re.IGNORECASE,
)
# Two lines that belong together: a word divided, a list of dates, a month and its year.
_DIVIDED = re.compile(rf"[^\W\d_]-\n|(?: och|,)\n\d|\b(?:{'|'.join(MONTHS)})\n(?:19|20)\d\d\b", re.IGNORECASE)
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()[] "), frozenset("mwMWÅÄÖABCDEGHKNOPQRUVXYZ%@")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `bullet`: an item of a list; `apart`: more white space than usual stands above;
    `turned`: a page ends above, so that it is not known what stands there."""

    lines: list[Line]
    words: str
    bullet: bool = False
    apart: bool = False
    turned: bool = False

    @property
    def span(self) -> Span:
        return Span(self.lines[0].start, self.lines[-1].end)

    @property
    def listed(self) -> int | None:
        """How deep the list of contents has it, None where it has not."""
        return self.lines[0].listed


def pieces_of(source: Source) -> Iterator[Paragraph | Grid]:
    """Paragraphs and grids in reading order."""
    text = source.text
    whole = any(item.level is not None for item in source.items if isinstance(item, Line))
    page = _Page.of(source)
    titles = _titles(source)
    run: list[Line] = []
    apart, turned, forced = False, False, 0
    for n, item in enumerate(source.items):
        if isinstance(item, Grid):
            if run:
                yield _paragraph(text, run, apart, turned)
            run, apart, turned, forced = [], False, False, 0
            yield item
            continue
        after = source.items[n + 1] if n + 1 < len(source.items) else None
        title = 0 if forced > 1 else _title_at(source, n, titles)
        turns = run != [] and page.ends(run[-1], item)
        gap = text.count("\n", run[-1].end, item.start) if run and not turns else 0
        ended = forced == 1 or title > 0
        within = forced > 1 and not title  # a further line of a known title
        forced = title or max(0, forced - 1)
        if item.listed == 0:
            run.append(item)
            continue
        ended = ended or item.listed is not None or (run != [] and run[-1].listed is not None)
        if run and not within and (whole or ended or page.breaks(run, item, after)):
            yield _paragraph(text, run, apart, turned)
            run, apart, turned = [], gap > page.usual(item), turns
        run.append(item)
    if run:
        yield _paragraph(text, run, apart, turned)


def _titles(source: Source) -> frozenset[str]:
    """The titles of the goal ladder, folded: where one stands again by itself it is a heading there too."""
    lines = [item for item in source.items if isinstance(item, Line)]
    words = [folded(source.text[line.start : line.end]) for line in lines]
    found = set()
    for n, label in enumerate(words):
        if not is_bare_label(label):
            continue
        title = words[n + 1] if n + 1 < len(words) else ""
        found.add(_plain_title(title))
        for more in words[n + 2 : n + 4]:
            if not more[:1].islower():
                break
            title = f"{title} {more}"
            found.add(_plain_title(title))
    return frozenset(t for t in found if len(t) > 30)


def _plain_title(title: str) -> str:
    return re.sub(r"^[\d.]+\s+", "", folded(title)).rstrip(".").lower()


def _title_at(source: Source, n: int, titles: frozenset[str]) -> int:
    """How many lines from item `n` on are a known title, 0 where they are none."""
    words = ""
    best = 0
    for k in range(3):
        item = source.items[n + k] if n + k < len(source.items) else None
        if not isinstance(item, Line):
            break
        words = f"{words} {source.text[item.start : item.end]}".strip()
        if _plain_title(words) in titles:
            best = k + 1
    return best


def _paragraph(text: str, run: list[Line], apart: bool, turned: bool) -> Paragraph:
    words = mended("\n".join(text[line.start : line.end] for line in run))
    bullet = _BULLET.match(words) is not None
    return Paragraph(list(run), words, bullet, apart, turned)


@dataclass(frozen=True, slots=True)
class _Page:
    """How a document's lines are set: how wide a full one is, and at which lines a blank one usually stands before."""

    text: str
    full: float
    spaced: bool  # a blank line stands before nearly every one
    apart: frozenset[int]  # else where the lines begin that have one before them, as those around them

    @classmethod
    def of(cls, source: Source) -> _Page:
        lines = list(source.lines())
        widths = [_width(source.text[line.start : line.end]) for line in lines]
        full = sorted(widths)[int(len(widths) * 0.9)] * 0.98 if widths else 0.0
        # Some pages may be set with blank lines where the others are not: told by the full lines around a line.
        blank = [
            source.text.count("\n", a.end, b.start) > 1 if width > 0.75 * full else None
            for (a, b), width in zip(pairwise(lines), widths, strict=False)
        ]
        apart = set()
        for n, line in enumerate(lines):
            around = [gap for gap in blank[max(0, n - _AROUND) : n + _AROUND] if gap is not None]
            if len(around) > 3 and sum(around) > 0.75 * len(around):
                apart.add(line.start)
        return cls(source.text, full, spaced(source), frozenset(apart))

    def usual(self, line: Line) -> int:
        """How many newlines usually part lines where this one stands."""
        return 2 if self.spaced or line.start in self.apart else 1

    def words(self, line: Line) -> str:
        return folded(self.text[line.start : line.end])

    def fits(self, line: str, word_of: str) -> bool:
        """True where the first word of the one would have fitted on the other: the break was meant."""
        return _width(line) + _width(" " + word_of.split(" ")[0]) < self.full

    def ends(self, line: Line, after: Line) -> bool:
        """True where a page ends between two lines, so that its furniture stood there."""
        between = self.text[line.end : after.start]
        return bool(between.strip()) or "\f" in between

    def _is_prose(self, words: str, after: Line | Grid | None) -> bool:
        """True where a line has or begins a sentence: it ends one, or is full and goes on in the next."""
        if re.search(r"[a-zåäö]{2}\.(?: [A-ZÅÄÖ]|$)", words):
            return True
        goes_on = isinstance(after, Line) and self.words(after)[:1].islower()
        return goes_on and _width(words) > 0.8 * self.full and VERB.search(words) is not None

    def breaks(self, run: Sequence[Line], line: Line, after: Line | Grid | None) -> bool:
        """True where a new paragraph begins with `line`, which `after` follows."""
        last = run[-1]
        above, below, first = self.words(last), self.words(line), self.words(run[0])
        between = self.text[last.end : line.start]
        if is_rung(below) or is_rubric(below) or is_rubric(above) or is_bare_label(above):
            return True
        if is_rung(first) and below[:1].isupper() and not dangling(above) and self._is_prose(below, after):
            return True
        if re.match(r"^(?:Uppdrag \d+\s*[:.]|Förvaltningens svar\s*:)", below):
            return True
        if self.ends(last, line) and not TERMINAL.search(above) and _width(above) > 0.8 * self.full:
            return False  # headings are shorter, and end no page
        usual = self.usual(line)
        if usual > 1 and between.count("\n") == 1 and not re.search(r"\n +$", between):
            # Lines kept together are one cell or one heading; a full line of prose under a short one is neither.
            return self.fits(above, below) and below[:1].isupper() and _width(below) > 0.8 * self.full
        count = re.match(r"(\d{1,2})\. ", below)
        inside = _width(above) > 0.8 * self.full and not TERMINAL.search(above) and not _BULLET.match(first)
        if count and int(count[1]) > 1 and inside:
            return False  # a sentence that ends in a figure
        if _BULLET.match(below):
            dash = re.match(r"^[-–—] ", below)
            return not dash or bool(TERMINAL.search(above) or _BULLET.match(first))
        if (last.size and line.size and abs(last.size - line.size) > 0.6) or last.bold != line.bold:
            return True
        ended = re.search(r"[.!?:][\"”’)]?$", above) is not None
        if not ended and _DIVIDED.search(f"{above[-12:]}\n{below[:6]}"):
            return False
        if not ended and (below[:1].islower() or re.fullmatch(r"[\d ,–-]+(?: ?(?:%|[a-zåäö]+))?\.", below)):
            return False
        final = above.rsplit(" ", 1)[-1]
        if not ended and final[:1].isupper() and binds(final) and between.count("\n") <= usual:
            return False  # a name goes on
        within = (len(run) > 1 or _BULLET.match(first) is not None) and not is_rung(first)  # no heading
        if within and between.count("\n") <= usual and _GOES_ON.search(above):
            return False
        if between.count("\n") > usual:
            # A full line whose sentence has not ended goes on, though a blank one follows where others have none.
            rung = is_rung(first) and below[:1].isupper() and not dangling(above)
            return between.count("\n") > 2 or ended or rung or self.fits(above, below)
        if ended and not TERMINAL.search(below) and not below[:1].islower():  # a heading under a full last line
            if not isinstance(after, Line):
                return True
            if self.fits(below, self.words(after)) and not self.words(after)[:1].islower():
                return True
        if not ended and _BULLET.match(first) and below[:1].isupper() and not dangling(above):
            return _width(above) < 0.85 * self.full  # an item's last line, seldom full
        return self.fits(above, below) and not (ended and below[:1].islower())


def _width(words: str) -> float:
    """About how wide words are set, in average letters: proportional type fits more i's than m's on a line."""
    return sum(0.55 if c in _NARROW else 1.35 if c in _WIDE else 1.0 for c in words)
