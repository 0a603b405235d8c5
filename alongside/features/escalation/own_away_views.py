"""An officer's own absence, and who decides meanwhile."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.actions.forms import reach_problem
from alongside.features.escalation import queries, text
from alongside.features.escalation.area_views import who_may
from alongside.features.escalation.forms import OTHER, AwayForm, BackForm
from alongside.features.escalation.officers import StandIn, end_absence, say_own_away
from alongside.features.escalation.views import data_of, today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms import OnceForm, SelectField, TextField
from alongside.foundation.recording.recording import Notes


class OwnAwayForm(AwayForm):
    """The days, and who stands in. The deputies who are named already need no naming."""

    who = SelectField("Who decides meanwhile?", choices=(), missing="Select who decides meanwhile")
    name = TextField("Without an account: their name", most=120, required=False, marked=False)
    post = TextField("Their role", most=120, required=False)
    reach = TextField("Their e-mail or mobile number", hint="They answer by a link.", most=120, required=False)
    phone = TextField("A number to ring", most=40, required=False)

    def __init__(self, *args: Any, deputies: Sequence[str], actors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("named", f"{' or '.join(deputies)}, named already")] if deputies else []
        asked: Any = self.fields["who"]
        asked.choices = [*named, ("", "Select"), *actors, (OTHER, "Somebody without an account here")]
        if named:
            asked.initial = "named"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (reach := given.get("reach", "").strip()) and (problem := reach_problem(reach)):
            self.add_error("reach", problem)
        if given.get("who") == OTHER:
            if not given.get("name", "").strip():
                self.add_error("name", "Write their name")
            if not (given.get("reach", "").strip() or given.get("phone", "").strip()):
                self.add_error("phone", "Write how they are reached: a link's address or a number to ring")
        return given


@for_roles()
def own_away(request: Request, number: int) -> HttpResponse:
    """I am away, and who decides meanwhile. `?absence=` changes the last day. 404 for another's post."""
    me, today = request.me, today_of(request)
    officer = next((one for one in queries.list_own_posts(me, today) if one.pk == number), None)
    said = request.GET.get("absence", "")
    absence = queries.find_absence(officer, int(said)) if officer and said.isdecimal() and len(said) < 18 else None
    if officer is None or (said and absence is None):
        raise Http404
    if absence is not None:
        back = BackForm(data_of(request), initial={"last": absence.to_date or max(today, absence.from_date)})
        return _answer(
            request, back, lambda note, given: end_absence(note, by=me, absence=absence, last=given["last"]),
            "When are you back?",
        )  # fmt: skip
    actors = [actor for actor in who_may(officer.icb, today) if actor.pk != me.id]
    form = OwnAwayForm(
        data_of(request),
        deputies=[one.actor.name for one in queries.list_deputies(officer, today)],
        actors=[(str(actor.pk), f"{actor.name}{f', {actor.post}' if actor.post else ''}") for actor in actors],
        initial={"first": today},
    )

    def act(note: Notes, given: Any) -> None:
        known = next((actor for actor in actors if str(actor.pk) == given["who"]), None)
        words = {name: given[name] for name in ("name", "post", "reach", "phone")} if given["who"] == OTHER else {}
        stand_in = StandIn(known, **words) if known or words else None
        say_own_away(note, by=me, officer=officer, first=given["first"], last=given["last"], stand_in=stand_in)

    return _answer(request, form, act, f"You are away: {officer.get_agency_display()}, level {officer.level}")


def _answer(request: Request, form: OnceForm, act: Any, title: str) -> HttpResponse:
    return answer_form(
        request, form, act, go_to="/escalations", saved=text.AWAY_SAVED, template="escalation/officer_form.html",
        context={"title": title, "back_to": "Back to what is put to you"},
    )  # fmt: skip
