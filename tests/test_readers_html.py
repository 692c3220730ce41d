"""Web pages are read as a reader of the page sees them."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_structure import check_structure, outline

from ingest.readers.html import read_html
from ingest.source import Grid, Source, UnreadableDocument


def read(tmp_path: Path, body: str) -> Source:
    path = tmp_path / "plan.html"
    path.write_text(body, encoding="utf-8")
    source = read_html(path)
    check_structure(source)
    return source


def test_blocks_are_lines_and_headings_have_levels(tmp_path: Path) -> None:
    """Headings, paragraphs, definitions and line breaks each give a line; inline marks give none."""
    source = read(
        tmp_path,
        """<h1>Plan <em>2026</em></h1><div>Löst <b>ord</b><p>Ett\n  stycke</p>efter</div><h3>Mål<br>två</h3>
        <dl><dt>VP</dt><dd>plan</dd></dl>rad<br>ny rad<div role="heading" aria-level="4">Roll</div>
        <pre>ett\n  två</pre><p><strong>Fet rad</strong></p>""",
    )
    assert [(line.level, source.text[line.start : line.end]) for line in source.lines()] == [
        (1, "Plan 2026"),
        (None, "Löst ord"),
        (None, "Ett stycke"),
        (None, "efter"),
        (3, "Mål två"),
        (None, "VP"),
        (None, "plan"),
        (None, "rad"),
        (None, "ny rad"),
        (4, "Roll"),
        (None, "ett"),
        (None, "två"),
        (None, "Fet rad"),
    ]
    assert [line.bold for line in source.lines()][-1]


def test_list_items_have_their_marks(tmp_path: Path) -> None:
    """A bullet or number stands before an item's first line; nested lists and empty items are no trouble."""
    source = read(
        tmp_path,
        """<ul><li>Ett<ul><li>under</li></ul></li><li><p>Två</p><p>mer</p></li><li></li></ul>
        <ol start="3"><li>Tre<li>Fyra<li value="9">Nio</ol>""",
    )
    assert outline(source) == ["• Ett", "• under", "• Två", "mer", "3. Tre", "4. Fyra", "9. Nio"]


def test_spanning_cells_stand_once_in_their_first_place(tmp_path: Path) -> None:
    """Row and column spans keep the columns in line, also a span that runs to the end or past it."""
    source = read(
        tmp_path,
        """<table><caption>Budget</caption><tr><th rowspan=2>Verksamhet<th colspan=2>Netto</tr><tr><th>2026<th>2025</tr>
        <tr><td>Vård<td>2,5<td>2,4</tr><tr><td rowspan=0>Skola<td>1</tr><tr><td>2<td rowspan=99>3</tr></table>""",
    )
    (grid,) = source.items
    assert isinstance(grid, Grid)
    assert (grid.caption, grid.header) == ("Budget", 2)
    assert outline(source) == [
        [
            ["Verksamhet", "Netto", ""],
            ["", "2026", "2025"],
            ["Vård", "2,5", "2,4"],
            ["Skola", "1", ""],
            ["", "2", "3"],
        ]
    ]
    assert source.text.startswith("Budget\nVerksamhet Netto\n2026 2025\n")


def test_the_head_is_first_and_the_foot_last(tmp_path: Path) -> None:
    """A table's parts are read in the order they are shown; what stands in the head is header."""
    source = read(
        tmp_path,
        """<table><tfoot><tr><td>Summa<td>3</tfoot><tbody><tr><td>Vård<td>3</tbody><thead><tr><td>Vad<td>mnkr</thead>
        </table><table><tr><td><b>Vad</b><td><b>När</b></tr><tr><td>Utbilda<td>maj</tr></table>
        <table><tr><th>Kostnad<td>1</tr><tr><th>Intäkt<td>2</tr></table>""",
    )
    assert outline(source)[0] == [["Vad", "mnkr"], ["Vård", "3"], ["Summa", "3"]]
    assert [item.header for item in source.items if isinstance(item, Grid)] == [1, 1, 0]


