"""A file set aside while the rest of its form is put right, for whoever chose it and for an hour."""

from django.core import signing

from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import keep, read_file

SECONDS = 60 * 60
_SALT = "a file set aside for {}"


def set_aside(checked: Checked, owner: int) -> str:
    """A mark for the form. It says nothing to anybody else."""
    told = {"key": keep(checked.content), "type": checked.media_type, "name": checked.file_name}
    return signing.dumps(told, salt=_SALT.format(owner))


def kept_file(mark: str, owner: int) -> Checked | None:
    """The file set aside under this mark; None when it is not this actor's, too old or gone."""
    try:
        told = signing.loads(mark, salt=_SALT.format(owner), max_age=SECONDS)
        return Checked(read_file(told["key"]), told["type"], told["name"])
    except (signing.BadSignature, FileNotFoundError):
        return None
