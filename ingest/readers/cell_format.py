"""A workbook's values written as its sheet shows them in Sweden: decimal comma, "3 %", ISO dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_DROPPED = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?][#0?, ]*(?:\.[#0?]*)?,*")
_LONGEST_FORMAT = 255  # characters, Excel's own limit
_LARGEST = 10**15  # beyond it Excel has no more digits
_LITERAL = "\U00100000"  # stands for quoted words while a format is taken apart


def written_as_shown(value: object, number_format: str | None) -> str:
    """A cell's value in words. A format that tells decimals, thousands, per cent or a unit is followed."""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, datetime):
        if re.fullmatch(r"y+", _bare(number_format), re.I):
            return f"{value:%Y}"
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return str(value)


def _bare(number_format: str | None) -> str:
    return _DROPPED.sub("", (number_format or "").split(";")[0]).strip()


def _number(value: int | float, number_format: str) -> str:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    if len(number_format) > _LONGEST_FORMAT or abs(number) >= _LARGEST:
        return _general(number)
    if number_format == "General":
        return _general(number)
    sections = _sections(number_format)
    own_sign = False
    section = sections[0]
    if number < 0 and len(sections) > 1 and sections[1].strip():
        section, own_sign = sections[1], True
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    return _formatted(number, section, own_sign) or _general(number)


def _sections(number_format: str) -> list[str]:
    """The parts of a format for positive, negative and zero numbers; a ";" in quotes parts nothing."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)


def _formatted(number: Decimal, section: str, own_sign: bool) -> str | None:
    """The number by one section of a format, None when the section is of a kind that is not followed."""
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(next(group for group in found.groups() if group is not None))
        return _LITERAL

    shape = _DROPPED.sub("", _CURRENCY.sub(keep, _QUOTED.sub(keep, section))).strip()
    digits = _DIGITS.search(shape)
    if digits is None:
        # Nothing but words ("-" for zero): they are what the sheet shows.
        only_words = bool(literals or shape == "-") and not re.search(r"[A-Za-z@/]", shape)
        return _filled(shape, literals).strip() if only_words else None
    if "/" in shape or re.search(r"[eE][+-]", shape):
        return None
    pattern = digits[0].rstrip()
    percent = "%" in shape
    scaled = number * 100 if percent else number.scaleb(-3 * (len(pattern) - len(pattern.rstrip(","))))
    decimals = pattern.rstrip(",").partition(".")[2]
    whole_digits = pattern.partition(".")[0]
    least, most = decimals.count("0"), len(decimals)
    rounded = scaled.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    written = f"{abs(rounded):,f}" if re.search(r"[,#0?][, ][#0?]", whole_digits) else f"{abs(rounded):f}"
    head, _, tail = written.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    words = head.replace(",", " ").zfill(whole_digits.count("0")) + ("," + tail if tail else "")
    if words == "0" and "0" not in whole_digits:  # "#" and "?" show no zero
        words = ""
    minus = "-" if rounded < 0 and not own_sign else ""
    before, after = shape[: digits.start()], shape[digits.start() + len(pattern) :]
    after = re.sub(r"\s*%", " %", after)
    n_before = before.count(_LITERAL)
    return (minus + _filled(before, literals[:n_before]) + words + _spaced(_filled(after, literals[n_before:]))).strip()


def _filled(shape: str, literals: list[str]) -> str:
    waiting = iter(literals)
    return re.sub(_LITERAL, lambda _: next(waiting, ""), shape)


def _spaced(unit: str) -> str:
    return f" {unit}" if unit[:1].isalpha() else unit


def _general(number: Decimal) -> str:
    """A number with no format of its own: at most ten decimals, none that are zero."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    return f"{number:.10f}".rstrip("0").rstrip(".").replace(".", ",")
