"""What may come in, and the sentence for what may not."""

import io
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from alongside.foundation.documents.checks import KINDS, Checked, check_content, clean_name
from alongside.foundation.documents.refused import MOST_BYTES, SENTENCES, NotAccepted
from alongside.foundation.documents.tests import made

WHOLE = [
    ("letter.pdf", made.letter(), "application/pdf"),
    ("plain.pdf", made.pdf_with(b""), "application/pdf"),
    ("drawing.png", made.picture(), "image/png"),
    ("PHOTO.JPG", made.picture("JPEG"), "image/jpeg"),
    ("plan.docx", made.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("plan.odt", made.open_document(), "application/vnd.oasis.opendocument.text"),
    ("what I said.txt", "I like trains — and my dog".encode(), "text/plain"),
    ("windows.txt", "caf\u00e9".encode("cp1252"), "text/plain"),
    ("voice.m4a", made.m4a(), "audio/mp4"),
    ("voice.mp3", made.mp3(), "audio/mpeg"),
    ("voice.ogg", made.ogg(), "audio/ogg"),
    ("voice.webm", made.webm(), "audio/webm"),
]
WRONG = [
    ("empty.pdf", b"", "empty"),
    ("blank.txt", b"  \n ", "empty"),
    ("large.pdf", bytes(MOST_BYTES + 1), "too_large"),
    ("bomb.docx", made.zip_bomb(), "unpacks_too_large"),
    ("many.docx", made.packed(made.WORD | {f"word/{n}": b"" for n in range(3001)}), "unpacks_too_large"),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "carries_program"),
    ("drawing.png", b"<svg onload='alert(1)'/>", "carries_program"),
    ("page.txt", b"<html><script>alert(1)</script>", "carries_program"),
    ("page.html", b"hello <script src=x></script>", "carries_program"),
    ("run.txt", b"#!/bin/sh\nrm -rf /", "carries_program"),
    ("program.exe", b"MZ\x90\x00" + bytes(100), "other_type"),
    ("picture.gif", b"GIF89a" + bytes(100), "other_type"),
    ("picture.heic", b"\0\0\0\x18ftypheic" + bytes(40), "phone_picture"),
    ("film.mp4", made.m4a(b"vide"), "video"),
    ("film.webm", made.webm(b"V_VP8"), "video"),
    ("film.ogg", made.ogg(b"\x80theora"), "video"),
    ("letter.png", made.letter(), "wrong_name"),
    ("letter", made.letter(), "wrong_name"),
    ("picture.pdf", made.picture(), "wrong_name"),
    ("plan.pdf.docx.exe", made.word(), "wrong_name"),
    ("cut.pdf", made.letter()[:-3000], "damaged"),
    ("cut.png", made.picture(size=(300, 200))[:-40], "damaged"),
    ("cut.jpg", made.picture("JPEG")[:-100], "damaged"),
    ("cut.docx", made.word()[:-30], "damaged"),
    ("cut.m4a", made.m4a()[:-2], "damaged"),
    ("cut.mp3", made.mp3(2), "damaged"),
    ("cut.ogg", made.ogg()[:-2], "damaged"),
    ("only a head.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
    ("huge.png", made.huge_picture(), "too_many_dots"),
    ("locked.pdf", made.pdf_with(b"/Encrypt 9 0 R"), "locked"),
    ("locked.docx", made.locked_word(), "locked"),
    ("old.doc", made.locked_word().replace("Encrypted".encode("utf-16-le"), b""), "old_word"),
    ("script.pdf", made.pdf_with(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "carries_program"),
    ("hidden.pdf", made.pdf_with(b"/OpenAction<</S/J#61vaScript>>"), "carries_program"),
    ("packed.pdf", made.pdf_with_packed(b"<</S/JavaScript/JS(app.alert(1))>>"), "carries_program"),
    ("launch.pdf", made.pdf_with(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "carries_program"),
    ("attached.pdf", made.pdf_with(b"/Names<</EmbeddedFiles 9 0 R>>"), "carries_files"),
    ("macro.docx", made.word(**{"word/vbaProject.bin": b"x"}), "carries_program"),
    ("object.docx", made.word(**{"word/embeddings/oleObject1.bin": b"x"}), "carries_files"),
    (
        "template.docx",
        made.word(
            **{
                "word/_rels/settings.xml.rels": b'<Relationship Type="http://x/attachedTemplate" '
                b'Target="http://elsewhere/x.dotm" TargetMode="External"/>'
            }
        ),
        "carries_program",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind"), WHOLE, ids=[name for name, *_ in WHOLE])
def test_a_whole_file_of_a_kind_that_is_taken_comes_in(name: str, content: bytes, kind: str) -> None:
    checked = check_content(content, name)
    assert (checked.media_type, checked.file_name) == (kind, name.lower() if name.isupper() else name) or (
        checked.file_name == "PHOTO.jpg"
    )
    assert check_content(checked.content, checked.file_name).media_type == kind, "what is kept would come in again"


@pytest.mark.parametrize(("name", "content", "code"), WRONG, ids=[name for name, *_ in WRONG])
def test_a_file_that_may_not_come_in_is_told_why_and_what_to_do(name: str, content: bytes, code: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        check_content(content, name)
    assert (refused.value.code, refused.value.sentence) == (code, SENTENCES[code])


def test_each_reason_is_tried() -> None:
    tried = Counter(code for *_, code in WRONG)
    assert set(SENTENCES) - set(tried) == {"virus", "not_scanned"}


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from([c for _, c, _ in WHOLE]), st.integers(0, 2000))
def test_no_bytes_do_more_than_get_a_sentence(junk: bytes, whole: bytes, at: int) -> None:
    for content in (junk, whole[:at] + junk + whole[at + len(junk) :], whole[:at]):
        for kind in KINDS:
            try:
                assert isinstance(check_content(content, f"x{kind.endings[0]}"), Checked)
            except NotAccepted as refused:
                assert refused.sentence


def test_a_photograph_does_not_tell_where_it_was_taken_and_is_upright() -> None:
    before = made.picture_with_place()
    assert b"SECRET-PHONE" in before
    after = check_content(before, "photo.jpg").content
    with Image.open(io.BytesIO(after)) as drawn:
        assert drawn.size == (20, 30)
        assert not drawn.getexif()
    assert b"SECRET-PHONE" not in after


def test_what_hides_behind_the_end_of_a_picture_does_not_come_along() -> None:
    after = check_content(made.picture() + b"PK\x03\x04<script>", "drawing.png").content
    assert b"<script>" not in after


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.PDF", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("", "file"),
        (" . ", "file"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_only_names(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@contextmanager
def scanner(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """Something that speaks as ClamAV's daemon does, once."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()

        def listen() -> None:
            line, _ = door.accept()
            with line:
                said = b""
                while not said.endswith(bytes(4)) and (piece := line.recv(65536)):
                    said += piece
                heard.append(said)
                line.sendall(answer)

        ear = threading.Thread(target=listen)
        ear.start()
        yield heard
        ear.join()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: OK\0", ""),
        (b"stream: Eicar-Signature FOUND\0", "virus"),
        (b"INSTREAM size limit exceeded. ERROR\0", "not_scanned"),
        (b"", "not_scanned"),
    ],
)
def test_where_there_is_a_scanner_it_decides(tmp_path: Path, settings: object, answer: bytes, code: str) -> None:
    settings.CLAMD = str(tmp_path / "clamd")  # type: ignore[attr-defined]
    with scanner(tmp_path / "clamd", answer) as heard:
        try:
            check_content(b"hello", "x.txt")
            said = ""
        except NotAccepted as refused:
            said = refused.code
    assert said == code
    assert heard == [b"zINSTREAM\0\0\0\0\x05hello\0\0\0\0"]


def test_a_scanner_that_does_not_answer_lets_nothing_in(tmp_path: Path, settings: object) -> None:
    settings.CLAMD = str(tmp_path / "nobody")  # type: ignore[attr-defined]
    with pytest.raises(NotAccepted, match="can't be reached"):
        check_content(b"hello", "x.txt")
