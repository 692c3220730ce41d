"""Lines to grids: tables that text extraction flattened are put together again.

What an extraction leaves of a table varies. Two things help where they are there: cells that wrap stay together as
lines with no blank line between them while everything else is set apart by one, and an empty cell leaves one space
more. Neither is relied on alone: a row is also known by how it ends (a reporting period, two dates, as many numbers as
the header has columns), and numbers by what must hold between them (net = costs − revenue, women + men = all).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.values import folded, mended, number_in, whole_name

PERIOD = (
    r"(?:Vartannat |Vart annat )?[Åå]r(?:lig(?:en)?|svis)?|Tertial|Kvartal|Månad|Halvår|Delår|T[123](?:[,/ ]+T[123])*"
)
_ENDS_INDICATOR = re.compile(rf"(?:^|\s)(?:{PERIOD})\s*$")
_ISO = r"\d{4}-\d{2}-\d{2}"
_ENDS_ACTIVITY = re.compile(rf"(?:^|\s){_ISO}(?:\s+{_ISO})?\s*$")
_STARTS_WITH_DATE = re.compile(rf"^\s*{_ISO}\b")
LADDER = re.compile(
    r"^(?:KF:?s? (?:inriktningsmål|mål för verksamhetsområdet)|Kommunfullmäktiges (?:inriktningsmål|mål)\b.{0,40}|"
    r"(?:Nämnd|Enhets|Avdelnings|Bolags)(?:ens )?mål)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
_STARTS_TABLE = re.compile(r"Aktivitet(?:er)? +Start|Indikator(?:er)? +(?:Års|Mål|Utfall|Periodens)")
_COLUMN = re.compile(
    r"(?:Netto ?)?(?:VP|VB|Budget|Bokslut|Utfall|Prognos|Plan|Snitt|Mål|Ram|Flerårsplan|Pris|Avgift|T[123]|"
    r"Jan|Feb|Mars|Apr|Maj|Jun|Jul|Aug|Sep|Okt|Nov|Dec)[a-zåäö]*\.? ?\d{4}\*{0,2}(?: ?\([^)]*\))?"
    r"|KF:?s årsmål|Kommunfullmäktiges årsmål|Årsmål(?: \d{4})?|Periodens utfall|Startdatum|Slutdatum"
    r"|\d{4} [A-ZÅÄÖ][^\d]*?(?=$|\d{4} [A-ZÅÄÖ])"
    r"|varav [a-zåäö]+(?:/[a-zåäö]+)?"
    r"|Omslutnings- ?förändring(?: ?\([a-z]+\))?\d?"
    r"|[A-ZÅÄÖ][^\sA-ZÅÄÖ]*(?:,? (?:och|i|per|av|för|till|mot|på) [a-zåäö]+|,? [a-zåäö(][^\sA-ZÅÄÖ]*)*\*{0,2}",
)
_NUMERIC_COLUMN = re.compile(
    r"\b(?:Kostnad(?:er)?|Intäkt(?:er)?|Netto|VP|VB|Budget|Bokslut|Utfall|Prognos|Omslutnings|Förändring|Differens|"
    r"Avvikelse|Snitt|varav|Antal|Belopp|Summa|Kvinnor|Män|Andel|Pris(?:er)?|Avgift|Ersättning)\b|\((?:mnkr|tkr|kr|st|%)\)|\b(?:mnkr|tkr|mkr)\b",
    re.IGNORECASE,
)
_TEXT_HEADER = re.compile(
    r"^(Lokal|Objekt|Enhet|Område|Projekt|Insats|Risk|Åtgärd|Mål|Verksamhet|Namn|Plats|Fastighet|Uppdrag|Bilaga|Nämnd)"
    r" (Kommentar|Beskrivning|Åtgärd|Ansvarig|Status|Anmärkning|Inriktning|Förändring|Innehåll)$"
)
_NUMERIC_TOKEN = re.compile(r"^[-−–+]?\d[\d.,\u00a0\u2009\u202f]*%?\*{0,2}$|^[-−–]$")
_FOOTNOTE = re.compile(r"^\*{1,3}\s?\S|^\d\)\s")
# Words that a comment's clause has and a name has not: where a flattened label | comment line divides.
_CLAUSE = frozenset(
    "av med som för om på i till från inom är var har hade ska skall kan kommer blir utan vid under mot per att enligt "
    "vars efter innan samt utreds pågår planeras löper lämnar avvecklas byggs öppnar flyttar stängs rivs utökas "
    "renoveras upphör återlämnas".split()
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines with no blank line between them. `broken`: a page break stands before; `raw` keeps its inner spaces."""

    lines: tuple[Line, ...]
    raw: str
    broken: bool
    empties_after: int

    @property
    def words(self) -> str:
        return folded(self.raw)


