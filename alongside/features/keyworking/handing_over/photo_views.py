"""A keyworker's picture: chosen by who runs the team, and handed to those who work with them."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.keyworking.access import NAMES, SEES_TEAM
from alongside.features.keyworking.handing_over.photos import PICTURES, photo_of, set_photo
from alongside.features.keyworking.team_views import keyworker_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.documents.serving import serve
from alongside.foundation.nhsuk.forms import CheckboxesField, OnceForm
from alongside.foundation.recording.recording import Notes


class PhotoForm(OnceForm):
    """A new picture, or none."""

    marks_optional = False

    file = DocumentField("Choose a picture", hint="A JPEG or PNG of their face. Ask them first.", required=False)
    away = CheckboxesField("Or", choices=[("yes", "Take the picture away")], required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("file")
        if chosen and chosen.media_type not in PICTURES:
            self.add_error("file", "Choose a JPEG or PNG picture")
        if not chosen and not given.get("away") and "file" not in self.errors:
            self.add_error("file", "Choose a picture, or tick that it is taken away")
        return given


@for_roles(*NAMES)
def photo(request: Request, actor: int) -> HttpResponse:
    """Asks for the picture that families see."""
    icb, member = keyworker_of(request, actor)
    form = PhotoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def act(note: Notes, given: Any) -> None:
        set_photo(note, icb=icb, worker=member.actor, checked=None if given["away"] else given["file"])

    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/team/{actor}",
        saved="Saved. Families see it from now on.",
        template="keyworking/photo.html",
        context={
            "title": f"Picture of {member.actor.name}",
            "about": "Families see it before they meet.",
            "person": None,
        },
    )


@for_roles(*SEES_TEAM)
def picture(request: Request, actor: int) -> HttpResponse:
    """The picture itself, for whoever works in the same area."""
    found = photo_of(actor)
    if found is None or found.icb_id not in [held.area for held in request.me.roles]:
        raise Http404
    try:
        return serve(key=found.storage_key, media_type=found.media_type, file_name="picture", inline=True)
    except FileNotFoundError as gone:
        raise Http404 from gone
