"""Lines to sections and passages: the goal ladder, plain headings, and the prose that stands under them.

Word, HTML and PDF tell headings by style or size. Plain text does not, and lines there are only known to be headings
by their words and their shape: a ladder label or a standard rubric, or a short line that ends without punctuation
although the next word would have fitted on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from ingest.blocks import spaced
from ingest.columns import dangling
from ingest.front import front_lines
from ingest.plan import Origin, Passage, Section
from ingest.source import Grid, Line, Source, Span
from ingest.values import MONTHS, folded, mended

# The rungs of a goal ladder from the top: what each is called here, its level, and its label as plans print it.
_LADDER = (
    ("KF:s inriktningsmål", 1, r"(?:KF:?s|Kommunfullmäktiges|Stadens|Kommunens) inriktningsmål"),
    ("Inriktningsmål", 1, "Inriktningsmål"),
    ("Inriktning", 1, "Inriktning"),
    ("Perspektiv", 1, "Perspektiv"),
    ("Målområde", 1, "Målområde|(?:Strategiskt|Prioriterat) (?:mål)?område"),
    ("Kommunmål", 2, "Kommunmål|Kommungemensamt mål|(?:Kommun)?[Ff]ullmäktigemål|Övergripande mål"),
    ("Regionfullmäktiges mål", 2, "Region(?:fullmäktige)?(?:ns|s)? ?mål"),
    ("Prioritering", 2, "Prioritering|Prioriterat mål|Utvecklingsområde"),
    ("KF:s mål för verksamhetsområdet", 2,
     r"(?:KF:?s|(?:Kommunf|F)ullmäktiges) (?:övergripande )?mål(?: för (?:verksamhetsområdet|verksamheten|nämnden))?"),
    ("Fokusområde", 2, "Fokusområde"),
    ("Nämndmål", 3, r"(?:Obligatoriskt |Eget )?(?:(?:Nämnd|Styrelse)(?:ens )?mål|Nämndsmål|Styrelsens mål)"),
    ("Åtagande", 3, r"(?:Nämndens|Styrelsens) åtagande|Åtagande(?=:| \d)"),
    ("Mål", 3, r"Mål(?= \d{1,2}\b|: [^.]{4,150}$)"),
    ("Effektmål", 3, "Effektmål|Resultatmål"),
    ("Enhetsmål", 4, r"Enhet(?:ens|s) ?mål|Avdelning(?:ens|s) ?mål"),
    ("Delmål", 4, "Delmål"),
)  # fmt: skip
# A label stands alone, before a colon, or with its number ("Nämndens mål SN 2: …", "Fokusområde 1 Trygghet"). The
# number may come first ("4.2 KF:s mål: …"), but "3 Nämndens mål" is a chapter about them.
_RUNGS = [
    (label, level, re.compile(
        rf"^(?:(?P<before>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\.?\s+)?(?:{words})"
        r"(?:\s+(?P<number>(?:(?-i:[A-ZÅÄÖ]{1,4}) ?)?\d{1,2}(?:\.\d{1,2})*|(?(before)(?!)|[A-ZÅÄÖ](?=:)))"
        r"(?:\s*[:.–-]\s*|\s+(?=[A-ZÅÄÖ])|$)"
        r"|\s*:\s*|(?<=perspektiv) (?=(?-i:[A-ZÅÄÖ])[^.:]{3,50}$)|(?(before)(?!)|\s*$))", re.IGNORECASE))
    for label, level, words in _LADDER
]  # fmt: skip
_RUBRIC_LEVEL, _PLAIN_LEVEL, _COUNCILS_LEVEL = 6, 5, 2
_AROUND = 8  # how many lines on either side tell how a line is set
_NUMBER_LEVELS = 4  # "1", "1.2", "1.2.3" and deeper
RUBRICS = frozenset(
    ("beskrivning", "förväntat resultat", "förväntade resultat", "arbetssätt", "resursanvändning", "uppföljning",
     "utveckling", "aktiviteter", "indikatorer", "kommentar", "analys", "åtgärder", "resultat")
)  # fmt: skip
_FOLLOWED = re.compile(r"(?:Hur|Så) (?:(?:arbetet|målet|det|detta) följs|följs (?:arbetet|målet|det|detta)) upp[?:]?")
# Rubrics that repeat under one area after another in a budget chapter, and so belong to the heading before them.
_UNDER_AREA = re.compile(
    r"^(?:volymer|priser|prislista|avgifter|nyckeltal|antal [a-zåäö]+|socioekonomiskt (?:anslag|tillägg))\b|"
    r"^(?:personal|lokaler och priser|målgrupp)$",
    re.IGNORECASE,
)
_CHAPTERS = re.compile(
    r"^(?:redovisning av ekonomi|ekonomi(?:sk redovisning)?|(?:intern)?budget|pengarna|"
    r"(?:hur|så) (?:vi )?följer (?:vi )?upp.*|"
    r"övriga ekonomiska redovisningar|särskilda redovisningar|systematiskt kvalitetsarbete|övrigt|bilagor|"
    r"synpunkter och klagomål|intern kontroll|uppföljning av .*|ekonomiska förutsättningar|"
    r"(?:nämndens|styrelsens) (?:ekonomi|uppdrag|organisation)|verksamhetsplan \d{4}.*)$",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(
    r"\(?(?:(?:alla )?(?:belopp|siffror)(?: anges)?(?: i)? )?(?:mnkr|tkr|mkr|msek|kr|kronor)\)?", re.I
)
_COMMISSION = re.compile(r"^Uppdrag (\d+)\s*[:.](?!\d)\s*(.+)$", re.DOTALL)  # "Uppdrag 23:05 ska …" is prose
_BULLET = re.compile(r"^(?:[•·▪◦●○■\uf0b7\uf0a7\uf02d\u2023*]|[-–—])\s+|^(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(.+)$", re.DOTALL)
_CHAPTER = re.compile(r"Kapitel \d{1,2}[.:]? (?=[A-ZÅÄÖ])", re.IGNORECASE)
_TERMINAL = re.compile(r"(?:[.!?:;,…][\"”’)]?|[a-zåäö]\.\d{1,2})$")  # a footnote's number may stand after a sentence
_GOES_ON = re.compile(r"\S [\w ,-]+ (?:och|i|av|för|till|på|med|vid|inom|från|samt|att|som|en|ett)$")
_VERB = re.compile(
    r"\b(?:är|har|får|ska|finns|blir|kan|kommer|tar|ges|går|sker|når|ger|gör|deltar|upplever|minskar|ökar|bidrar|"
    r"utvecklas|fungerar|arbetar|används|erbjuds|uppnås|känner|leder|följs|vet)\b",
    re.IGNORECASE,
)
# Two lines that belong together: a word divided, a list of dates, a month and its year.
_DIVIDED = re.compile(rf"[^\W\d_]-\n|(?: och|,)\n\d|\b(?:{'|'.join(MONTHS)})\n(?:19|20)\d\d\b", re.IGNORECASE)
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()[] "), frozenset("mwMWÅÄÖABCDEGHKNOPQRUVXYZ%@")


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections, passages, and for each grid the index of the section it stands in, all in reading order."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    grids: tuple[tuple[Grid, int | None], ...]
    before: tuple[str, ...] = ()  # for each grid, the paragraph right above it


@dataclass(slots=True)
class _Paragraph:
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


def outlined(source: Source) -> Outline:
    """The outline of a source whose furniture is out and whose tables are grids."""
    front = front_lines(source)
    builder = _Builder(replace(source, items=source.items[front:]))
    if front:
        lines = [item for item in source.items[:front] if isinstance(item, Line)]
        builder.passages.append(_front_page(source, lines))
    return builder.outline()


def _front_page(source: Source, lines: Sequence[Line]) -> Passage:
    """The front page as one passage, a line each: none of its lines is a heading."""
    words = "\n".join(folded(source.text[line.start : line.end]) for line in lines)
    return Passage(words, Origin(None, _spans(source, lines)))


@dataclass(slots=True)
class _Builder:
    source: Source
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    grids: list[tuple[Grid, int | None]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    pending: list[_Paragraph] = field(default_factory=list)
    numbered: bool = False  # numbers tell the levels of headings
    base: int = 0  # how many levels of numbers stand above those of the goal ladder
    chapters: set[int] = field(default_factory=set)  # the headings that are set in capitals
    wide: set[int] = field(default_factory=set)  # those that a wider gap tells from the headings of their parts
    opened: set[int] = field(default_factory=set)  # the sections that they open
    ranks: dict[float, int] = field(default_factory=dict)  # the level that each size of headings stands for
    below: int = 0  # how many levels of the goal ladder stand above the first level of the list of contents

    def outline(self) -> Outline:
        pieces = list(_pieces(self.source))
        styled = _heading_styles(self.source)
        headings = {id(p) for p in _plain_headings(pieces, styled)}
        captions = _captions(pieces, headings) if styled is None else frozenset()
        sizes = {_size(p) for p in pieces if isinstance(p, _Paragraph) and id(p) in headings}
        self.ranks = {size: n for n, size in enumerate(sorted(sizes, reverse=True), 1) if size}
        plain = [p for p in pieces if isinstance(p, _Paragraph) and id(p) in headings]
        ladder = any(isinstance(p, _Paragraph) and is_rung(p.words) for p in pieces)
        titles = {
            id(p) for label, p in pairwise(pieces) if isinstance(label, _Paragraph) and _is_bare_label(label.words)
        }
        counted = [
            p.words
            for p in pieces
            if isinstance(p, _Paragraph) and ((id(p) in headings and id(p) not in titles) or _leads(p.words))
        ]
        chapters = sum(_CHAPTER.match(words) is not None for words in counted)
        self.numbered = styled is None and (_are_numbered(counted) or chapters > 1)
        self.base = _NUMBER_LEVELS if self.numbered and ladder else 0
        capitals = {id(p) for p in plain if _in_capitals(p.words)}
        self.chapters = capitals if 1 < len(capitals) < len(plain) else set()
        if styled is None and not (self.numbered or self.chapters or any(p.listed for p in plain)):
            self.wide = _set_wide(self.source, pieces, headings - titles)
        listed = [p for p in pieces if isinstance(p, _Paragraph) and p.listed]
        self.below = max([0, *(_rung_level(p) - (p.listed or 0) for p in listed)])
        n = 0
        last = ""
        while n < len(pieces):
            piece = pieces[n]
            if isinstance(piece, Grid):
                self._flush()
                self.grids.append((piece, self._above_gap(pieces, n)))
                self.before.append(piece.caption or last)
                last = ""
                n += 1
                continue
            last = piece.words
            after = pieces[n + 1] if n + 1 < len(pieces) else None
            if id(piece) in captions and isinstance(after, Grid):
                self._flush()
                self.grids.append((replace(after, caption=piece.words), self._here()))
                self.before.append(piece.words)
                last, n = "", n + 2
                continue
            rung = self._rung(pieces, n)
            commission = _COMMISSION.match(piece.words)
            if rung:
                n = rung
            elif commission:
                self._open(commission[2].rstrip(":. "), "Uppdrag", commission[1], self.base + 2, piece.span)
                self.pending.append(piece)
                n += 1
            elif is_rubric(piece.words) and not piece.bullet and not piece.listed:
                self._open(piece.words.rstrip(":"), "", "", self.base + _RUBRIC_LEVEL, piece.span)
                n += 1
            elif id(piece) in headings:
                self._plain(piece)
                n += 1
            else:
                self.pending.append(piece)
                n += 1
        self._flush()
        if self.base:
            self._even_levels()
        return Outline(*map(tuple, (self.sections, self.passages, self.grids, self.before)))  # type: ignore[arg-type]

    def _even_levels(self) -> None:
        """Gives each section the level that it has in the tree, where numbers and labels made it together."""
        for n, section in enumerate(self.sections):
            above = self.sections[section.parent].level if section.parent is not None else 0
            self.sections[n] = replace(section, level=above + 1)

    def _rung(self, pieces: Sequence[_Paragraph | Grid], n: int) -> int | None:
        """Opens a rung of the goal ladder whose label begins at piece `n`; the next piece, or None if it is none."""
        piece = pieces[n]
        assert isinstance(piece, _Paragraph)
        for label, level, found in _rungs(piece.words):
            title, span, n = piece.words[found.end() :].strip(), piece.span, n + 1
            if not title:
                after = pieces[n] if n < len(pieces) else None
                if not isinstance(after, _Paragraph) or is_rung(after.words):
                    return None
                title, span, n = after.words, Span(span.start, after.span.end), n + 1
            if len(title) > 300:
                return None
            number = found["number"] or found["before"] or ""
            numbered = None if number else _NUMBERED.match(title)
            if numbered:
                number, title = numbered.groups()
            self._open(title, label, number, self._level_of_rung(number, found["before"], level), span)
            return n
        return None

    def _level_of_rung(self, number: str, before: str | None, level: int) -> int:
        """The level of a rung of the goal ladder: its own, or that of its number where the headings are numbered."""
        above = number.rpartition(".")[0]
        if self.numbered and (before or (above and any(section.number == above for section in self.sections))):
            return min(number.count(".") + 1, _NUMBER_LEVELS)
        return self.base + level

    def _plain(self, piece: _Paragraph) -> None:
        words = piece.words.rstrip(":")
        level = piece.lines[0].level or self.ranks.get(_size(piece))
        if piece.listed:
            level = min(piece.listed + self.below, _PLAIN_LEVEL - 1)
        numbered = _NUMBERED.match(words)
        title, number = (numbered[2], numbered[1]) if numbered else (words, "")
        goal = self._goal_beside(number)
        if self.numbered and number:
            level = min(number.count(".") + 1, _NUMBER_LEVELS)
        elif goal:
            self._open(title, goal.label, number, goal.level, piece.span)
            return
        elif level is None:
            plain = self.base + _PLAIN_LEVEL
            if _UNDER_AREA.match(words) and self._ancestor(lambda s: s.level == plain) is not None:
                level = self.base + _RUBRIC_LEVEL
            elif (
                _CHAPTER.match(words)
                or id(piece) in self.chapters | self.wide
                or (_CHAPTERS.match(title) and not self.numbered)
            ):
                level = 1
            else:
                level = plain
        else:
            level = min(level, 9) if not self.sections or not self.sections[-1].label else max(level, 1)
        self._open(title, "", number, level, piece.span)
        if id(piece) in self.wide:
            self.opened.add(piece.span.start)

    def _above_gap(self, pieces: Sequence[_Paragraph | Grid], n: int) -> int | None:
        """The section of the table at piece `n`: the chapter it stands in where a gap as before a chapter parts the
        table from the text of the last of the chapter's parts."""
        before = pieces[n - 1] if n else None
        if self.wide and isinstance(before, _Paragraph) and _is_wide(self.source.text, before, pieces[n]):
            chapter = self._ancestor(lambda section: section.span.start in self.opened)
            return self._here() if chapter is None else chapter
        return self._here()

    def _goal_beside(self, number: str) -> Section | None:
        """The goal that a number stands beside, whose label holds for it too: "3.2 …" after "KF:s mål: 3.1 …"."""
        above = number.rpartition(".")[0]
        return next((s for s in self.sections if above and s.label and s.number.rpartition(".")[0] == above), None)

    def _open(self, title: str, label: str, number: str, level: int, span: Span) -> None:
        self._flush()
        parent = self._here()
        while parent is not None and self.sections[parent].level >= level:
            parent = self.sections[parent].parent
        self.sections.append(Section(title, label, number, level, parent, span))

    def _here(self) -> int | None:
        return len(self.sections) - 1 if self.sections else None

    def _ancestor(self, wanted) -> int | None:  # type: ignore[no-untyped-def]
        at = self._here()
        while at is not None and not wanted(self.sections[at]):
            at = self.sections[at].parent
        return at

    def _flush(self) -> None:
        """Turns the paragraphs read since the last heading or table into passages."""
        run: list[_Paragraph] = []
        for paragraph in self.pending:
            goes_on = run and (run[-1].words.endswith(":") or (paragraph.bullet and run[-1].bullet))
            if run and (not goes_on or sum(len(p.words) for p in run) + len(paragraph.words) > 1500):
                self._passage(run)
                run = []
            run.append(paragraph)
        if run:
            self._passage(run)
        self.pending = []

    def _passage(self, run: Sequence[_Paragraph]) -> None:
        words = "\n".join(p.words for p in run)
        lines = [line for paragraph in run for line in paragraph.lines]
        self.passages.append(Passage(words, Origin(self._here(), _spans(self.source, lines))))