class _Joined:
    """Blocks joined to one string that remembers where in the stored text each character stands."""

    def __init__(self, text: str, blocks: Sequence[_Block]) -> None:
        self.text, self.at, self.lines = "", [], [line for block in blocks for line in block.lines]  # type: ignore[var-annotated]
        self.breaks: list[int] = []
        for block in blocks:
            if block.broken and self.at:
                self.breaks.append(len(self.text))
            for line in block.lines:
                start, end = line.start, text.find("\n", line.end)
                if self.at and not block.broken:  # a space before the first word is an empty cell
                    start = max(text.rfind("\n", 0, start) + 1, 0)
                raw = text[start : end if end >= 0 else len(text)]
                self.text += raw if raw.endswith(" ") else raw + " "
                self.at += range(start, start + len(raw) + (not raw.endswith(" ")))

    def cell(self, source: str, start: int, end: int) -> Cell:
        """The cell that stands at text[start:end] of the joined string."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return Cell()
        spans: list[Span] = []
        for line in self.lines:
            a, b = max(line.start, self.at[start]), min(line.end, self.at[end - 1] + 1)
            if a < b:
                spans.append(Span(a, b))
        return Cell(mended("\n".join(source[span.start : span.end] for span in spans)), tuple(spans))

    def spans(self) -> tuple[Span, ...]:
        """Where the whole row stands: one span, or one on each side of a page break."""
        cuts = [0, *self.breaks, len(self.text)]
        parts = []
        for a, b in zip(cuts, cuts[1:], strict=False):
            inside = self.text[a:b]
            first, last = a + len(inside) - len(inside.lstrip()), a + len(inside.rstrip()) - 1
            if last >= first:
                parts.append(Span(self.at[first], self.at[last] + 1))
        return tuple(parts)


def tabled(source: Source) -> Source:
    """The source with the lines of every flattened table replaced by a grid whose first row is the header."""
    blocks = list(_blocks(source))
    reading = _Reading(source.text, blocks)
    items: list[Line | Grid] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if isinstance(block, Grid):
            items.append(block)
            i += 1
            continue
        found = reading.indicators(i) or reading.activities(i) or reading.numbers(i) or reading.texts(i)
        if found:
            grid, i = found
            items.append(grid)
        else:
            items.extend(block.lines)
            i += 1
    return replace(source, items=tuple(items))


def spaced(source: Source) -> bool:
    """True where a blank line follows nearly every line, so that lines without one between them are one cell."""
    lines = [item for item in source.items if isinstance(item, Line)]
    gaps = [source.text.count("\n", a.end, b.start) > 1 for a, b in zip(lines, lines[1:], strict=False)]
    return len(gaps) > 3 and sum(gaps) > 0.6 * len(gaps)


def _blocks(source: Source) -> Iterator[_Block | Grid]:
    text, together = source.text, spaced(source)
    run: list[Line] = []
    broken = False
    for item in (*source.items, None):
        if run:
            last = run[-1]
            between = text[last.end : item.start if item else len(text)]
            joined = isinstance(item, Line) and together and between.count("\n") == 1
            page_break = bool(joined and re.search(r"\n +$", between)) or "\f" in between
            if isinstance(item, Line) and joined:  # a page break that left no other trace than its table
                row_ended = _ENDS_ACTIVITY.search(text[last.start : last.end]) is not None
                page_break = page_break or row_ended or _STARTS_TABLE.match(text, item.start) is not None
            if not joined or page_break:
                end = text.find("\n", last.end)
                raw = text[run[0].start : end if end >= 0 else len(text)]
                blank = max((len(x) for x in between.split("\n")[1:-1] if not x.strip()), default=0)
                yield _Block(tuple(run), raw, broken, blank)
                run, broken = [], page_break
        if isinstance(item, Grid):
            yield item
        elif item is not None:
            run.append(item)


class _Reading:
    """One pass over a document's blocks. Each method reads a table that begins at a block: (grid, next block)."""

    def __init__(self, text: str, blocks: Sequence[_Block | Grid]) -> None:
        self.text, self.blocks = text, blocks
        # Where no blank lines set cells apart every line is a block, and more of them make a header or a label.
        self.cells_apart = any(isinstance(block, _Block) and len(block.lines) > 1 for block in blocks)

    def block(self, i: int) -> _Block | None:
        found = self.blocks[i] if i < len(self.blocks) else None
        return found if isinstance(found, _Block) else None

    def joined(self, i: int, j: int) -> _Joined:
        return _Joined(self.text, [block for block in self.blocks[i:j] if isinstance(block, _Block)])

    # Tables whose rows end in a known way

    def indicators(self, i: int) -> tuple[Grid, int] | None:
        """Indikator | Årsmål | KF:s årsmål | Periodicitet, with comments under their rows."""
        head = self._indicator_header(i)
        if head is None:
            return None
        columns, start = head
        rows = [self._header_row(columns, i, start)]
        at = start
        while (block := self.block(at)) is not None:
            again = self._indicator_header(at)
            if again:
                at = again[1]
                continue
            if block.words.rstrip(":") == "Kommentar" and len(rows) > 1:
                at = self._comment(at, rows, len(columns))
                continue
            end = self._row_end(at, _ENDS_INDICATOR, stop_at_sentence=True, header=self._indicator_header)
            if end is None:
                break
            rows.append(self._indicator_row(self._without_headers(at, end, self._indicator_header), len(columns)))
            at = end
        return (Grid(tuple(rows), header=1), at) if len(rows) > 1 else None

    def activities(self, i: int) -> tuple[Grid, int] | None:
        """Aktivitet | Startdatum | Slutdatum."""
        head = self._activity_header(i)
        if head is None:
            return None
        columns, start = head
        rows = [self._header_row(columns, i, start)]
        at = start
        while (block := self.block(at)) is not None:
            again = self._activity_header(at)
            if again:
                at = again[1]
                continue
            end = self._row_end(at, _ENDS_ACTIVITY, stop_at_sentence=False, header=self._activity_header)
            if end is None:
                break
            # Where a line is a block, dates may stand beside the first line of a text that wraps on.
            while len(block.lines) == 1 and (after := self.block(end)) and self._continues(after, end):
                end += 1
            joined = self._without_headers(at, end, self._activity_header)
            dates = list(re.finditer(_ISO, joined.text))[-2:]
            first = dates[0].start()
            text = joined.cell(self.text, 0, first)
            tail = joined.cell(self.text, dates[-1].end(), len(joined.text))
            if tail.text:
                text = Cell(f"{text.text} {tail.text}", text.spans + tail.spans)
            ends = [joined.cell(self.text, d.start(), d.end()) for d in dates]
            cells = [text, *([Cell()] if len(ends) < 2 else []), *ends]
            rows.append(Row(tuple(cells + [Cell()] * (len(columns) - len(cells))), joined.spans()))
            at = end
        return (Grid(tuple(rows), header=1), at) if len(rows) > 1 else None

    def _continues(self, after: _Block, at: int) -> bool:
        words = after.words
        return words[:1].islower() and not _ENDS_ACTIVITY.search(words) and self.block(at + 1) is not None

    def _row_end(
        self,
        i: int,
        ends: re.Pattern[str],
        stop_at_sentence: bool,
        header: Callable[[int], tuple[list[str], int] | None],
    ) -> int | None:
        """The block after the row that begins at block `i`, None where no row begins there."""
        lines, j = 0, i
        while (block := self.block(j)) is not None and lines <= 16:
            words = block.words
            if LADDER.match(words) or _FOOTNOTE.match(words):
                return None
            again = header(j) if j > i else None
            if again:
                if not block.broken:
                    return None
                j = again[1]
                continue
            if ends.search(block.raw):
                return j + 1
            after = self.block(j + 1)
            if stop_at_sentence and words.endswith(".") and not (after and ends.search(after.raw)):
                return None
            # A text that wraps is one block; a second block of prose before the dates means that no row began.
            if len(block.lines) == 1 and j > i and not self.block(i).broken and self.cells_apart and not block.broken:  # type: ignore[union-attr]
                return None
            lines += len(block.lines)
            j += 1
        return None

    def _without_headers(self, i: int, j: int, header: Callable[[int], tuple[list[str], int] | None]) -> _Joined:
        kept: list[_Block] = []
        at = i
        while at < j:
            again = header(at) if at > i else None
            if again:
                at = again[1]
                kept.append(replace(self.blocks[at], broken=True)) if at < j else None  # type: ignore[type-var,arg-type]
                at += 1
                continue
            kept.append(self.blocks[at])  # type: ignore[arg-type]
            at += 1
        return _Joined(self.text, kept)

    def _indicator_header(self, i: int) -> tuple[list[str], int] | None:
        block = self.block(i)
        if block is None or not re.match(r"Indikator(?:er)?\b", block.words):
            return None
        words, j = "", i
        while (part := self.block(j)) is not None and j - i < 5 and not part.words.endswith("."):
            words = f"{words} {part.words}".strip()
            j += 1
            if re.search(r"Periodicitet", words):
                break
        else:
            words, j = block.words, i + 1
        if not re.search(r"[åÅ]rsmål|\bMål\b|Utfall|Målvärde", words) or len(words) > 140:
            return None
        columns = [folded(m.group()) for m in _COLUMN.finditer(words)]
        return (columns, j) if len(columns) > 1 else None

    def _activity_header(self, i: int) -> tuple[list[str], int] | None:
        block = self.block(i)
        if block is None or not re.match(r"Aktivitet(?:er)?\b", block.words):
            return None
        words, j = block.words, i + 1
        while not re.search(r"Slut(?:datum)?\b|Klart\b", words) and j - i < 4 and (part := self.block(j)) is not None:
            words, j = f"{words} {part.words}", j + 1
        if not re.fullmatch(r"Aktivitet(?:er)?,? Start(?:datum)? Slut(?:datum)?", words):
            return None
        return words.split(), j

    def _header_row(self, columns: Sequence[str], i: int, j: int) -> Row:
        joined = self.joined(i, j)
        cells, at = [], 0
        for name in columns:
            found = re.compile(r"\s*".join(map(re.escape, re.sub(r"\s", "", name)))).search(joined.text, at)
            if found:
                cells.append(replace(joined.cell(self.text, found.start(), found.end()), text=name))
                at = found.end()
            else:
                cells.append(Cell(name))
        return Row(tuple(cells), joined.spans())

    def _indicator_row(self, joined: _Joined, width: int) -> Row:
        """Name, values and period: from the right, since only the name has no known form."""
        text = joined.text
        period = _ENDS_INDICATOR.search(text)
        assert period is not None
        cells = [joined.cell(self.text, period.start(), period.end())]
        end = period.start() + (1 if text[period.start()].isspace() else 0)
        wanted = width - 2
        values: list[Cell] = []
        # An empty cell leaves one space more than a single one.
        while len(values) < wanted:
            body = text[:end].rstrip(" ")
            if end - len(body) > 1 and not values or end - len(body) > 1 and values[-1].spans:
                values.append(Cell())
                end = len(body) + 1
                continue
            found = _VALUE_AT_END.search(body)
            if not found or not body[: found.start("value")].strip():
                break
            values.append(joined.cell(self.text, found.start("value"), found.end("value")))
            end = found.start("value")
        name = joined.cell(self.text, 0, end)
        if len(values) < wanted and values and not _COUNCILS_OWN.match(values[0].text):
            values = []  # no trace of which cell is empty: reported rather than guessed
        values += [Cell()] * (wanted - len(values))
        return Row((name, *reversed(values), *cells), joined.spans())

    def _comment(self, i: int, rows: list[Row], width: int) -> int:
        """A "Kommentar" line and the sentences under it, kept as a row whose first cell is "Kommentar"."""
        j = i + 1
        while (block := self.block(j)) is not None:
            words = block.words
            if LADDER.match(words) or words.startswith(("Indikator ", "Aktivitet ")) or j - i > 12:
                break
            if j > i + 1 and self._row_end(j, _ENDS_INDICATOR, True, self._indicator_header) is not None:
                break
            before = self.block(j - 1)
            if j > i + 1 and before and before.words.endswith((".", "!", "?")) and _starts_anew(before, block):
                break
            j += 1
        joined = self.joined(i, j)
        label_end = len("Kommentar") + (1 if joined.text.startswith("Kommentar:") else 0)
        label, words_ = joined.cell(self.text, 0, label_end), joined.cell(self.text, label_end, len(joined.text))
        rows.append(Row((label, words_, *[Cell()] * (width - 2)), joined.spans()))
        return j

    # Tables of numbers

    def numbers(self, i: int) -> tuple[Grid, int] | None:
        """A header and rows that end in as many numbers as it has columns."""
        if self.block(i) is None:
            return None
        for size in range(1, 5 if self.cells_apart else 8):
            head = [self.block(k) for k in range(i, i + size)]
            if any(block is None or block.words.endswith((".", ":")) for block in head):
                break
            header = [block for block in head if block is not None]
            if sum(len(block.lines) for block in header) > 8 or sum(len(b.words) for b in header) > 160:
                break
            if _numeric_tail(header[-1].raw).tokens and not _COLUMN.search(header[-1].raw):
                break
            if not _NUMERIC_COLUMN.search(" ".join(block.words for block in header)):
                continue
            body = _Body(self, i + size)
            if body.width is None:
                continue
            words = [block.words for block in header]
            columns = _columns(words, body.width)
            if columns is None or (size > 1 and _columns(words[1:], body.width)):
                continue  # a heading above a whole header is no part of it
            found = body.rows(columns, [block.words for block in header])
            if found is None:
                continue
            rows, end = found
            return Grid((self._header_row(columns, i, i + size), *rows), header=1), end
        return self._amounts(i)

    def _amounts(self, i: int) -> tuple[Grid, int] | None:
        """Label | amounts, perhaps with units | words: what they are made of, or what they are per."""
        for size in range(1, 4):
            head = [block for k in range(i, i + size) if (block := self.block(k)) is not None]
            words = " ".join(block.words for block in head)
            if len(head) < size or len(words) > 120 or _CLAUSE & set(words.lower().split()):
                return None
            if any(
                block.words.endswith((".", ":")) or _numeric_tail(block.raw).tokens
                for block in head
                if not _NUMERIC_COLUMN.search(block.words)
            ):
                return None
            if size > 1 and len(_atoms(" ".join(block.words for block in head[1:]))) > 2:
                return None  # a heading above a whole header is no part of it
            columns = [whole_name(name) for name in _atoms(words)]
            numeric = [n for n, name in enumerate(columns) if n and _NUMERIC_COLUMN.search(name)]
            if not numeric or numeric != list(range(1, len(numeric) + 1)):
                continue
            if len(columns) == len(numeric) + 1:  # the last column may be words whose name looks like a number's
                rows = self._amount_rows(i + size, columns, len(numeric)) or self._amount_rows(
                    i + size, columns, len(numeric) - 1
                )
            else:
                rows = self._amount_rows(i + size, columns, len(numeric)) if len(columns) == len(numeric) + 2 else None
            if rows:
                return Grid((self._header_row(columns, i, i + size), *rows[0]), header=1), rows[1]
        return None

    def _amount_rows(self, start: int, columns: Sequence[str], amounts: int) -> tuple[list[Row], int] | None:
        if not amounts:
            return None
        value = rf"({_AMOUNT}{_UNIT}|[-–]|(?= ))"
        words = r"(?: (\S.*?))?" if len(columns) > amounts + 1 else ""
        pattern = re.compile(rf"^(.{{2,90}}?) {' '.join([value] * amounts)}{words} *$", re.DOTALL)
        head = [block.words for block in self.blocks[start - 1 : start] if isinstance(block, _Block)]
        rows: list[Row] = []
        at = start
        while (part := self.block(at)) is not None:
            if [part.words] == head:
                at += 1
                continue
            for size in (1, 2):
                if size == 2 and (len(part.words) > 90 or self.block(at + 1) is None):
                    continue
                joined = self.joined(at, at + size)
                found = pattern.match(joined.text.rstrip(" ") + " ")
                if not found or not any(found.groups()[1:]) or not _like_label(folded(found[1]).rstrip(".")):
                    continue
                if size == 2 and len(folded(found[1])) != len(part.words):
                    continue  # the second block has to begin with the amount
                if not re.search(r"\d", found[2] or "") or (
                    len(columns) == amounts + 1 and not _UNITS_THERE.search(joined.text)
                ):
                    continue
                cells = [
                    joined.cell(self.text, *found.span(n)) if found[n] else Cell() for n in range(1, len(columns) + 1)
                ]
                rows.append(Row(tuple(cells), joined.spans()))
                at += size
                break
            else:
                break
        return (rows, at) if len(rows) > 2 else None

    # Tables of names and comments

    def texts(self, i: int) -> tuple[Grid, int] | None:
        """Two columns of words, as premises and comments: a header of two known words, a block a row."""
        block = self.block(i)
        head = block and _TEXT_HEADER.match(block.words)
        if not block or not head:
            return None
        rows = [self._header_row(list(head.groups()), i, i + 1)]
        at = i + 1
        while (part := self.block(at)) is not None:
            if part.words == block.words:
                at += 1
                continue
            joined = self.joined(at, at + 1)
            cut = _clause_start(joined.text)
            if cut is None and part.raw.endswith("  ") and len(part.words) < 90:
                rows.append(Row((joined.cell(self.text, 0, len(joined.text)), Cell()), joined.spans()))
            elif cut is None or not cut:
                break
            else:
                label, comment = joined.cell(self.text, 0, cut), joined.cell(self.text, cut, len(joined.text))
                rows.append(Row((label, comment), joined.spans()))
            at += 1
        return (Grid(tuple(rows), header=1), at) if len(rows) > 2 else None


