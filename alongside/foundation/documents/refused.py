"""What is said of a file that can't be taken. Every sentence says what to do instead."""

from alongside.foundation.access.protected import NotNow

MOST_MB = 25
MOST_BYTES = MOST_MB * 1024 * 1024

TAKEN = "a PDF, a Word (DOCX) or OpenDocument (ODT) file, a picture (JPEG or PNG), a plain text or a sound recording"

SENTENCES = {
    "too_large": f"This file is larger than {MOST_MB} MB. Send a smaller one, or send it in parts.",
    "empty": "This file is empty. Choose another one.",
    "other_type": f"This kind of file can't be taken. Choose {TAKEN}.",
    "wrong_name": "The ending of this file's name does not fit what is in it. Save it again with the right ending.",
    "damaged": "This file is damaged or not all there. Save it again, or choose another one.",
    "locked": "This file is locked with a password. Save it without the password and choose it again.",
    "carries_program": "This file carries a program in it. Print it to PDF, or save it without, and choose it again.",
    "carries_files": "This file carries other files in it. Save those by themselves and choose them one by one.",
    "unpacks_too_large": "This file unpacks to far more than it looks. Save it again as PDF.",
    "too_many_dots": "This picture is too large to open safely. Make it smaller and choose it again.",
    "video": "This is a video. Choose a sound recording, a picture or a document.",
    "old_word": "This is an old Word file. Save it as DOCX or PDF and choose it again.",
    "phone_picture": "This picture is in a format that few computers open. Save it as JPEG and choose it again.",
    "virus": "The virus scanner found something in this file. Do not open it, and tell whoever sent it.",
    "not_scanned": "The virus scanner can't be reached just now, so no file can be taken. Try again in a few minutes.",
}


class NotAccepted(NotNow):
    """This file is not taken. `code` is a key of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])