def _spans(source: Source, lines: Sequence[Line]) -> tuple[Span, ...]:
    """Where lines stand: one span, or several where furniture or a page end was taken out between."""
    parts = [[lines[0]]]
    for a, b in pairwise(lines):
        if source.text[a.end : b.start].strip() or "\f" in source.text[a.end : b.start]:
            parts.append([b])
        else:
            parts[-1].append(b)
    return tuple(Span(part[0].start, part[-1].end) for part in parts)


def _pieces(source: Source) -> Iterator[_Paragraph | Grid]:
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
        if not _is_bare_label(label):
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


def _paragraph(text: str, run: list[Line], apart: bool, turned: bool) -> _Paragraph:
    words = mended("\n".join(text[line.start : line.end] for line in run))
    bullet = _BULLET.match(words) is not None
    return _Paragraph(list(run), words, bullet, apart, turned)


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
        return goes_on and _width(words) > 0.8 * self.full and _VERB.search(words) is not None

    def breaks(self, run: Sequence[Line], line: Line, after: Line | Grid | None) -> bool:
        """True where a new paragraph begins with `line`, which `after` follows."""
        last = run[-1]
        above, below, first = self.words(last), self.words(line), self.words(run[0])
        between = self.text[last.end : line.start]
        if is_rung(below) or is_rubric(below) or is_rubric(above) or _is_bare_label(above):
            return True
        if is_rung(first) and below[:1].isupper() and not dangling(above) and self._is_prose(below, after):
            return True
        if re.match(r"^(?:Uppdrag \d+\s*[:.]|Förvaltningens svar\s*:)", below):
            return True
        if self.ends(last, line) and not _TERMINAL.search(above) and _width(above) > 0.8 * self.full:
            return False  # headings are shorter, and end no page
        usual = self.usual(line)
        if usual > 1 and between.count("\n") == 1 and not re.search(r"\n +$", between):
            # Lines kept together are one cell or one heading; a full line of prose under a short one is neither.
            return self.fits(above, below) and below[:1].isupper() and _width(below) > 0.8 * self.full
        count = re.match(r"(\d{1,2})\. ", below)
        inside = _width(above) > 0.8 * self.full and not _TERMINAL.search(above) and not _BULLET.match(first)
        if count and int(count[1]) > 1 and inside:
            return False  # a sentence that ends in a figure
        if _BULLET.match(below):
            dash = re.match(r"^[-–—] ", below)
            return not dash or bool(_TERMINAL.search(above) or _BULLET.match(first))
        if (last.size and line.size and abs(last.size - line.size) > 0.6) or last.bold != line.bold:
            return True
        ended = re.search(r"[.!?:][\"”’)]?$", above) is not None
        if not ended and _DIVIDED.search(f"{above[-12:]}\n{below[:6]}"):
            return False
        if not ended and (below[:1].islower() or re.fullmatch(r"[\d ,–-]+(?: ?(?:%|[a-zåäö]+))?\.", below)):
            return False
        within = (len(run) > 1 or _BULLET.match(first) is not None) and not is_rung(first)  # no heading
        if within and between.count("\n") <= usual and _GOES_ON.search(above):
            return False
        if between.count("\n") > usual:
            # A full line whose sentence has not ended goes on, though a blank one follows where others have none.
            rung = is_rung(first) and below[:1].isupper() and not dangling(above)
            return between.count("\n") > 2 or ended or rung or self.fits(above, below)
        if ended and not _TERMINAL.search(below) and not below[:1].islower():  # a heading under a full last line
            if not isinstance(after, Line):
                return True
            if self.fits(below, self.words(after)) and not self.words(after)[:1].islower():
                return True
        if not ended and _BULLET.match(first) and below[:1].isupper() and not dangling(above):
            return _width(above) < 0.85 * self.full  # an item's last line, seldom full
        return self.fits(above, below) and not (ended and below[:1].islower())