_AMOUNT = (
    r"(?:(?:max|min|minst|högst|lägst|ca|cirka|>|<|≥|≤|\+ ?/ ?-|±)\.? ?)*[-−–+]?"
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
)
_UNIT = (
    r"(?: {0,2}(?:%|procent(?:enheter)?|st\.?|stycken|kr|kronor|tkr|mnkr|[GMk]?Wh|kg CO2e?(?: per kg(?: \w+)?)?|"
    r"personer|dagar|timmar|minuter|månader|veckor|år|gånger|besök|poäng|p|m2|kvm|ton|kg|gram|g|liter|barn|platser|"
    r"lägenheter)(?![^\W\d_]))?"
)
_IN_WORDS = (
    r"Tas fram av(?: \S+){1,4}|[Ff]astställs?(?: \S+){1,5}|[Ss]ätts? (?:av|i)(?: \S+){1,3}|[Öö]ka[rs]?|[Mm]inska[rs]?|"
    r"[Oo]förändra[dt]|[Bb]ibehåll[as]+|[Nn]y indikator|[Ss]aknas|[Ee]j \S+|Nej|Ja|[-–]"
)
_VALUE_AT_END = re.compile(rf"(?:^|\s)(?P<value>{_AMOUNT}{_UNIT}|{_IN_WORDS})$", re.IGNORECASE)
_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)


