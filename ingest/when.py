"""When something is to happen, as plans write it: a day, a month, a quarter, a season, a year, or two of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise

from ingest.values import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(m[:3] for m in MONTHS)}|sept)\.?)"
_SEASONS = {"vår": (1, 6), "sommar": (6, 8), "höst": (7, 12), "vinter": (1, 3)}
_YEAR = r"(?:19|20)\d{2}"
# One point in time; each group names its kind. A day or a part of a year may leave the year out.
_POINT = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<compact>{_YEAR}[01]\d[0-3]\d)"
    rf"|(?P<iso_month>{_YEAR}-(?:0[1-9]|1[0-2]))(?!\d)"
    rf"|(?P<slashed>\d{{1,2}}/\d{{1,2}})(?:[ -](?P<slashed_year>{_YEAR}|\d{{2}}(?![\d/])))?"
    rf"|(?:den )?(?:(?P<first_day>\d{{1,2}}) ?[-–] ?)?(?P<day>\d{{1,2}}) (?P<of>{_MONTH})(?:,? (?P<day_year>{_YEAR}))?"
    rf"|(?:(?:i )?(?:början|slutet) av |under )?(?P<month>{_MONTH})(?:,? (?P<month_year>{_YEAR}))?"
    rf"|(?:under )?(?P<season>vår|sommar|höst|vinter)(?:en|n|terminen)?(?:,? (?P<season_year>{_YEAR}))?"
    rf"|(?:q|kv\.?|kvartal) ?(?P<quarter>[1-4])(?:,? (?P<quarter_year>{_YEAR}))?"
    rf"|(?:t|tertial) ?(?P<tertial>[1-3])(?:,? (?P<tertial_year>{_YEAR}))?"
    rf"|(?P<half>första|andra) (?:halvåret|hälften(?: av)?)(?:,? (?P<half_year>{_YEAR}))?"
    rf"|(?:v\.?|vecka) ?(?P<week>\d{{1,2}})(?: ?[-–] ?(?P<last_week>\d{{1,2}})(?!\d))?(?:,? (?P<week_year>{_YEAR}))?"
    rf"|(?:vid |före |senast )?(?:års|årets )(?:skiftet|slut)(?:,? (?P<end_year>{_YEAR}))?"
    rf"|(?:helår(?:et)? |hela |under |år )?(?P<year>{_YEAR})(?!\d)"
)
_BARE = re.sub(r"\?P<\w+>", "?:", _POINT)
_LEAD = (
    r"(?:(?:klart?|färdigt?|slutförs?|senast|före|innan|från(?: och med)?|fr\.?o\.?m\.?|till(?: och med)?|"
    r"t\.?o\.?m\.?) ){0,2}"
)
# Words for a time that names no day.
NEVER = (
    r"löpande(?: under (?:året|hela året))?|kontinuerligt|tills vidare|årligen|årsvis|hela året|(?:under )?året|"
    r"helår(?:et)?|varje (?:år|månad|tertial|termin)|ej fastställt|[-–—]"
)
# A time that is known, and a whole cell of a column of dates, as words for a pattern.
TIME = rf"{_LEAD}(?:{_BARE})(?: ?(?:[-–—]|till(?: och med)?|och|/) ?(?:{_BARE}))?"
WHEN = rf"(?:{TIME}|{NEVER})"
_TO = re.compile(r" ?(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?|/) ?")
_POINTS = re.compile(rf"(?<!\w)(?:{_POINT})(?![\w])", re.IGNORECASE)

Days = tuple[date, date]


def stretch(written: str, year: int | None) -> Days | None:
    """The first and the last day of what a cell names, None where it names no time ("löpande").

    `year` is understood where the words leave it out: the plan's own. Of a range, the first day of the one and the last
    of the other.
    """
    found = list(_POINTS.finditer(written))
    if not found:
        return None
    own = next((named for each in reversed(found) if (named := _year(each))), year)
    days = [each for point in found if (each := _days(point, own))]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def points(written: str, year: int) -> list[tuple[str, Days]]:
    """The points of time that words name, each as written and with its first and last day; `year` is understood."""
    found = [(point[0], _days(point, year)) for point in _POINTS.finditer(written)]
    return [(words, days) for words, days in found if days]


def times(written: str, year: int) -> list[tuple[str, Days, bool]]:
    """The times that words name, each as written, with its first and last day and whether it goes on from one point to
    another ("maj–augusti"); `year` is understood."""
    found: list[tuple[int, int, bool]] = []
    for point in _POINTS.finditer(written):
        begin, _, _ = found[-1] if found else (0, 0, False)
        if found and _TO.fullmatch(written[found[-1][1] : point.start()]):
            found[-1] = (begin, point.end(), True)
        else:
            found.append((point.start(), point.end(), bool(point["first_day"] or point["last_week"])))
    said = [(written[begin:end], goes_on) for begin, end, goes_on in found]
    return [(words, days, goes_on) for words, goes_on in said if (days := stretch(words, year))]


def _year(point: re.Match[str]) -> int | None:
    """The year that a point of time names, None where it leaves it to be understood."""
    named = next((word for key, word in point.groupdict().items() if word and key.endswith("year")), None)
    if named:
        return int(named) if len(named) > 2 else 2000 + int(named)
    whole = point["iso"] or point["compact"] or point["iso_month"]
    return int(whole[:4]) if whole else None


def _days(point: re.Match[str], understood: int | None) -> Days | None:
    """The first and last day of a point of time, None where it is none of the calendar's or its year is not known."""
    year = _year(point) or understood
    if year is None:
        return None
    try:
        return _first_and_last(point, year)
    except ValueError:
        return None  # 2021-02-30 is a misprint, not a date


def _first_and_last(point: re.Match[str], year: int) -> Days:
    if whole := point["iso"] or point["compact"]:
        digits = whole.replace("-", "")
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return day, day
    if point["slashed"]:
        of, month = map(int, point["slashed"].split("/"))
        return date(year, month, of), date(year, month, of)
    if point["day"]:
        month = _month(point["of"])
        return date(year, month, int(point["first_day"] or point["day"])), date(year, month, int(point["day"]))
    if point["week"]:
        last = int(point["last_week"] or point["week"])
        return date.fromisocalendar(year, int(point["week"]), 1), date.fromisocalendar(year, last, 7)
    first, last = _months(point)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _months(point: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of a part of a year; the whole year for anything else."""
    if point["iso_month"]:
        month = int(point["iso_month"][5:])
        return month, month
    if point["month"]:
        return _month(point["month"]), _month(point["month"])
    if point["season"]:
        return _SEASONS[point["season"].lower()]
    if point["quarter"]:
        return int(point["quarter"]) * 3 - 2, int(point["quarter"]) * 3
    if point["tertial"]:
        return int(point["tertial"]) * 4 - 3, int(point["tertial"]) * 4
    if point["half"]:
        return (1, 6) if point["half"].lower() == "första" else (7, 12)
    return (1, 12) if point["year"] else (12, 12)


def _month(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(word.lower()[:3]))


def is_range(written: str) -> bool:
    """True where a cell names time from one point to another ("mars–maj"), not two of them ("mars och maj")."""
    found = list(_POINTS.finditer(written))
    ranges = any(_TO.fullmatch(written[a.end() : b.start()]) for a, b in pairwise(found))
    return ranges or any(point["first_day"] or point["last_week"] for point in found)