def is_rubric(words: str) -> bool:
    """True for the rubrics of a goal's form ("Beskrivning", "Förväntat resultat", …)."""
    return words[:1].isupper() and (words.lower().rstrip(":") in RUBRICS or _FOLLOWED.fullmatch(words) is not None)


def is_chapter(words: str) -> bool:
    """True for what chapters are called in most plans ("Ekonomi"), and for a heading numbered "5.1"."""
    numbered = re.match(r"\d{1,2}(\.\d{1,2})*\.? (?=[A-ZÅÄÖ])", words)
    title = re.sub(r" 20\d\d$", "", words[numbered.end() :]) if numbered else words
    return bool(numbered and numbered[1]) or _CHAPTERS.match(title) is not None


def is_rung(words: str) -> bool:
    """True where words begin with a label of the goal ladder ("Nämndmål 1.1 …")."""
    return bool(_rungs(words))


@lru_cache(maxsize=1024)  # the same line is asked about at every step
def _rungs(words: str) -> tuple[tuple[str, int, re.Match[str]], ...]:
    """The rungs of the goal ladder whose label words begin with: what each is called, its level, and what matched."""
    return tuple((label, level, found) for label, level, pattern in _RUNGS if (found := pattern.match(words)))


def without_label(words: str) -> str:
    """A heading's number and title, what the rung of the goal ladder is called left out ("4.1 Staden ställer om")."""
    for _, _, found in _rungs(words):
        number = found["number"] or found["before"]
        return " ".join(filter(None, (number, words[found.end() :].strip())))
    return words