_UNITS_THERE = re.compile(r"\d ?(?:%|kr|kronor|tkr|mnkr|st)\b|%")


@dataclass(frozen=True, slots=True)
class _Tail:
    """The numbers a line ends with: token extents, and how many empty cells the spaces before each leave."""

    start: int
    tokens: tuple[tuple[int, int], ...]
    empties: tuple[int, ...]
    empties_after: int

    @property
    def spaced(self) -> bool:
        """True where wider gaps tell of empty cells, so that the places are known."""
        return any(self.empties) or self.empties_after > 0


def _numeric_tail(raw: str) -> _Tail:
    body = raw.rstrip(" ")
    tokens: list[tuple[int, int]] = []
    for found in reversed(list(re.finditer(r"[^ \n]+", body))):  # thin spaces stand inside numbers
        if not _NUMERIC_TOKEN.match(found.group()):
            break
        tokens.append((found.start(), found.end()))
    tokens.reverse()
    empties = []
    for n, (start, _) in enumerate(tokens):
        before = tokens[n - 1][1] if n else len(body[:start].rstrip(" "))
        empties.append(max(0, start - before - 1) if before else 0)
    return _Tail(tokens[0][0] if tokens else len(body), tuple(tokens), tuple(empties), max(0, len(raw) - len(body) - 1))


