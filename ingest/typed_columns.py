"""What the cells of a table's columns are like: what their names say, and what was learnt from rows."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from ingest.columns import is_numeric
from ingest.goal_columns import FORMS, FREE, kind_of
from ingest.typed_words import NO_FEATURES, Features

_WEIGHTS = ((0.7, 6), (0.4, 7), (0.3, 5), (0.8, 20))  # of a cell's first word, last word, length, shape; how many kinds
# Names of columns of times, of prose (the second one's, and the labels'), and of persons.
_TIME = re.compile(r"(?:Tid|Period\b|När\b|Klart?\b|Slut|Start|Datum|Månad|Annonseras)|\w+(?:start|slut|datum|tid)\b")
_PROSE = re.compile(r"Vad\b|Kommentar|Beskrivning|Händelse|Förändring|Planering|Åtgärd|Innehåll")
_CLAUSAL = re.compile(r"Risk|Händelse|Hot\b|Problem|Brist|Utmaning|Konsekvens")
_PERSON = re.compile(r"(?:\w*[Cc]hef|\w*[Ll]edare|Namn|Ansvarig|Ägare|Kontakt)")
_OF_TIMES = re.compile(rf"{FORMS['period']}|(?i:{FORMS['end']})")  # how often, when, or in which report


def _expected(name: str) -> Features:
    """What the cells of a column are like to begin with, by its name: amounts, persons, streets, or anything."""
    if _PERSON.match(name):
        return ("C", "C", "2", "CC")
    if is_numeric(name) and not name.startswith("Månad") and not _PROSE.match(name):
        return ("9", "9", "1", "9")
    if re.match(r"(?:Gatua|A)dress", name):
        return ("C", "9", "2", "C9")
    if _TIME.match(name):
        return ("M", "9", "2", "M9")
    return NO_FEATURES


class Columns:
    """What is known of the cells of each column: at first what its name says, then what was learnt."""

    def __init__(self, names: Sequence[str]) -> None:
        self.amounts = [is_numeric(name) and not _PROSE.match(name) and not _PERSON.match(name) for name in names]
        self.times = [_TIME.match(name) is not None for name in names]
        self.persons = [_PERSON.match(name) is not None for name in names]
        self.worded = [kind_of(name) in FREE for name in names]
        self.narrow = [any(each) for each in zip(self.amounts, self.times, self.persons, strict=True)]
        self.forms = [_OF_TIMES if kind_of(name) in ("period", "start", "end") else None for name in names]
        self.first = "C9D" if self.times[0] else "C9"  # how a row may begin
        # Labels may be clauses, and the second column may have prose.
        self.clausal = _CLAUSAL.match(names[0]) is not None
        self.prose = len(names) > 1 and _PROSE.match(names[1]) is not None
        self._expected = [_expected(name) for name in names]
        self.forget()

    def forget(self) -> None:
        """Goes back to what the names say."""
        self.kinds = [[Counter({kind: 2} if kind else {}) for kind in kinds] for kinds in self._expected]
        self.likes: dict[tuple[int, Features, int], float] = {}

    def learn(self, row: Sequence[Features]) -> None:
        """Counts what the cells of a row are like."""
        for column, features in zip(self.kinds, row, strict=True):
            for counter, feature in zip(column, features, strict=True):
                counter[feature] += 1

    def unlike(self, column: int, features: Features, own: int = 0) -> float:
        """How unlike the column's other cells a cell is, in comparison with any words: below 0 where it is like them.

        `own` is 1 where the cell itself is counted among them.
        """
        key = column, features, own
        if key not in self.likes:
            cost = 0.0
            for counter, feature, (weight, kinds) in zip(self.kinds[column], features, _WEIGHTS, strict=True):
                seen, among = counter[feature] - own, counter.total() - own
                cost -= weight * math.log((seen + 0.5) / (among + 0.5 * kinds) * kinds)
            self.likes[key] = cost
        return self.likes[key]

    def is_of_figures(self, column: int) -> bool:
        """True where most cells of a column are known to be a figure each, or empty."""
        shapes = self.kinds[column][3]
        return shapes.total() > 4 and shapes["9"] + shapes[""] > 0.75 * shapes.total()