def _leads(words: str) -> bool:
    """True where words are a rung of the goal ladder that its number stands before."""
    return any(found["before"] for _, _, found in _rungs(words))


def _rung_level(piece: _Paragraph) -> int:
    """The level of a rung of the goal ladder, 0 for anything else."""
    return next((level for _, level, _ in _rungs(piece.words)), 0)


def _is_bare_label(words: str) -> bool:
    return any(found.end() == len(words) for _, _, found in _rungs(words))


def _width(words: str) -> float:
    """About how wide words are set, in average letters: proportional type fits more i's than m's on a line."""
    return sum(0.55 if c in _NARROW else 1.35 if c in _WIDE else 1.0 for c in words)


def _heading_styles(source: Source) -> float | None:
    """The size from which a line is a heading by its size, None where the source tells no sizes."""
    sizes: Counter[float] = Counter()
    for item in source.items:
        if isinstance(item, Line) and item.size:
            sizes[round(item.size, 1)] += item.end - item.start
    return sizes.most_common(1)[0][0] + 0.9 if sizes else None


def _are_numbered(headings: Sequence[str]) -> bool:
    """True where headings are numbered as chapters and their parts: a third of them and three, one within another."""
    numbers = [found[1] for words in headings if (found := _NUMBERED.match(words))]
    whole = set(numbers)
    return 2 < len(numbers) >= len(headings) / 3 and any(
        "." in number and number.rpartition(".")[0] in whole for number in numbers
    )


