"""Taking a file from the browser: no more than the limit is ever kept, however much is sent."""

from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

#: The largest file that any form takes: a spreadsheet to import. What each form takes it checks itself.
MOST_KEPT = 50 * 1024 * 1024
#: Up to here the rest is read and thrown away, so that the page can say what is wrong. Beyond, the line is cut.
MOST_READ = 1024 * 1024 * 1024


class UpToTheLimit(FileUploadHandler):
    """A file on disk. `size` says how much was sent, so that what is too large can be told."""

    def new_file(self, *given: Any, **named: Any) -> None:
        super().new_file(*given, **named)
        self.sent = 0
        self.kept = NamedTemporaryFile(suffix=".upload")  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sent += len(raw_data)
        if self.sent <= MOST_KEPT:
            self.kept.write(raw_data)
        elif self.sent > MOST_READ:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return UploadedFile(
            self.kept, self.file_name, self.content_type, self.sent, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "kept"):
            self.kept.close()
