"""An area's own phone number and hours: set by its manager or administrator, shown to everybody who asks."""

from django.contrib import messages as said
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.contacts import find_contact, set_contact
from alongside.foundation.messages.forms import ContactForm
from alongside.foundation.messages.views import ALREADY, once
from alongside.foundation.recording.recording import AlreadyDone, recording

SETS = (Role.MANAGER, Role.ADMIN)


@for_roles(*SETS)
def contact(request: Request) -> HttpResponse:
    """The number, and when somebody answers it."""
    area = request.me.home_area
    if area is None or not request.me.holds_in(area.area, *SETS):
        raise Http404
    now = find_contact(area.area)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={"phone": now.phone, "hours": now.hours} if now else {},
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            with recording(by=request.me, at=request.at, once=once(form)) as note:
                set_contact(note, icb_id=area.area, phone=given["phone"], hours=given["hours"])
        except AlreadyDone:
            said.success(request, ALREADY)
        else:
            said.success(request, "Saved. Public pages and new letters show it from now on.")
        return redirect("area_contact")
    context = {"form": form, "now": now, "area": area.area_name}
    return render(request, "inbox/contact.html", context, status=422 if form.is_bound else 200)
