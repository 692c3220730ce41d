"""Word documents are read as Word would print them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from test_readers_structure import check_structure, outline

from ingest.readers.docx import read_docx
from ingest.readers.open import read_source
from ingest.source import Grid, Line, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(path: Path, body: str, **parts: str) -> Path:
    """Write a document of the body's XML; each part (styles, numbering, footnotes, header) by its name."""
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}"><Relationship Id="r" Type="{RELATIONS}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        file.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        file.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{packages}">{targets}</Relationships>')
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{content}</w:{name}>")
    return path


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:p>") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def read(tmp_path: Path, body: str, **parts: str) -> Source:
    source = read_docx(package(tmp_path / "plan.docx", body, **parts))
    check_structure(source)
    return source


def lines(source: Source) -> list[tuple[int | None, str]]:
    return [(line.level, source.text[line.start : line.end]) for line in source.lines()]


def test_headings_come_from_names_outline_levels_and_what_styles_are_based_on(tmp_path: Path) -> None:
    """A heading is known by its style's name, English or Swedish, by an outline level, or by inheritance."""
    styles = """
        <w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Nämndmål"/><w:basedOn w:val="Rubrik1"/>
            <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Barn"><w:name w:val="Enhetsmål"/><w:basedOn w:val="Egen"/></w:style>
        <w:style w:type="paragraph" w:styleId="Utan"><w:name w:val="Innehåll"/><w:basedOn w:val="Rubrik1"/>
            <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>
        <w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>"""
    body = "".join(
        paragraph(f"Under {style}", style) for style in ("Rubrik1", "Egen", "Barn", "Utan", "A", "Rubrik2", "")
    ) + paragraph("Direkt", properties='<w:outlineLvl w:val="3"/>')
    found = [level for level, _ in lines(read(tmp_path, body, styles=styles))]
    assert found == [1, 3, 3, None, None, 2, None, 4]


NUMBERING = """
    <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/>
            <w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/>
            <w:lvlText w:val="%1.%2"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="0"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"""