def _in_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _size(piece: _Paragraph) -> float:
    """The size a paragraph is set in, to the nearest half point; 0 where the source tells none."""
    return round(2 * max(line.size or 0.0 for line in piece.lines)) / 2


def _plain_headings(pieces: Sequence[_Paragraph | Grid], larger: float | None) -> list[_Paragraph]:
    """The paragraphs that are headings by style, or by shape where the source has no styles."""
    styled = [p for p in pieces if isinstance(p, _Paragraph)
              and (p.lines[0].level or (larger and (p.lines[0].bold or (p.lines[0].size or 0) >= larger)))]  # fmt: skip
    if styled:
        return [p for p in styled if len(p.words) < 200 and not (p.bullet and p.lines[0].level is None)
                and not (p.lines[0].level is None and re.search(r"[.;,]$", p.words))]  # fmt: skip
    for chapter in _dotted_chapters(pieces):
        chapter.bullet = False
    items = _announced(pieces)
    for item in items:
        item.bullet = True
    found: list[_Paragraph] = []
    run: list[_Paragraph] = []
    rubric = announced = False
    for piece in [*pieces, None]:
        shaped = isinstance(piece, _Paragraph) and (bool(piece.listed) or _shaped_like_heading(piece))
        if rubric and isinstance(piece, _Paragraph) and not (piece.listed or _CHAPTERS.match(piece.words)):
            shaped = shaped and len(piece.words.split()) <= 6 and not _VERB.search(piece.words)
        if isinstance(piece, _Paragraph) and shaped and not (run and piece.apart):
            run.append(piece)
            continue
        content = piece is not None and not (isinstance(piece, _Paragraph) and (shaped or is_rung(piece.words)))
        opened = _headings_of_run(run, content, rubric, announced)
        opened = [item for item in run if item in opened or item.listed]
        for item in run:
            item.bullet = len(run) >= 4 and item not in opened
        found += opened
        if opened:
            rubric = False
        run = [piece] if isinstance(piece, _Paragraph) and shaped else []
        announced = isinstance(piece, _Paragraph) and not shaped and _may_announce(piece.words)
        if isinstance(piece, _Paragraph) and not shaped:
            rubric = is_rubric(piece.words) or (rubric and not is_rung(piece.words))
    items = _items_apart(pieces, {id(piece) for piece in found})
    for item in items:
        item.bullet = True
    return [piece for piece in found if not any(piece is item for item in items)]