# A reading of a row: where each column's number stands in the joined text, None for an empty cell.
Extents = tuple[tuple[int, int] | None, ...]


class _Body:
    """The rows under a header of numbers."""

    def __init__(self, reading: _Reading, start: int) -> None:
        self.reading, self.start = reading, start
        self.width = self._width()

    def _width(self) -> int | None:
        """How many number columns the rows have: what most of them agree on, None where these are no rows."""
        counts: Counter[int] = Counter()
        at, seen, missed = self.start, 0, 0
        while seen < 12 and missed < 4 and (block := self.reading.block(at)) is not None:
            tail = _numeric_tail(block.raw.rsplit("\n", 1)[-1])
            if tail.tokens and not block.words.endswith("."):
                merged = _readings(block.raw.rsplit("\n", 1)[-1], tail)
                widths = {len(reading) for reading in merged}
                for width in widths:
                    counts[width] += 1
                seen, missed = seen + 1, 0
            else:
                missed += 1
                if missed > 1 and len(block.lines) == 1 and not block.raw.endswith("  ") and self.reading.cells_apart:
                    break
            at += 1
        if not counts or seen < 2:
            return None
        most = max(counts.values())
        candidates = [width for width, count in counts.items() if count == most]
        self.widths = sorted((w for w, c in counts.items() if c >= max(1, most // 2)), key=lambda w: (-counts[w], -w))
        return max(candidates)

    def rows(self, columns: Sequence[str], header: Sequence[str]) -> tuple[list[Row], int] | None:
        """The rows from the first on, and the block after the last; None where there are fewer than two."""
        reading, at, read = self.reading, self.start, list[_RowReading]()
        width = len(columns) - 1
        again = [folded(words) for words in header]

        def header_at(at: int) -> bool:
            return all((b := reading.block(at + k)) is not None and b.words == words for k, words in enumerate(again))

        while (block := reading.block(at)) is not None:
            if header_at(at):
                at += len(again)
                continue
            if _FOOTNOTE.match(block.words):
                break
            row = self._row(reading.joined(at, at + 1), columns)
            for size in range(2, 3 if reading.cells_apart else 6):  # a label that wraps stands by itself
                if row is not None or not all((b := reading.block(k)) is not None and len(b.words) < 90
                                              for k in range(at, at + size)):  # fmt: skip
                    break
                numbers = reading.block(at + size - 1)
                tail = _numeric_tail(numbers.raw if numbers else "")
                if numbers and tail.tokens and not numbers.raw[: tail.start].strip():
                    row = self._row(reading.joined(at, at + size), columns)
                    at += size - 1 if row is not None else 0
            if row is None:
                no_values = (
                    block.raw.endswith(("  ", ": ", ":")) or block.empties_after >= width - 1 > 0 or header_at(at + 1)
                )
                if not no_values or not _like_label(block.words):
                    break
                row = _RowReading(reading.joined(at, at + 1), None, ((None,) * width,))
            read.append(row)
            at += 1
        if len(read) < 2:
            return None
        return _decided(reading.text, read, columns), at

    def _row(self, joined: _Joined, columns: Sequence[str]) -> _RowReading | None:
        """The ways to read a label and its numbers as one row of the table, None where it is none."""
        width = len(columns) - 1
        text = joined.text
        tail = _numeric_tail(text)
        if not tail.tokens or text.rstrip().endswith(".") or len(text) - tail.start > 120:
            return None
        for skip in range(len(tail.tokens)):  # digits that belong to the label stand before the numbers
            rest = replace(
                tail, tokens=tail.tokens[skip:], empties=(tail.empties[0] if not skip else 0, *tail.empties[skip + 1 :])
            )
            options = [reading for reading in _readings(text, rest) if len(reading) == width]
            if options:
                break
        else:
            rest = tail
            options = _placed(_readings(text, tail), width)
        label_end = rest.tokens[0][0]
        label = folded(text[:label_end])
        if not options or not label or not _like_label(label.rstrip(".")):
            return None
        strains = [_strain(text, cells, columns) for cells in options]
        if rest is tail and len(options[0]) and not tail.spaced and len(tail.tokens) < width:
            sound = min(broken for broken, _ in strains)
            options = [cells for cells, (broken, _) in zip(options, strains, strict=True) if broken == sound]
            return _RowReading(joined, label_end, tuple(options))
        best = min(zip(strains, options, strict=True), key=lambda pair: pair[0])[1]
        return _RowReading(joined, label_end, (best,))


@dataclass(frozen=True, slots=True)
class _RowReading:
    """A row and the ways its numbers can be placed; more than one where empty cells left no trace."""

    joined: _Joined
    label_end: int | None
    options: tuple[Extents, ...]


def _decided(source: str, read: Sequence[_RowReading], columns: Sequence[str]) -> list[Row]:
    """The rows with their numbers placed. Where places are open, the printed sum of each column decides; where it
    can't, the cells stay empty, to be reported rather than guessed."""
    chosen = [row.options[0] if len(row.options) == 1 else None for row in read]
    open_rows = [n for n, row in enumerate(read) if len(row.options) > 1]
    total = next((n for n in range(len(read) - 1, -1, -1) if _is_total(read[n]) and chosen[n]), None)
    ways = math.prod(len(read[n].options) for n in open_rows)
    if open_rows and total is not None and ways <= 20000:
        proven = [
            way
            for way in itertools.product(*(read[n].options for n in open_rows))
            if _adds_up(read, {**dict(enumerate(chosen)), **dict(zip(open_rows, way, strict=True))}, total)
        ]
        if len(proven) == 1:
            for n, option in zip(open_rows, proven[0], strict=True):
                chosen[n] = option
    rows = []
    for row, extents in zip(read, chosen, strict=True):
        joined = row.joined
        label = joined.cell(source, 0, len(joined.text) if row.label_end is None else row.label_end)
        values = extents or (None,) * (len(columns) - 1)
        cells = [joined.cell(source, *extent) if extent else Cell() for extent in values]
        rows.append(Row((label, *cells), joined.spans()))
    return rows


def _is_total(row: _RowReading) -> bool:
    return bool(re.match(r"\s*(?:Summa|Totalt?|Netto totalt)\b", row.joined.text))


def _adds_up(read: Sequence[_RowReading], chosen: dict[int, Extents | None], total: int) -> bool:
    """True where each column of the rows above the total adds up to it, "varav" rows left out."""
    width = len(chosen[total] or ())
    for column in range(width):
        amounts = []
        for n in [*range(total), total]:
            extent = (chosen[n] or (None,) * width)[column]
            counted = n == total or not re.match(r"\s*varav\b", read[n].joined.text)
            text = read[n].joined.text[slice(*extent)] if extent and counted else ""
            amounts.append(_amount(text) or Decimal(0))
        if abs(sum(amounts[:-1], Decimal(0)) - amounts[-1]) > Decimal("0.15"):
            return False
    return True


def _amount(text: str) -> Decimal | None:
    return number_in(text)


def _like_label(words: str) -> bool:
    """True where words could be a row's label rather than a sentence."""
    return len(words) < 90 and not re.search(r"[a-zåäö]{2}\.", words) and len(words.split()) < 12


def _readings(text: str, tail: _Tail) -> list[Extents]:
    """Every way to read the tail as cells: neighbouring tokens may be one number with a space in its thousands."""
    found: list[Extents] = []

    def go(n: int, cells: Extents) -> None:
        if len(found) > 400:
            return
        if n == len(tail.tokens):
            found.append(cells + (None,) * tail.empties_after)
            return
        start, end = tail.tokens[n]
        cells += (None,) * tail.empties[n]
        go(n + 1, (*cells, (start, end)))
        k = n
        while (
            k + 1 < len(tail.tokens)
            and not tail.empties[k + 1]
            and re.fullmatch(r"[-−–+]?\d{1,3}" if k == n else r"\d{3}", text[tail.tokens[k][0] : tail.tokens[k][1]])
            and re.fullmatch(r"\d{3}(?:,\d+)?\*{0,2}", text[tail.tokens[k + 1][0] : tail.tokens[k + 1][1]])
            and not text[start] == "0"
        ):
            k += 1
            go(k + 1, (*cells, (start, tail.tokens[k][1])))

    go(0, ())
    return found


def _placed(readings: list[Extents], width: int) -> list[Extents]:
    """Every way to spread too few numbers over the columns, where the empty cells left no trace."""
    placed = []
    for reading in readings:
        numbers = [extent for extent in reading if extent]
        if len(numbers) < width <= 8:
            for places in itertools.combinations(range(width), len(numbers)):
                cells: list[tuple[int, int] | None] = [None] * width
                for place, extent in zip(places, numbers, strict=True):
                    cells[place] = extent
                placed.append(tuple(cells))
    return placed[:400]


def _strain(text: str, cells: Extents, columns: Sequence[str]) -> tuple[int, float]:
    """How badly a reading fits: broken identities first, then how far the numbers differ in size."""
    values = [_amount(text[slice(*extent)]) if extent else None for extent in cells]
    names = [name.lower() for name in columns[1:]]
    broken = 0

    def at(pattern: str) -> Decimal | None:
        return next((v for name, v in zip(names, values, strict=False) if re.search(pattern, name)), None)

    cost, revenue, net = at(r"^kostnad"), at(r"^intäkt"), at(r"^netto")
    if cost is not None and net is not None:
        broken += abs(cost - (revenue or 0) - net) > Decimal("0.15")
    women, men = at(r"kvinnor"), at(r"\bmän\b")
    if women is not None and men is not None:
        broken += not any(v is not None and abs(v - women - men) <= 1 for v in values)
    sizes = [math.log10(float(abs(v)) + 1) for v in values if v is not None]
    mean = sum(sizes) / len(sizes) if sizes else 0.0
    return broken, sum((s - mean) ** 2 for s in sizes)


def _columns(header: Sequence[str], width: int) -> list[str] | None:
    """The names of a table's columns, label first, from the header's blocks; None where they don't fit the rows.

    A block may be one cell that wraps, or several cells of which the last wraps: both are tried against the width.
    """
    parts = [re.sub(r"(?<=[a-zåäö)])\d$", "", words) for words in header]
    whole = _atoms(" ".join(parts))
    tries = [whole]
    if len(parts) > 1:
        tries.append([parts[0], *(name for part in parts[1:] for name in _atoms(part))])
    for names in tries:
        flat: list[str] | None = [whole_name(name) for name in names]
        while flat is not None and len(flat) > width + 1:
            flat = _merge_once(flat)
        if flat is not None and len(flat) == width + 1:
            return flat
    return None


def _atoms(words: str) -> list[str]:
    return [folded(found.group()) for found in _COLUMN.finditer(words)]


def _merge_once(names: list[str]) -> list[str] | None:
    """Two neighbours made one, those first that belong together: "Netto" with the plan it is the net of."""
    for n in range(1, len(names) - 1):
        if names[n] == "Netto" and re.match(r"VP|Budget|Plan", names[n + 1]):
            return [*names[:n], f"Netto {names[n + 1]}", *names[n + 2 :]]
    if len(names) > 2 and not _NUMERIC_COLUMN.search(names[1]) and not re.search(r"\d{4}", names[1]):
        return [f"{names[0]} {names[1]}", *names[2:]]
    return None


def _clause_start(text: str) -> int | None:
    """Where in "Name Comment of several words" the comment begins: the last capital before its first clause word."""
    words = list(re.finditer(r"\S+", text))
    for n, found in enumerate(words):
        if n and found.group().lower().strip(".,;:") in _CLAUSE:
            for back in range(n, 0, -1):
                if words[back].group()[:1].isupper():
                    return words[back].start()
            return None
    return None


def _starts_anew(before: _Block, after: _Block) -> bool:
    """True where the line before ended a paragraph: it stops well short of the other, or a capital begins a name row."""
    return len(before.words) + 12 < len(after.words) or len(after.lines) > 1