NUMBERED_STYLES = """
    <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
        <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
        <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""


def in_list(words: str, number: int, depth: int = 0) -> str:
    return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_and_bullets_are_printed(tmp_path: Path) -> None:
    """Numbers that Word counts stand before their headings; list items have their bullet or letter."""
    body = (
        paragraph("Mål", "Heading1")
        + paragraph("Skola", "Heading2")
        + paragraph("", "Heading2")
        + paragraph("Vård", "Heading2")
        + in_list("först", 1, 2)
        + in_list("sedan", 1, 2)
        + paragraph("Ekonomi", "Heading1")
        + paragraph("Budget", "Heading2")
        + in_list("punkt", 2)
        + in_list("omstart", 3)
        + paragraph("Onumrerad", "Heading1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(read(tmp_path, body, styles=NUMBERED_STYLES, numbering=NUMBERING)) == [
        (1, "1. Mål"),
        (2, "1.1 Skola"),
        (2, "1.2 Vård"),
        (None, "a) först"),
        (None, "b) sedan"),
        (1, "2. Ekonomi"),
        (2, "2.1 Budget"),
        (None, "• punkt"),
        (None, "7. omstart"),
        (1, "Onumrerad"),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    """What was inserted is read, what was deleted or moved away is not, nor is a deleted table row."""
    body = (
        "<w:p>"
        + run("Målet är ")
        + f"<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins>{run('6 %')}</w:ins>"
        + f"<w:moveFrom>{run(' bort')}</w:moveFrom><w:moveTo>{run(' hit')}</w:moveTo></w:p>"
        + table(row("A", "B"), row("C", "D", properties="<w:del/>"), row("E", "F"))
    )
    assert outline(read(tmp_path, body)) == ["Målet är 6 % hit", [["A", "B"], ["E", "F"]]]


def test_merged_cells_stand_once_in_their_first_place(tmp_path: Path) -> None:
    """A row has as many cells as the grid has columns; what spans columns or rows has its words in the first."""
    body = table(
        row(cell("2026", '<w:gridSpan w:val="2"/>'), "2025"),
        row(cell("Vård", '<w:vMerge w:val="restart"/>'), "1,5", "1,4"),
        row(cell("", "<w:vMerge/>"), "2,5", ""),
        row("3,5", properties='<w:gridBefore w:val="1"/>'),
    )
    assert outline(read(tmp_path, body)) == [
        [["2026", "", "2025"], ["Vård", "1,5", "1,4"], ["", "2,5", ""], ["", "3,5", ""]]
    ]


def test_a_table_inside_a_cell_is_flattened_and_a_frame_is_running_text(tmp_path: Path) -> None:
    """Nested tables give their words to the cell; a table of one column is read as paragraphs."""
    nested = "<w:p/>" + table(row("x", "1"), row("y", "2"))
    inside = f"<w:tc><w:tcPr/>{paragraph('Se')}{nested}<w:p/></w:tc>"
    body = table(row("Rad", inside), row("Annan", "3")) + table(
        row(f"<w:tc>{paragraph('Faktaruta', 'Heading2')}{paragraph('En mening.')}</w:tc>")
    )
    source = read(tmp_path, body)
    assert outline(source) == [[["Rad", "Se x 1 y 2"], ["Annan", "3"]], "Faktaruta", "En mening."]
    assert lines(source)[0][0] == 2


BOLD = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"


def test_header_rows_are_marked_or_bold(tmp_path: Path) -> None:
    """Rows that Word repeats on each page are headers; without such marks a bold first row is one."""
    marked = table(
        row("Indikator", "Årsmål", properties="<w:tblHeader/>"), row("Sjukfrånvaro", "6 %"), row("Frisknärvaro", "70 %")
    )
    bold = table(row(cell(BOLD.format("Aktivitet")), cell(BOLD.format("Slut"))), row("Utbilda", "2026-05-01"))
    total = table(row("Vård", "2"), row(cell(BOLD.format("Summa")), cell(BOLD.format("2"))))
    two = table(
        row(cell(BOLD.format("Belopp"), '<w:gridSpan w:val="2"/>')),
        row(cell(BOLD.format("A")), cell(BOLD.format("B"))),
        row("1", "2"),
    )
    source = read(tmp_path, paragraph("x").join((marked, bold, total, two)))
    assert [item.header for item in source.items if isinstance(item, Grid)] == [1, 1, 0, 2]


def test_a_table_style_can_make_the_header(tmp_path: Path) -> None:
    """A first row that only the table's style makes bold is a header when the table uses that part of the style."""
    styles = """<w:style w:type="table" w:styleId="Lista"><w:name w:val="Lista"/>
        <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"""
    about = '<w:tblPr><w:tblStyle w:val="Lista"/><w:tblLook w:val="{}"/></w:tblPr>'
    rows = row("A", "B") + row("1", "2")
    body = table(about.format("04A0"), rows) + paragraph("x") + table(about.format("0480"), rows)
    source = read(tmp_path, body, styles=styles)
    assert [item.header for item in source.items if isinstance(item, Grid)] == [1, 0]


def test_a_caption_belongs_to_the_table_below(tmp_path: Path) -> None:
    """A caption over a table names it and is stored; one under a table is a line like others."""
    styles = '<w:style w:type="paragraph" w:styleId="Beskrivning"><w:name w:val="caption"/></w:style>'
    body = paragraph("Tabell 1. Budget", "Beskrivning") + table(row("A", "B"), row("1", "2"))
    source = read(tmp_path, body + paragraph("Källa: ekonomi", "Beskrivning"), styles=styles)
    grid, line = source.items
    assert isinstance(grid, Grid)
    assert isinstance(line, Line)
    assert grid.caption == "Tabell 1. Budget"
    assert source.text == "Tabell 1. Budget\nA B\n1 2\nKälla: ekonomi\n"


def broken(words: str) -> str:
    return f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>{words}</w:t></w:r></w:p>"


