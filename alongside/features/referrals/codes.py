"""Reference and code: what somebody without an account keeps, to come back to what they began or to see how it stands.

Together they make a key. Statements asked with that key (`context.asking_with`) reach exactly the draft and the
referral with this reference: the database keeps only the key's digest and compares it itself (see `models`).
"""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

#: Letters and digits that are not mistaken for one another, also when said over the telephone.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_REFERENCE = re.compile(rf"R-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")
_CODE = re.compile(rf"[{LETTERS}]{{8}}")


def _letters(number: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(number))


def new_reference() -> str:
    """R-XXXX-XXXX. Not secret by itself."""
    return f"R-{_letters(4)}-{_letters(4)}"


def new_code() -> str:
    """Eight letters and digits; kept by whoever asks, never stored here."""
    return _letters(8)


def read_reference(typed: str) -> str:
    """The reference as it is stored, however it was typed; '' for what can't be one."""
    plain = re.sub(r"[^A-Z0-9]", "", typed.upper()[:40]).removeprefix("R") if typed else ""
    found = f"R-{plain[:4]}-{plain[4:]}"
    return found if _REFERENCE.fullmatch(found) else ""


def read_code(typed: str) -> str:
    """The code as it is stored, however it was typed; '' for what can't be one."""
    found = re.sub(r"[^A-Z0-9]", "", typed.upper()[:40])
    return found if _CODE.fullmatch(found) else ""


def key_of(reference: str, code: str) -> str:
    """What opens the draft and the referral with this reference. Takes both and the installation's secret."""
    said = f"referral {reference} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def digest_of(key: str) -> bytes:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).digest()