def _announced(pieces: Sequence[_Paragraph | Grid]) -> list[_Paragraph]:
    """The items of lists without marks: what stands close together below words that end in a colon, up to more white
    space, a table or the end. No item is a sentence, but for the last."""
    found: list[_Paragraph] = []
    for n, lead in enumerate(pieces):
        if not isinstance(lead, _Paragraph) or not _may_announce(lead.words):
            continue
        items: list[_Paragraph] = []
        after = next(iter(pieces[n + 1 :]), None)
        while isinstance(after, _Paragraph) and _may_be_item(after, items):
            items.append(after)
            after = next(iter(pieces[n + 1 + len(items) :]), None)
        if isinstance(after, _Paragraph) and not (after.apart or after.turned or is_rung(after.words)):
            continue  # the last may be the heading of what follows
        if items and items[-1].turned:
            items.pop()  # so may one that stands first on its page
        if len(items) > 1 + (items[0].apart if items else False):
            found += items
    return found


def _may_announce(words: str) -> bool:
    """True where words may lead into a list: a sentence with a colon at its end, and no label."""
    last = re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", words)[-1]
    return words.endswith(":") and last.count(" ") > 1 and not is_rung(words) and not is_rubric(words)


def _may_be_item(piece: _Paragraph, above: Sequence[_Paragraph]) -> bool:
    """True where a piece may be the next item of a list without marks, and not what follows the list."""
    words = piece.words
    if piece.bullet or piece.listed or (above and (piece.apart or above[-1].words.endswith("."))):
        return False
    if is_rung(words) or is_rubric(words) or _NUMBERED.match(words) or words.endswith(":"):
        return False
    short = len(piece.lines) < 4 and len(words) < 200
    return short and words[:1].isupper() and not re.search(r"[a-zåäö]{2}\. [A-ZÅÄÖ]", words)