def test_pages_are_numbered_where_word_broke_them(tmp_path: Path) -> None:
    """Word's own breaks number the pages; an explicit break and Word's mark after it are one break."""
    body = (
        paragraph("Ett")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + broken("Två")
        + "<w:p>"
        + run("slutar här ")
        + "<w:r><w:lastRenderedPageBreak/><w:t>och går vidare på tre</w:t></w:r></w:p>"
        + paragraph("Fyra", properties="<w:pageBreakBefore/>")
        + paragraph("sist", properties="<w:sectPr/>")
        + broken("Fem")
        + "<w:sectPr/>"
    )
    source = read(tmp_path, body)
    assert [source.text[page.start : page.end] for page in source.pages] == [
        "Ett\n",
        "Två\nslutar här ",
        "och går vidare på tre\n",
        "Fyra\nsist\n",
        "Fem\n",
    ]
    assert all(page.label is None for page in source.pages)


def test_a_row_that_begins_a_page_breaks_it_once(tmp_path: Path) -> None:
    """Each cell of a row tells the same break; a row split over a page stands where it begins."""
    split = f"<w:tc>{paragraph('börjar')}{broken('slutar')}</w:tc>"
    body = table(row("A", "B"), row(cell(broken("C")), cell(broken("D"))), row(split, split), row("E", "F"))
    source = read(tmp_path, body)
    assert [source.text[page.start : page.end] for page in source.pages] == [
        "A B\n",
        "C D\nbörjar slutar börjar slutar\n",
        "E F\n",
    ]


def test_without_words_breaks_there_are_no_page_numbers(tmp_path: Path) -> None:
    """A file that only has breaks its author typed does not tell where its other pages end, and says so."""
    source = read(tmp_path, paragraph("Ett") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("Två"))
    assert source.pages == ()
    assert any("page number" in note for note in source.notes)


def test_notes_and_text_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    """Footnotes and text boxes are read once, after the paragraph (or table) that they hang on."""
    box = f"<w:txbxContent>{paragraph('I rutan')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Enligt avtal.")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Preliminärt.")}</w:footnote>'
    )
    body = (
        f"<w:p>{run('Priset')}{mark.format(1)}{run(' höjs.')}{drawing}</w:p>"
        + table(row(cell(f"<w:p>{run('A')}{mark.format(2)}</w:p>"), "B"))
        + paragraph("Slut")
    )
    source = read(tmp_path, body, footnotes=notes)
    assert outline(source) == ["Priset höjs.", "I rutan", "Enligt avtal.", [["A", "B"]], "Preliminärt.", "Slut"]


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    """Hidden text, field codes, unfilled prompts and the table of contents are left out; field results are read."""
    body = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Inledning 3')}</w:sdtContent></w:sdt>"
        + paragraph("Mål 4", "TOC1")
        + f"<w:p>{run('Synlig')}<w:r><w:rPr><w:vanish/></w:rPr><w:t> dold</w:t></w:r>"
        + "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>"
        + f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run(' 2026')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("Skriv här")
        + "</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtContent>{run(' plan')}</w:sdtContent></w:sdt></w:p>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    assert outline(read(tmp_path, body, styles=styles)) == ["Synlig 2026 plan"]


def test_line_breaks_part_lines_but_not_headings(tmp_path: Path) -> None:
    """A manual line break begins a line; in a heading it is a space; special hyphens and symbols are written out."""
    two = "<w:p>{}<w:r><w:t>Nämndmål:</w:t><w:br/><w:t>Alla ryms</w:t></w:r></w:p>"
    special = (
        "<w:p><w:r><w:t>verk</w:t><w:softHyphen/><w:t>samhet IT</w:t><w:noBreakHyphen/><w:t>stöd</w:t>"
        '<w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>'
    )
    body = two.format("") + two.format('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') + special
    assert lines(read(tmp_path, body)) == [
        (None, "Nämndmål:"),
        (None, "Alla ryms"),
        (1, "Nämndmål: Alla ryms"),
        (None, "verksamhet IT-stöd•"),
    ]


