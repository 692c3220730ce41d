"""Plain text and Markdown: what was typed, whatever it was encoded in."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_structure import check_structure, outline

from ingest.readers.open import read_source
from ingest.readers.text import decode, markdown, plain, text_of
from ingest.source import Grid, UnreadableDocument

SWEDISH = "Årsmålet för sjukfrånvaro är 6 %.\nÖppna förskolan – \u201dalla ryms\u201d\n"

swedish_text = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzåäöÅÄÖé 0123456789,.:;()%\n"), min_size=1, max_size=200
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SWEDISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SWEDISH.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + SWEDISH.encode("utf-32-le"), "utf-32-le"),
        (SWEDISH.encode("utf-16-le"), "utf-16-le"),
        (SWEDISH.encode("utf-16-be"), "utf-16-be"),
        (SWEDISH.encode("cp1252"), "cp1252"),
        (SWEDISH.replace("–", "-").replace("\u201d", '"').encode("latin-1"), "cp1252"),
        (SWEDISH.replace("–", "-").replace("\u201d", '"').encode("cp850"), "cp850"),
        (SWEDISH.encode("mac_roman"), "mac_roman"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, data: bytes, encoding: str) -> None:
    """UTF-8, UTF-16 with or without a mark, Windows, DOS and old Mac text all give the same words."""
    decoded = decode(data)
    assert decoded is not None
    assert decoded[1] == encoding
    (tmp_path / "plan.txt").write_bytes(data)
    source = read_source(tmp_path / "plan.txt")
    assert source.text.replace("–", "-").replace("\u201d", '"') == SWEDISH.replace("–", "-").replace("\u201d", '"')
    assert source.notes == ()


@settings(deadline=None)
@given(swedish_text, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_text_decodes_to_itself(text: str, encoding: str) -> None:
    """Whatever Swedish text is encoded as Unicode comes back the same."""
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


@settings(deadline=None)
@given(st.text(st.sampled_from("abcdeåäöÅÄÖ \n"), min_size=1))
def test_windows_text_decodes_to_itself(text: str) -> None:
    """Swedish letters in Windows-1252 come back the same: no two in a row make a UTF-8 letter."""
    decoded = decode(text.encode("cp1252"))
    assert decoded is not None
    assert decoded[0] == text


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    """No bytes make the decoder fail in any other way than saying that they are no text."""
    try:
        text, _ = text_of(data, Path("plan.txt"))
    except UnreadableDocument:
        return
    assert "\r" not in text
    check_structure(plain(text))
    assert text_of(data, Path("plan.txt"))[0] == text


def test_a_utf8_file_with_a_broken_byte_keeps_its_letters(tmp_path: Path) -> None:
    """One bad byte among many good letters does not turn the others into mojibake, and is told."""
    (tmp_path / "plan.txt").write_bytes(SWEDISH.encode() + b"slut \xe5\n")
    source = read_source(tmp_path / "plan.txt")
    assert source.text.startswith(SWEDISH)
    assert source.text.endswith("slut \N{REPLACEMENT CHARACTER}\n")
    assert len(source.notes) == 1


def test_newlines_are_made_one_kind_and_the_rest_is_kept() -> None:
    """Windows, Mac and Unicode newlines become one; spaces inside a line stay as they are."""
    decoded = decode("a  b\r\nc\rd\u2028e\vf".encode())
    assert decoded is not None
    assert decoded[0] == "a  b\nc\nd\ne\nf"


def test_each_physical_line_with_words_is_a_line() -> None:
    """Blank lines give nothing; the blanks around a line are not part of it."""
    source = plain(" Inledning \n\n \n\tbudget  2026\nslut")
    check_structure(source)
    assert outline(source) == ["Inledning", "budget  2026", "slut"]


def test_form_feeds_end_pages() -> None:
    """Form feeds number the pages, also those without words; the one that ends the file opens no page."""
    source = plain("ett\n\ftvå\n\f\ffyra\n\f")
    check_structure(source)
    assert [source.text[page.start : page.end].strip() for page in source.pages] == ["ett", "två", "", "fyra"]
    assert outline(source) == ["ett", "två", "fyra"]
    assert plain("ingen sida\n").pages == ()


def test_a_stray_control_character_is_dropped_and_told(tmp_path: Path) -> None:
    """A few control characters in a long text go, with a note; the words are whole."""
    (tmp_path / "plan.txt").write_bytes(("Målet nås. " * 50 + "sluta\x00t\x07\n").encode())
    source = read_source(tmp_path / "plan.txt")
    check_structure(source)
    assert source.text.endswith("slutat\n")
    assert source.notes == ("Left out 2 control characters.",)


def test_many_control_characters_are_no_text(tmp_path: Path) -> None:
    """A file that is called text and is full of control characters is refused."""
    (tmp_path / "plan.txt").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(UnreadableDocument, match="is not text"):
        read_source(tmp_path / "plan.txt")


MARKDOWN = """---
title: "Verksamhetsplan 2026"
author: Ekbacka
---
# 1 Mål <!-- utkast -->

Underrubrik
-----------

## Mål *för* vården ##

**Nämndmål:** Alla får [vård](https://ekbacka.example/vard) i tid
**Helt fet**
- en punkt
> citat med 5\\*3 och `kod_här` och snake_case_namn

| Indikator | Årsmål | |
|:--|--:|---|
| **Sjuk\\|frånvaro** | 6 % |
| Frisknärvaro | | 70&nbsp;%<br>minst |

***

```
# inte rubrik
```
Slut
"""


def test_markdown_marks_are_read_and_left_out() -> None:
    """Headings have levels, pipe tables are tables, emphasis, links and comments leave only their words."""
    source = markdown(MARKDOWN)
    check_structure(source)
    assert source.properties == {"title": "Verksamhetsplan 2026", "author": "Ekbacka"}
    assert outline(source) == [
        "1 Mål",
        "Underrubrik",
        "Mål för vården",
        "Nämndmål: Alla får vård i tid",
        "Helt fet",
        "- en punkt",
        "citat med 5*3 och kod_här och snake_case_namn",
        [["Indikator", "Årsmål", ""], ["Sjuk|frånvaro", "6 %", ""], ["Frisknärvaro", "", "70 % minst"]],
        "# inte rubrik",
        "Slut",
    ]
    assert [(line.level, line.bold) for line in source.lines()][:5] == [
        (1, False),
        (2, False),
        (2, False),
        (None, False),
        (None, True),
    ]
    assert [item.header for item in source.items if isinstance(item, Grid)] == [1]


@settings(deadline=None)
@given(st.text(st.sampled_from("#|-*_`[]()<>!\\ \n\faå:=~"), max_size=120))
def test_any_markdown_is_read(text: str) -> None:
    """Whatever marks stand in a file, in whatever disorder, it is read and the structure holds."""
    check_structure(markdown(text))