def _set_wide(source: Source, pieces: Sequence[_Paragraph | Grid], headings: set[int]) -> set[int]:
    """The headings that stand after a wider gap, where such gaps tell chapters from their parts: each of the first rung
    of the goal ladder has one above it, and no rubric or lower rung has. None elsewhere.

    Where the end of a page hides the gap, a heading is a chapter's if another stands right below it, or if nothing else
    in the document speaks of it, as of units and what else parts are called for."""
    text, apart = source.text, spaced(source)
    said = folded(text).lower()
    wide: set[int] = set()
    tops = lows = hidden = 0
    for before, piece, below in zip(pieces, pieces[1:], [*pieces[2:], None], strict=False):
        if not isinstance(before, _Paragraph) or not isinstance(piece, _Paragraph) or id(before) in headings:
            continue
        level, gap, heads = _rung_level(piece), _is_wide(text, before, piece), id(piece) in headings
        if apart and text.count("\n", before.span.end, piece.span.start) == 1:
            hidden += level == 1
            gap = heads and (id(below) in headings or said.count(piece.words.lower()) == 1)
        else:
            low = level > _COUNCILS_LEVEL or is_rubric(piece.words)
            if low if gap else level == 1:
                return set()
            tops, lows = tops + (level == 1), lows + low
        wide.update({id(piece)} if gap and heads else ())
    known = tops > 2 or (tops + hidden > 2 and len(wide) > 2)
    return wide if known and lows > 2 else set()


def _is_wide(text: str, before: _Paragraph, piece: _Paragraph | Grid) -> bool:
    """True where more than one blank line parts two pieces, or stands at the end of the page that parts them."""
    start = piece.span.start if isinstance(piece, _Paragraph) else piece.start
    gap = re.compile(r"\s*").match(text, before.span.end, start)
    return gap is not None and gap[0].count("\n") > 2