def test_weight_and_size_come_from_runs_and_styles(tmp_path: Path) -> None:
    """A line is bold when all its words are, by themselves or by style; its size is what most of it has."""
    styles = """<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Fet"><w:name w:val="Fet"/><w:basedOn w:val="Normal"/>
            <w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>"""
    light = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>mager</w:t></w:r>'
    body = paragraph("Fet rad", "Fet") + f"<w:p><w:pPr><w:pStyle w:val='Fet'/></w:pPr>{run('Fet ')}{light}</w:p>"
    source = read(tmp_path, body + paragraph("Vanlig"), styles=styles)
    assert [(line.bold, line.size) for line in source.lines()] == [(True, 14.0), (False, 14.0), (False, 11.0)]


def test_the_margins_are_properties_and_not_text(tmp_path: Path) -> None:
    """Headers and footers stay out of the text; their words are kept as properties."""
    margin = paragraph("Dnr 1.2-34/2026")
    body = paragraph("Text")
    path = package(tmp_path / "plan.docx", body, header=margin, footer=paragraph("Sida 1"))
    source = read_docx(path)
    assert source.text == "Text\n"
    assert source.properties == {"header": "Dnr 1.2-34/2026", "footer": "Sida 1"}


def test_core_properties_are_read(tmp_path: Path) -> None:
    """Title, author and subject come from the file's properties."""
    document = docx.Document()
    document.add_heading("Inledning", 1)
    document.core_properties.title = "Verksamhetsplan 2026"
    document.core_properties.author = "Ekbacka stadsdelsnämnd"
    document.save(str(tmp_path / "plan.docx"))
    source = read_docx(tmp_path / "plan.docx")
    assert source.properties["title"] == "Verksamhetsplan 2026"
    assert source.properties["author"] == "Ekbacka stadsdelsnämnd"
    assert lines(source) == [(1, "Inledning")]


def test_a_document_by_python_docx_reads_back(tmp_path: Path) -> None:
    """Lists, custom heading styles and merged cells written by another library come out right."""
    document = docx.Document()
    own = document.styles.add_style("Nämndmål", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Alla barn får plats", style="Nämndmål")
    document.add_paragraph("punkt", style="List Bullet")
    document.add_paragraph("steg", style="List Number")
    made = document.add_table(2, 3)
    made.cell(0, 0).merge(made.cell(0, 1)).text = "Netto"
    made.cell(0, 2).text = "VP 2026"
    made.cell(1, 0).text = "Vård"
    made.cell(1, 2).text = "2,5"
    document.save(str(tmp_path / "plan.docx"))
    source = read_docx(tmp_path / "plan.docx")
    check_structure(source)
    assert outline(source) == [
        "Alla barn får plats",
        "• punkt",
        "1. steg",
        [["Netto", "", "VP 2026"], ["Vård", "", "2,5"]],
    ]
    assert next(source.lines()).level == 3


@pytest.mark.parametrize("attribute", ['w:val="x"', 'w:val="-99999999999"', ""])
def test_odd_numbers_in_attributes_do_no_harm(tmp_path: Path, attribute: str) -> None:
    """A span, level or look that is no number is taken for absent."""
    body = paragraph("Text", properties=f"<w:outlineLvl {attribute}/>") + table(
        f"<w:tblPr><w:tblLook {attribute}/></w:tblPr>", row(cell("A", f"<w:gridSpan {attribute}/>"), "B"), row("1", "2")
    )
    assert outline(read(tmp_path, body)) == ["Text", [["A", "B"], ["1", "2"]]]


def test_a_main_part_of_another_name_is_found(tmp_path: Path) -> None:
    """The web version of Word numbers its main part; the package's relations tell which it is."""
    path = package(tmp_path / "plan.docx", paragraph("Text"))
    with zipfile.ZipFile(path) as old:
        parts = {name.replace("word/document.xml", "word/document2.xml"): old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data.replace(b"word/document.xml", b"word/document2.xml"))
    assert read_source(path).text == "Text\n"


def test_strict_documents_are_read(tmp_path: Path) -> None:
    """A document saved as Strict Open XML has other namespaces and the same words."""
    path = package(tmp_path / "plan.docx", paragraph("Mål", properties='<w:outlineLvl w:val="0"/>'))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert lines(read_source(path)) == [(1, "Mål")]
