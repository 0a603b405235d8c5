"""What the browser carries between the pages: the reference and code, sealed, and gone when the browser is closed."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from alongside.features.referrals.codes import read_code, read_reference
from alongside.features.referrals.drafts import Held
from alongside.foundation.access.request import Request

#: The form being filled in, and the referral that was sent or is being looked at.
DRAFT, SENT = "alongside_asking", "alongside_asked"
#: Kept no longer than this, in seconds, even where the browser stays open.
DRAFT_SECONDS = 12 * 3600
SENT_SECONDS = 3600
PATH = "/refer"
_SECONDS = {DRAFT: DRAFT_SECONDS, SENT: SENT_SECONDS}


def read_held(request: Request, name: str) -> Held | None:
    """The reference and code that this browser carries; None for none, for a forged one and for an old one.

    What an account opened is carried without a code: it opens nothing but with the sign-in.
    """
    sealed = request.COOKIES.get(name, "")
    if not sealed or len(sealed) > 400:
        return None
    try:
        said = signing.loads(sealed, salt=name, max_age=_SECONDS[name])
        typed = str(said["code"])
        held = Held(read_reference(said["reference"]), read_code(typed))
    except (signing.BadSignature, KeyError, TypeError, AttributeError):
        return None
    return held if held.reference and bool(held.code) == bool(typed) else None


def give_held(response: HttpResponse, name: str, held: Held) -> HttpResponse:
    """Puts reference and code into the browser, out of reach of its scripts."""
    response.set_cookie(
        name,
        signing.dumps({"reference": held.reference, "code": held.code}, salt=name),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


def forget_held(response: HttpResponse, *names: str) -> HttpResponse:
    for name in names or (DRAFT, SENT):
        response.delete_cookie(name, path=PATH, samesite="Lax")
    return response
