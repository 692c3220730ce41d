"""Numbers, units, years and dates as Swedish plans write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

# The white space that stands between thousands: space, no-break, thin, narrow no-break.
THIN = " \u00a0\u2009\u202f"
NUMBER = rf"[-−–]?\d{{1,3}}(?:[{THIN}]\d{{3}})+(?:,\d+)?|[-−–]?\d+(?:[.,]\d+)?"
_NUMBER = re.compile(NUMBER)
_EITHER_WAY = re.compile(r"\+ ?/ ?[-−–]")  # "+/- 1 %" is 1 %, either way
# An amount as a cell or a line writes it ("max 2 640", "± 0,5"), and a unit after it, or nothing.
AMOUNT = (
    r"(?:(?:max|min|minst|högst|lägst|ca|cirka|>|<|≥|≤|\+ ?/ ?-|±)\.? ?)*[-−–+]?"
    r"(?!0\d)(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
)
UNIT = (
    r"(?: {0,2}(?:%|procent(?:enheter)?|st\.?|stycken|kr|kronor|tkr|mnkr|[GMk]?Wh|kg CO2e?(?: per kg(?: \w+)?)?|"
    r"personer|dagar|min(?:uter)?|tim(?:mar)?|månader|veckor|år|gånger|besök|poäng|p|m2|kvm|ton|kg|gram|g|liter|barn|platser|"
    r"lägenheter)(?![^\W\d_]))?"
)
_UNITS = {
    "mnkr": r"mnkr|mkr|msek|miljoner(?: kronor| kr)?|mn?\. ?kr",
    "mdkr": r"mdkr|miljarder(?: kronor| kr)?",
    "tkr": r"tkr|tusen (?:kronor|kr)|ksek",
    "kr": r"kr(?:onor)?|sek",
    "%": r"%|procent",
    "GWh": "gwh",
    "MWh": "mwh",
    "kWh": "kwh",
    "kg CO2e": r"kg co2e?(?: per kg(?: livsmedel)?)?",
    "st": "st|stycken",
    "personer": "personer",
}
_UNIT = [
    (name, re.compile(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", re.IGNORECASE)) for name, pattern in _UNITS.items()
]
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
          "december")  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d{2}(?!\d|,\d)")


@lru_cache(maxsize=4096)
def number_in(written: str) -> Decimal | None:
    """The first number in a cell as a decimal ("2 415,7 mnkr" → 2415.7, "–0,5" → -0.5, "(2 100)" → -2100, "+/-1" → 1).

    None where there is none.
    """
    found = _NUMBER.search(_EITHER_WAY.sub(" ", written))
    if found and re.fullmatch(rf"\((?:{NUMBER})\)", written.strip()):
        return -decimal_of(found.group())  # as accounts write what is below nothing
    return decimal_of(found.group()) if found else None


def decimal_of(written: str) -> Decimal:
    """A number as written, spaces in its thousands and a decimal comma, as a decimal."""
    plain = re.sub(rf"[{THIN}]", "", written).replace("−", "-").replace("–", "-").replace(",", ".")
    return Decimal(plain)


def unit_in(text: str) -> str | None:
    """The unit a header or cell names (mnkr, tkr, kr, %, st, …), None where it names none."""
    for name, pattern in _UNIT:
        if pattern.search(text):
            return name
    return None


# How the label of a sum begins, and that of a part of the row above.
TOTAL = re.compile(r"(?:Summa|Totalt?)\b")
PART = re.compile(r"(?:[-–—•] ?)?(?:var|där)av\b", re.IGNORECASE)


def years_in(text: str) -> list[int]:
    """The years a text names, in order."""
    return [int(year) for year in _YEAR.findall(text)]


def dates_in(text: str, year: int | None = None) -> list[date]:
    """The dates in a text, ISO or in words ("1 mars 2016"); `year` is understood where the words leave it out."""
    found = [(m.start(), (int(m[1]), int(m[2]), int(m[3]))) for m in _ISO.finditer(text)]
    found += [
        (m.start(), (int(m[3] or year or 0), MONTHS.index(m[2].lower()) + 1, int(m[1])))
        for m in _IN_WORDS.finditer(text)
        if m[3] or year
    ]
    dates = []
    for _, parts in sorted(found):
        try:
            dates.append(date(*parts))
        except ValueError:
            continue
    return dates


def folded(text: str) -> str:
    """White space folded to single spaces, soft hyphens gone."""
    return " ".join(text.replace("\u00ad", "").split())


_SOFT_AT_LINE_END = re.compile(r"\u00ad[ \t]*\n\s*")
_HYPHEN_AT_LINE_END = re.compile(r"(\w)-[ \t]*\n\s*(?!(?:och|eller|samt|resp|till|respektive)\b)(\w[\w-]*)")


def mended(text: str) -> str:
    """Folded, with words that a line end hyphenated made whole.

    A hyphen before "och", "eller" or "samt" stands for a shared compound part ("vård- och omsorg") and stays; so does
    one after a capital or before one, or in a chain ("IT-enhet", "Norr-Söder", "skola-polis-förening").
    """

    def join(found: re.Match[str]) -> str:
        before, after = found[1], found[2]
        kept = before.isupper() or before.isdigit() or not after[0].islower() or "-" in after
        return f"{before}{'-' if kept else ''}{after}"

    return folded(_HYPHEN_AT_LINE_END.sub(join, _SOFT_AT_LINE_END.sub("", text)))


def whole_name(name: str) -> str:
    """A column's name with what extraction glued or broke mended, and footnote marks gone.

    "NettoVP 2021" → "Netto VP 2021", "Omslutnings- förändring" → "Omslutningsförändring", "Anslag (mnkr)2" →
    "Anslag (mnkr)".
    """
    name = re.sub(r"(?<=[a-zåäö])(?=(?:VP|VB) ?\d{4})", " ", folded(name))
    name = re.sub(r"(\w{3}[a-zåäö])- ?(?=[a-zåäö])(?!(?:och|eller)\b)", r"\1", name)  # not "E-tjänst", "jan-okt"
    return re.sub(r"(?<=[a-zåäö)])\d$|\*+$", "", name).strip()