def test_tables_that_place_blocks_are_running_text(tmp_path: Path) -> None:
    """A table around tables or headings is layout: its inner tables are read as tables, the rest as lines."""
    source = read(
        tmp_path,
        """<table><tr><td><h2>Mål</h2>Text<td><table><tr><td>A<td>1</tr><tr><td>B<td>2</tr></table></table>
        <table role="presentation"><tr><td>x<td>y</table><table><tr><td>ruta</table>""",
    )
    assert outline(source) == ["Mål", "Text", [["A", "1"], ["B", "2"]], "x", "y", "ruta"]


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    """Scripts, styles, navigation, templates and hidden parts are left out; nothing is fetched."""
    source = read(
        tmp_path,
        """<head><title>Plan 2026</title><link rel=stylesheet href="http://127.0.0.1:9/x.css"><style>p{}</style></head>
        <nav>Start</nav><script>var x="<p>kod</p>"</script><template><p>mall</p></template><p hidden>dold</p>
        <p style="color:red; display : none">dold</p><span aria-hidden="true">ikon</span><noscript>slå på</noscript>
        <iframe src="file:///etc/hostname"></iframe><img src="http://127.0.0.1:9/x.png" alt="bild"><!-- not -->
        <div role="navigation">meny</div><p>Verk&shy;samhet&nbsp;ett</p>""",
    )
    assert outline(source) == ["Verksamhet\u00a0ett"]
    assert source.properties == {"title": "Plan 2026"}


def test_only_the_main_part_of_a_page_is_read(tmp_path: Path) -> None:
    """Where a page marks its main part, what stands around it is left out, and that is told."""
    source = read(tmp_path, "<header>Kommunen</header><main><h1>Plan</h1></main><footer>Kontakt</footer>")
    assert outline(source) == ["Plan"]
    assert source.notes == ("Only the main part of the page was read.",)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("cp1252", ""),
        ("utf-16", '<meta charset="utf-16">'),
        ("iso-8859-15", '<?xml version="1.0" encoding="iso-8859-15"?>'),
        ("cp850", '<meta charset="cp850">'),
    ],
)
def test_the_charset_is_found(tmp_path: Path, encoding: str, declared: str) -> None:
    """Marks and valid UTF-8 win over what a page says of itself; what it says wins over a guess."""
    (tmp_path / "plan.html").write_bytes(f"{declared}<p>Årsmål för åldrade öar</p>".encode(encoding))
    assert outline(read_html(tmp_path / "plan.html")) == ["Årsmål för åldrade öar"]


def test_entities_of_its_own_are_not_expanded(tmp_path: Path) -> None:
    """A page that declares entities, internal or of a file, has nothing of them in its text."""
    source = read(
        tmp_path,
        """<!DOCTYPE html [<!ENTITY a "bomb"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
        <p>före &b; &c; efter</p>""",
    )
    assert "bomb" not in source.text.replace('"bomb"', "")
    assert "root:" not in source.text
    assert "efter" in source.text


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    """A page that only shows pictures, or nothing, can't be read."""
    (tmp_path / "plan.html").write_text("  \n")
    with pytest.raises(UnreadableDocument, match="no words"):
        read_html(tmp_path / "plan.html")


def test_deep_nesting_is_read_or_refused_and_spans_are_bounded(tmp_path: Path) -> None:
    """A page nested two hundred deep is read whole, a deeper one is refused, and enormous spans end soon."""
    assert outline(read(tmp_path, "<div>" * 200 + "ord")) == ["ord"]
    (tmp_path / "plan.html").write_text("<div>" * 100_000 + "ord" + "<b>" * 100_000)
    with pytest.raises(UnreadableDocument, match="nested"):
        read_html(tmp_path / "plan.html")
    cell = "<td colspan=999999 rowspan=999999>x"
    source = read(tmp_path, "<table>" + ("<tr>" + cell * 40) * 20 + "</table>")
    assert len(source.items) == 1


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            re.findall(
                r"<[^>]*>|\w+|<!--|\n",
                "<table></table><tr><td><th><li><ul></ul><p></p><b></b><h2></h2><br>ord två <!-- <pre>\n<caption>"
                "<thead><td rowspan=3><td colspan=2><main></main><template><nav>",
            )
        ),
        max_size=30,
    )
)
def test_any_markup_is_read(pieces: list[str]) -> None:
    """Tags in whatever order, closed or not, give a source whose structure holds."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.html")
        path.write_text("".join(pieces), encoding="utf-8")
        try:
            check_structure(read_html(path))
        except UnreadableDocument:
            assert not "".join(pieces).replace("<!--", "").strip() or "<" in "".join(pieces)
