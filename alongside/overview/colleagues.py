"""Choosing a colleague: everybody where they are few, else those whose name or post was looked for.

A list of all staff is long, and whoever stands first in it is chosen by mistake.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from alongside.features.people.changing import Act, answer_form
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.nhsuk.forms import OnceForm, TextField
from alongside.foundation.nhsuk.forms.look import revealed_names

#: More colleagues than this are looked for by name instead of being listed.
SHOWN_AT_ONCE = 8
FORM = "overview/find_colleague.html"

Choice = tuple[str, str]


def list_colleagues(area_id: int, on: date, roles: Collection[str], *, but: int = 0) -> list[Choice]:
    """Who holds one of these roles in this area on this day, by name, as choices. but: the number of whoever asks."""
    held = RoleHeld.objects.filter(area_id=area_id, role__in=roles, from_date__lte=on)
    held = held.filter(Q(to_date=None) | Q(to_date__gte=on)).exclude(actor_id=but)
    found = Actor.objects.filter(pk__in=held.values("actor_id"), left_on=None).order_by("name", "pk")
    return [(str(one.pk), f"{one.name}, {one.post}" if one.post else one.name) for one in found]


def offered(everybody: Sequence[Choice], given: QueryDict | None, *, chosen: str, always: int = 0) -> list[Choice]:
    """Whom to choose among: who is chosen already, who was looked for, and `always`; everybody where they are few.

    chosen: the question that they answer.
    """
    picked = set(given.getlist(chosen)) if given else set()
    words = str(given.get("look_for", "")).lower().split()[:4] if given else []
    few = len(everybody) <= SHOWN_AT_ONCE
    return [
        (number, label)
        for number, label in everybody
        if few or number in picked or number == str(always) or (words and all(word in label.lower() for word in words))
    ]


def is_finding(request: Request) -> bool:
    """Whether a colleague is looked for and nothing is to be saved yet."""
    return request.method == "POST" and request.POST.get("step") == "find"


class FindingForm(OnceForm):
    """One of its questions, `chosen`, is answered by a colleague."""

    chosen = ""
    look_for = TextField("Find a colleague", hint="A part of their name or post", most=80, required=False, marked=False)

    def __init__(self, given: QueryDict | None, *args: Any, colleagues: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(given, *args, **kwargs)
        found = offered(colleagues, given, chosen=self.chosen)
        asked: Any = self.fields[self.chosen]
        asked.choices = found
        if len(colleagues) <= SHOWN_AT_ONCE:
            del self.fields["look_for"]
        elif not found:
            asked.help_text = "Find them by name first"

    @property
    def shown(self) -> list[BoundField]:
        """The questions in order, without those that stand under an answer of another."""
        under = revealed_names(self)
        return [field for field in self.visible_fields() if field.name not in under]


def answer_finding(
    request: Request,
    form: FindingForm,
    act: Act,
    *,
    go_to: str | Callable[[], str],
    saved: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """As `answer_form`; or, while a colleague is looked for, the form with what was typed and no complaint."""
    if is_finding(request):
        form.errors.clear()
        back = go_to() if callable(go_to) else go_to
        return render(request, FORM, {"form": form, "back_url": back, **context})
    return answer_form(request, form, act, go_to=go_to, saved=saved, template=FORM, context=context)