def _items_apart(pieces: Sequence[_Paragraph | Grid], headings: set[int]) -> list[_Paragraph]:
    """The heading-like paragraphs that are the items of a list, each set apart: four or more in a row after words that
    announce them with a colon."""
    found: list[_Paragraph] = []
    run: list[_Paragraph] = []
    announced = False
    for piece in [*pieces, None]:
        words = piece.words if isinstance(piece, _Paragraph) else ""
        heading = id(piece) in headings
        if (
            isinstance(piece, _Paragraph)
            and heading
            and (piece.apart or run)
            and not (piece.listed or _leads(words) or _NUMBERED.match(words))
        ):
            run.append(piece)
            continue
        items = run if heading or piece is None else run[:-1]  # the last opens what follows
        found += items if announced and len(items) >= _ITEMS else []
        run, announced = [], words.endswith(":") and not heading
    return found


_ITEMS = 4  # headings in a row with nothing under them, at least


def _dotted_chapters(pieces: Sequence[_Paragraph | Grid]) -> list[_Paragraph]:
    """The paragraphs that are no items of a list though a number and a full stop begin them ("2. Mål"): chapters in a
    document that numbers their parts ("2.1"), each by itself."""
    item = re.compile(r"\d{1,2}\. \S")
    words = [piece.words if isinstance(piece, _Paragraph) else "" for piece in pieces]
    if not any(re.match(r"\d{1,2}\.\d{1,2}\.? [A-ZÅÄÖ]", each) for each in words):
        return []
    return [
        piece
        for before, piece, after in zip(["", *words], pieces, [*words[1:], ""], strict=False)
        if isinstance(piece, _Paragraph)
        and item.match(piece.words)
        and not item.match(before)
        and not item.match(after)
    ]


def _captions(pieces: Sequence[_Paragraph | Grid], headings: set[int]) -> frozenset[int]:
    """The headings that are captions: right above a table, and right below another heading that is no chapter's."""
    found = set()
    for above, piece, below in zip(pieces, pieces[1:], pieces[2:], strict=False):
        both = isinstance(above, _Paragraph) and isinstance(piece, _Paragraph) and {id(above), id(piece)} <= headings
        if not both or not isinstance(below, Grid) or re.match(r"Indikator|Aktivitet", below.rows[0].cells[0].text):
            continue
        if not _CHAPTERS.match(above.words) and not piece.listed:  # type: ignore[union-attr]
            found.add(id(piece))
    return frozenset(found)


def _headings_of_run(run: Sequence[_Paragraph], content: bool, rubric: bool, announced: bool) -> list[_Paragraph]:
    """Which of the heading-like paragraphs that follow each other are headings. Four or more make a list under the
    first, or under the words that `announced` it; the last opens what follows. Under a rubric, a lone line with nothing
    under it is its text."""
    if not run:
        return []
    if len(run) >= 4:
        return [*([] if announced else run[:1]), *(run[-1:] if content else [])]
    if rubric and not content:
        return []
    return list(run)


def _shaped_like_heading(piece: _Paragraph) -> bool:
    words = piece.words
    if piece.bullet and not re.match(r"^\d+(?:\.\d+)+\.?\s", words):
        return False
    if len(piece.lines) > 2 or len(words) > 150 or len(words) < 3 or _TERMINAL.search(words):
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] in "\"”'*"):
        return False
    if is_rubric(words) or is_rung(words) or ": " in words or _UNIT_LINE.fullmatch(words):
        return False
    if re.search(r"\((?:mnkr|tkr|mkr|kr|st|%)\) \w", words):
        return False  # a table's header
    # Nor is a row of figures, or one that has or ends in several of them, or in an amount or in a sum.
    return not re.search(
        r"\d,\d|(?<!\d)[1-9]\d{0,2} \d{3} \d|\d{4}-\d{2}-\d{2}|"
        r"(?:(?:^| )[−–-]?\d+(?: ?%)?){3,}$|\d (?:\d{3}|kr|kronor|[mt]kr|mnkr|%)$|"
        r"^(?:Summa|Totalt?)\b.*\d$",
        words,
    )
