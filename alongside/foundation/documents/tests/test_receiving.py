"""What is sent is never all kept: 200 MB leave no more on the disk than the limit."""

import os

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from alongside.foundation.documents.checks import check_upload
from alongside.foundation.documents.receiving import MOST_KEPT, MOST_READ, UpToTheLimit
from alongside.foundation.documents.refused import NotAccepted

PIECE = bytes(1024 * 1024)


def receiver() -> UpToTheLimit:
    taking = UpToTheLimit(RequestFactory().post("/"))
    taking.new_file("file", "all.pdf", "application/pdf", 0)
    return taking


def test_200_megabytes_are_read_and_not_kept() -> None:
    taking = receiver()
    for number in range(200):
        taking.receive_data_chunk(PIECE, number * len(PIECE))
    assert os.path.getsize(taking.kept.name) <= MOST_KEPT
    uploaded = taking.file_complete(0)
    assert uploaded.size == 200 * len(PIECE)
    with pytest.raises(NotAccepted, match="larger than 25 MB"):
        check_upload(uploaded)


def test_beyond_a_gigabyte_the_line_is_cut() -> None:
    taking = receiver()
    taking.sent = MOST_READ - len(PIECE)
    taking.receive_data_chunk(PIECE, 0)
    with pytest.raises(StopUpload):
        taking.receive_data_chunk(b"x", 0)
    taking.upload_interrupted()
    assert not os.path.exists(taking.kept.name)
