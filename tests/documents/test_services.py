"""PDFs, written by the real typesetter and read by another program (pypdf)."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from peelsite.documents.calc import Callout, Figure, Heading, KeyFigure, KeyFigures, Paragraph, Table
from peelsite.documents.services import pdf_bytes
from tests.documents.samples import HOSTILE, document, full, svg_saying


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """Structure elements in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                walk(kid)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def roles(reader: PdfReader) -> list[str]:
    return [element["/S"] for element in elements(reader)]


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return read(pdf_bytes(full()))


def test_the_file_says_that_it_is_tagged_in_which_language_and_by_which_title(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Inspection summary"
    assert reader.metadata.author == "Exampleshire Constabulary"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert all(page["/Tabs"] == "/S" for page in reader.pages)


def test_every_font_is_embedded(reader):
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert "NotoSans" in descriptor["/FontName"]


def test_the_tags_follow_the_reading_order(reader):
    found = roles(reader)
    wanted = ["/Title", "/H1", "/H2", "/Figure", "/Table", "/H3", "/L"]
    assert [role for role in found if role in wanted] == wanted
    # /Title is not a role of PDF 1.7, so the file must say what it stands for.
    assert "/Title" in reader.trailer["/Root"]["/StructTreeRoot"]["/RoleMap"]


def test_every_figure_has_its_words(reader):
    figures = [element for element in elements(reader) if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Constables are 45.8 FTE short."]


def test_table_headings_are_headings_of_their_columns(reader):
    cells = [element for element in elements(reader) if element["/S"] in ("/TH", "/TD")]
    headings = [cell for cell in cells if cell["/S"] == "/TH"]
    assert len(headings) == 4
    for heading in headings:
        assert any(a.get_object().get("/Scope") == "/Column" for a in heading["/A"])
    names = [heading["/ID"] for heading in headings]
    data = [cell for cell in cells if cell["/S"] == "/TD"]
    assert len(data) == 12
    for place, cell in enumerate(data):
        linked = next(a.get_object()["/Headers"] for a in cell["/A"] if "/Headers" in a.get_object())
        assert list(linked) == [names[place % 4]]


def test_text_is_read_in_the_order_of_the_blocks(reader):
    text = " ".join(text_of(reader).split())
    words = [
        "Exampleshire Constabulary",
        "Inspection summary",
        "Position at 31 March 2016",
        "14 April 2016",
        "In short",
        "Strength is 54.3 FTE below establishment.",
        "Establishment 1,983.0 FTE posts funded",
        "Strength 1,928.7 FTE",
        "Gap 54.3 FTE 2.7%",
        "Actions closed 14 of 17",
        "For decision Two sergeant posts are vacant.",
        "By rank",
        "Gap by rank, FTE",
        "Rank Establishment Strength Gap",
        "Constable 1,520.0 1,474.3 45.8",
        "Gaps are not netted.",
        "Detail",
        "First point",
        "Second point",
    ]
    places = []
    for word in words:
        places.append(text.index(word, places[-1] if places else 0))
    assert places == sorted(places)


def test_every_page_is_marked_top_and_bottom_named_and_numbered(reader):
    assert len(reader.pages) == 2
    for number, page in enumerate(reader.pages, 1):
        marks = []

        def note(text, cm, tm, font, size, marks=marks):
            if "OFFICIAL-SENSITIVE" in text:
                marks.append(tm[5] * cm[3] + cm[5])

        text = page.extract_text(visitor_text=note)
        assert f"Page {number} of 2" in " ".join(text.split())
        assert max(marks) > 770
        assert min(marks) < 60
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_the_same_document_is_the_same_bytes_and_another_day_is_not():
    one, two = pdf_bytes(full()), pdf_bytes(full())
    assert one == two
    assert pdf_bytes(document(day=date(2016, 4, 15))) != pdf_bytes(document())


def test_a_ten_page_table_repeats_its_headings_as_decoration_and_keeps_every_row():
    rows = tuple((f"Post {n:04}", "Constable", f"{n / 10:.1f}") for n in range(420))
    result = read(pdf_bytes(document(Heading("Posts"), Table("All posts", ("Post", "Rank", "FTE"), rows))))
    assert len(result.pages) >= 10
    for page in result.pages:
        assert "Post\nRank\nFTE" in page.extract_text() or "Post Rank FTE" in page.extract_text()
    text = text_of(result)
    assert all(f"Post {n:04}" in text for n in range(420))
    # To a reader by ear it is one table with one row of headings.
    assert roles(result).count("/Table") == 1
    assert roles(result).count("/TH") == 3
    assert roles(result).count("/TD") == 3 * 420


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_ever_text(text):
    something = text.strip() or "something"
    picture = Figure(svg_saying(text), something, text)
    table = Table(something, (text, text), ((text, text),), note=text)
    tiles = KeyFigures((KeyFigure(text, text, text),))
    blocks = (Heading(something), Paragraph(text), tiles, table, picture, Callout(text, text))
    doc = document(*blocks, title=something, subtitle=text, marking=text, force=text, reference=text)
    result = read(pdf_bytes(doc))
    counted = ("/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L")
    found = [role for role in roles(result) if role in counted]
    assert found == ["/H1", "/Table", "/TH", "/TH", "/TD", "/TD", "/Figure"]


def test_markup_in_a_name_is_printed_as_it_was_typed():
    text = " ".join(text_of(read(pdf_bytes(document(Paragraph(HOSTILE[0]), Paragraph(HOSTILE[2]))))).split())
    assert '#eval("1+1") #panic("x")' in text
    assert '"], (type: "PageBreak"), ["' in text


def test_what_no_font_can_show_is_replaced_and_a_note_says_so():
    text = text_of(read(pdf_bytes(document(Paragraph("中文 Żółć")))))
    assert "\N{REPLACEMENT CHARACTER}" * 2 + " Żółć" in text
    assert "stands for a character that this document cannot show" in " ".join(text.split())


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_makes_a_readable_file(text):
    doc = document(Heading("A" + text), Paragraph(text), Figure(svg_saying(text), "alt", text))
    assert len(read(pdf_bytes(doc)).pages) >= 1


def test_a_document_that_not_everybody_could_read_is_refused_with_every_reason():
    doc = document(Heading("A", 2), Figure(b"<svg/>", "", "Gap"))
    with pytest.raises(ValidationError) as refused:
        pdf_bytes(doc)
    assert refused.value.messages == [
        "Heading “A” has level 2 after level 0.",
        "Figure “Gap” has no text for people who do not see it.",
    ]


def test_a_picture_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="could not be written"):
        pdf_bytes(document(Figure(b"not a picture", "alt", "caption")))
