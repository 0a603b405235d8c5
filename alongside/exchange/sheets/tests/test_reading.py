"""Files of every kind: read, or turned away with a sentence that says what to do."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest

from alongside.exchange.sheets import MOST_BYTES, Unreadable, read_sheet
from alongside.exchange.sheets.reading import sheet as limits
from alongside.exchange.sheets.tests.workbooks import HEADINGS, sample_workbook, saved, workbook, workbook_of

ANN = ("Ann Hale", "25/02/2012", "9990512426", "Red")
CSV = "Name,DOB,NHS Number,RAG\r\nZoë Hale,25/02/2012,9990512426,Red\r\n"


def refusal(data, **more) -> str:
    with pytest.raises(Unreadable) as raised:
        read_sheet(data, "register.xlsx", **more)
    return raised.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_any_usual_letters(encoding):
    sheet = read_sheet(CSV.encode(encoding), "register.csv")
    assert sheet.rows[1] == ("Zoë Hale", "25/02/2012", "9990512426", "Red")


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_csv_with_anything_between_the_cells(between):
    text = f'Name{between}DOB{between}RAG\n"Hale, Ann"{between}1/2/2012{between}Red\n'
    assert read_sheet(text.encode(), "a.csv").rows[1] == ("Hale, Ann", "1/2/2012", "Red")


def test_csv_that_names_its_own_separator():
    assert read_sheet(b"sep=;\r\nName;DOB\r\nAnn Hale;1/2/2012\r\n").rows[1] == ("Ann Hale", "1/2/2012")


def test_a_quotation_mark_left_open_loses_no_rows():
    lines = ["Name,DOB,RAG", '"Ann Hale,1/2/2012,Red', *["Zara Moss,1/2/2013,Green"] * 80]
    sheet = read_sheet("\n".join(lines).encode())
    assert len(sheet.rows) == 82
    assert "quotation mark" in sheet.notes[0]


def test_a_cell_of_several_lines_stays_one_cell():
    assert read_sheet(b'Name,Notes\nAnn Hale,"one\ntwo"\n').rows[1] == ("Ann Hale", "one\ntwo")


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    book = openpyxl.Workbook()
    for column, heading in enumerate(HEADINGS, 3):
        book.active.cell(5, column, heading)
    book.active.cell(8, 3, "Ann Hale")
    sheet = read_sheet(saved(book))
    assert sheet.rows[4] == (None, None, *HEADINGS)
    assert sheet.rows[7] == (None, None, "Ann Hale")


def test_empty_rows_at_the_end_are_gone_and_those_between_stay():
    sheet = read_sheet(workbook(HEADINGS, ANN, (), ANN, ("  ",), ()))
    assert len(sheet.rows) == 4
    assert sheet.rows[2] == ()


def test_of_several_sheets_the_register_is_read_and_the_others_are_named():
    data = workbook_of({"Lists": [("Red",), ("Amber",)], "DSR 2026": [HEADINGS, ANN], "Old": [("Notes",)]})
    sheet = read_sheet(data)
    assert (sheet.sheet_name, sheet.other_sheets) == ("DSR 2026", ("Lists", "Old"))
    assert "'DSR 2026' was read because it looks most like a register" in sheet.notes[0]
    assert read_sheet(workbook_of({"A": [HEADINGS, ANN], "B": [HEADINGS]}), sheet_name="B").sheet_name == "B"
    assert "no sheet called 'C'" in refusal(data, sheet_name="C")


def test_a_hidden_sheet_gives_way_to_a_shown_one():
    data = workbook_of({"Old": [HEADINGS, ANN, ANN], "Now": [HEADINGS, ANN]}, hidden=["Old"])
    assert read_sheet(data).sheet_name == "Now"


def test_a_cell_merged_downwards_holds_for_each_row():
    data = workbook((*HEADINGS, "Council"), (*ANN, "Saltby"), ("Zara Moss", "1/2/2013"), merged=["E2:E3"])
    assert read_sheet(data).rows[2] == ("Zara Moss", "1/2/2013", None, None, "Saltby")


def test_a_formula_without_a_stored_result_is_told():
    assert "1 cells" in read_sheet(workbook(HEADINGS, ("=A1", *ANN[1:]))).notes[-1]


def test_a_path_and_an_open_file_read_alike(tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_bytes(sample_workbook())
    with path.open("rb") as file:
        assert read_sheet(path).rows == read_sheet(str(path)).rows == read_sheet(file).rows
    assert len(read_sheet(path).digest) == 64


def open_document(cells: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="DSR">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def ods_row(*texts: str, repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def test_an_open_document_sheet_with_its_million_empty_rows():
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    sheet = read_sheet(open_document(ods_row(*HEADINGS) + ods_row(*ANN) + empty))
    assert sheet.rows == (HEADINGS, ANN)


def test_an_open_document_that_repeats_a_full_row_without_end_is_turned_away():
    assert "too large" in refusal(open_document(ods_row(*HEADINGS) + ods_row(*ANN, repeated=5_000_000)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\r\n \n", "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "picture"),
        (b"\x1f\x8b" + b"x" * 50, "Unpack"),
        (b"{\\rtf1 hello}", "text document"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "web page"),
        (b"PK\x03\x04" + b"x" * 200, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99,
            "password",
        ),
        (bytes(range(256)) * 40, "not a spreadsheet"),
        (b"1,2,3\n4,5,6\n", "No row of headings"),
        (b"hello", "No row of headings"),
    ],
)
def test_what_is_no_register_is_turned_away_with_what_to_do(data, says):
    assert says in refusal(data)


def test_the_kind_is_judged_by_the_bytes_and_not_by_the_name():
    assert read_sheet(CSV.encode(), "register.xlsx").rows[1][0] == "Zoë Hale"
    assert read_sheet(workbook(HEADINGS, ANN), "register.csv").rows[1] == ANN


def test_a_cut_off_workbook_is_turned_away():
    data = sample_workbook()
    assert "damaged" in refusal(data[: len(data) // 2])


def test_a_word_document_and_a_plain_zip_are_told_apart():
    for name, says in (
        ("word/document.xml", "document"),
        ("photo.png", "packed"),
        ("xl/workbook.bin", "binary"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, "x")
        assert says in refusal(stream.getvalue())


def test_a_file_that_is_too_large_and_one_that_just_fits():
    assert "larger than 50 MB" in refusal(io.BytesIO(b"a" * (MOST_BYTES + 1)))
    assert "larger than" not in refusal(io.BytesIO(b"1,2\n" * 10))


def test_a_missing_file():
    assert "could not be opened" in refusal("/nowhere/at/all.xlsx")


def test_a_small_file_that_unpacks_without_end_is_turned_away(monkeypatch):
    monkeypatch.setattr("alongside.exchange.sheets.reading.containers.MOST_UNPACKED", 3_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 4_000_000)
    assert "unpacks to more than" in refusal(stream.getvalue())


def test_a_size_that_lies_is_not_believed(monkeypatch):
    monkeypatch.setattr("alongside.exchange.sheets.reading.containers.MOST_UNPACKED", 3_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 4_000_000)
    data = stream.getvalue().replace(struct.pack("<L", 4_000_000), struct.pack("<L", 10))
    data = data.replace(struct.pack("<L", zlib.crc32(b" " * 4_000_000)), struct.pack("<L", zlib.crc32(b" " * 10)))
    assert "unpacks to more than" in refusal(data)


def test_one_cell_in_the_last_corner_is_turned_away_before_it_fills_the_memory():
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADINGS, ANN)))
    book.active["XFD1048576"] = "x"
    assert "row 1,048,576" in refusal(saved(book))


def test_formatting_far_below_without_a_value_does_no_harm():
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADINGS, ANN)))
    book.active["XFD1048576"].number_format = "0.00"
    assert read_sheet(saved(book)).rows == (HEADINGS, ANN)


def test_the_most_rows_are_read_and_one_more_is_not(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    assert len(read_sheet(workbook(HEADINGS, ANN, ANN)).rows) == 3
    assert "at most 3 can be read" in refusal(workbook(HEADINGS, ANN, ANN, ANN))
    assert "at most 3 can be read" in refusal(("Name,DOB\n" + "Ann Hale,1/2/2012\n" * 3).encode())


def test_more_columns_than_any_register_has():
    assert "columns" in refusal(("Name,DOB" + ",x" * 1_000 + "\nAnn Hale,1/2/2012\n").encode())
