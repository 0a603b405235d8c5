"""The page of one person in a meeting: as it is opened, and what is sent from it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.features.actions import text as action_text
from alongside.features.actions.owners import list_owners
from alongside.features.actions.queries import list_of_origin
from alongside.features.people.changing import ALREADY, perform
from alongside.features.register import text as register_text
from alongside.features.register.meetings import text
from alongside.features.register.meetings.drafts import forget_draft, keep_draft, without_action
from alongside.features.register.meetings.forms import BecauseForm
from alongside.features.register.meetings.lifecycle import is_possible
from alongside.features.register.models import Meeting
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.meeting.deciding import quorum_of, save_action, save_decision, today_of, topics_of
from alongside.overview.meeting.forms import DecisionForm, MeetingActionForm
from alongside.overview.meeting.pace import pace_of
from alongside.overview.meeting.reading import Spot, read_spot
from alongside.overview.rating_page.reading import Situation, get_situation
from alongside.policy.counting import default_calendar
from alongside.policy.decision import Decision
from alongside.policy.duties import latest_look
from alongside.policy.ratings import COLOURS, TOOLS, Tool, find_tool, suggest

RATING_TOOLS = tuple(tool for tool in TOOLS if tool.gives == "colour")


def _tool(request: Request) -> Tool | None:
    given = request.POST if request.method == "POST" else request.GET
    tool = find_tool(given.get("tool", "")) if given.get("tool") else None
    return tool if tool in RATING_TOOLS else None


def begin(request: Request, spot: Spot) -> tuple[Any, Any]:
    """What was typed before and not saved; nothing where nothing was."""
    mine = next((one for one in spot.drafts if one["actor"] == request.me.id), None)
    if mine is None or "tool" in request.GET:
        return None, None
    typed = QueryDict(mutable=True)
    for name, values in mine["answers"].items():
        typed.setlist(name, values)
    typed["submission"] = new_token()
    return typed, mine


class Showing:
    """The page of one person. Reads what it needs beyond the spot once."""

    def __init__(self, request: Request, meeting: Meeting, spot: Spot) -> None:
        self.request, self.meeting, self.spot = request, meeting, spot
        self.today, self.tool = today_of(request), _tool(request)
        self.situation: Situation = get_situation(request.me, spot.entry_id, request.at)
        self.owners = list_owners(request.me, self.situation.entry.person, self.today)

    def decision_form(self, data: Any = None) -> DecisionForm:
        here = [one for one in self.spot.attendees if one.there and one.hears]
        return DecisionForm(
            data, attendees=here, chosen_tool=self.tool, today=self.today, initial=None if data else self._initial()
        )

    def _initial(self) -> dict[str, Any]:
        standing, situation = self.spot.decision, self.situation
        ticked = standing["present"] if standing else [one.id for one in self.spot.here]
        return {
            "version": situation.entry.version,
            "proposal": situation.proposal["id"] if situation.proposal else None,
            "tool": self.tool.key if self.tool else "",
            "seen": standing["id"] if standing else 0,
            "present": [str(one) for one in ticked],
            "decided": standing["decided"] if standing else "",
            "dissent": standing["dissent"] if standing else "",
            "reasons": situation.last["reasons"] if situation.last else [],
        }

    def action_form(self, data: Any = None) -> MeetingActionForm:
        return MeetingActionForm(
            data,
            owners=[(one.value, one.label) for one in self.owners],
            topics=topics_of(self.request.me, self.meeting.icb_id),
            today=self.today,
        )

    def page(self, typed: Any = None, draft: Any = None) -> HttpResponse:
        """As it is opened, or with what was typed before; an unfinished page has no mistakes yet."""
        form, action = self.decision_form(typed), self.action_form(typed)
        if typed is not None:
            form.errors.clear()
            action.errors.clear()
        return self.draw(form, action, draft=draft)

    def draw(self, form: Any, action: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        spot, meeting, situation = self.spot, self.meeting, self.situation
        ticked = [one.id for one in spot.here]
        context: dict[str, Any] = {
            "meeting": meeting,
            "spot": spot,
            "situation": situation,
            "form": form,
            "action": action,
            "open": is_possible(meeting, "decide"),
            "may_leave": is_possible(meeting, "leave") and spot.state == "waiting",
            "leave_form": BecauseForm(),
            "quorum": quorum_of(spot, ticked, situation.ruleset, self.today),
            "agreed": list_of_person_here(self.request, meeting, spot),
            "others": [one for one in spot.drafts if one["actor"] != self.request.me.id],
            "tool": self.tool,
            "tools": RATING_TOOLS,
            "pace": pace_of(meeting, spot, self.request.at),
            "topic_label": lambda number: Topic(number).label,
            "definitions": register_text.DEFINITIONS,
            "text": text,
            "action_text": action_text,
            "today": self.today,
            "draft": None,
            "suggestion": None,
            "changed": False,
        }
        return render(self.request, "meeting/person.html", context | more, status=status)


def list_of_person_here(request: Request, meeting: Meeting, spot: Spot) -> list[Any]:
    """The actions agreed in this meeting for this person."""
    return [one for one in list_of_origin(request.me, "meeting", [meeting.pk]) if one.person_id == spot.person_id]


class Saving(Showing):
    """What was sent: an action, a question to the tool, or the decision."""

    def answer(self) -> HttpResponse:
        step = self.request.POST.get("step", "")
        if step == "action":
            return self._agree()
        if step == "suggest" and self.tool:
            return self._suggest()
        return self._decide()

    def _here(self) -> str:
        return f"/meetings/{self.meeting.pk}/people/{self.spot.id}"

    def _agree(self) -> HttpResponse:
        form, action = self.decision_form(self.request.POST), self.action_form(self.request.POST)
        ready, _ = action.is_valid(), form.is_valid()
        form.errors.clear()
        form.cleaned_data = {"submission": self.request.POST.get("submission", "")}
        if ready:
            outcome = perform(self.request, form, lambda note, _: self._save_action(note, action))
            if outcome in ("done", "already"):
                messages.success(self.request, text.SAVED["action"] if outcome == "done" else ALREADY)
                return redirect(f"{self._here()}#actions")
        self._keep()
        return self.draw(form, action, status=422)

    def _save_action(self, note: Notes, action: MeetingActionForm) -> None:
        who = self.situation.entry.person
        save_action(note, self.request.me, self.meeting, who, action.cleaned_data, self.owners)
        forget_draft(item_id=self.spot.id, actor_id=self.request.me.id)
        rest = without_action(dict(self.request.POST.lists()))
        self._keep(rest)

    def _keep(self, typed: Any = None) -> None:
        lists = [(name, [str(value) for value in values]) for name, values in self.request.POST.lists()]
        keep_draft(
            typed or lists, item_id=self.spot.id, person_id=self.spot.person_id, actor_id=self.request.me.id,
            at=self.request.at,
        )  # fmt: skip

    def _suggest(self) -> HttpResponse:
        form, action = self.decision_form(self.request.POST), self.action_form(self.request.POST)
        form.is_valid()
        assert self.tool is not None
        suggestion = suggest(self.tool, form.answers())
        form.errors.clear()
        action.errors.clear()
        return self.draw(form, action, suggestion=suggestion)

    def _decide(self) -> HttpResponse:
        form, action = self.decision_form(self.request.POST), self.action_form(self.request.POST)
        ready = form.is_valid()
        suggestion = suggest(self.tool, form.answers()) if self.tool and ready and form.rates else None
        if ready and suggestion and self._differs(form, suggestion):
            form.add_error("override_because", f"The tool suggests {suggestion.value}. Say why you decide otherwise")
        if action.is_typed:
            action.is_valid()
        else:
            action.errors.clear()
        if form.is_valid() and not action.errors:
            outcome = perform(self.request, form, lambda note, given: self._save(note, given, action, suggestion))
            if outcome in ("done", "already"):
                # No name: the next person's page may stand on a wall.
                messages.success(self.request, text.SAVED["decided"] if outcome == "done" else ALREADY)
                return self._go_on()
            return self._told(outcome, form, suggestion)
        self._keep()
        return self.draw(form, action, suggestion=suggestion, status=422)

    @staticmethod
    def _differs(form: DecisionForm, suggestion: Decision) -> bool:
        given = form.cleaned_data
        colour, why = given.get("colour"), given.get("override_because")
        return suggestion.value in COLOURS and suggestion.value != colour and not why

    def _save(self, note: Notes, given: Any, action: MeetingActionForm, suggestion: Decision | None) -> None:
        if action.is_typed:
            save_action(
                note, self.request.me, self.meeting, self.situation.entry.person, action.cleaned_data, self.owners
            )
        save_decision(self.request, note, self.meeting, self.spot, given, self.tool, suggestion)

    def _go_on(self) -> HttpResponse:
        """To whoever waits next; to the agenda when nobody does."""
        following = self.spot.next_waiting
        return redirect(
            f"/meetings/{self.meeting.pk}/people/{following}" if following else f"/meetings/{self.meeting.pk}"
        )

    def _told(self, code: str, said: DecisionForm, suggestion: Decision | None) -> HttpResponse:
        """Somebody was quicker, or a day is missing: what stands now is shown, and what was typed can be sent again."""
        again = Showing(self.request, self.meeting, read_spot(self.request.me, self.meeting, self.spot.id, self.today))
        typed: Any = self.request.POST.copy()
        if code in ("changed_since", "just_rated"):
            typed["seen"] = str(again.spot.decision["id"] if again.spot.decision else 0)
            typed["version"] = str(again.situation.entry.version)
            typed["proposal"] = str(again.situation.proposal["id"]) if again.situation.proposal else ""
        if code == "just_rated" and again.situation.last:
            typed["again"] = again.situation.last["recorded"]
        if code == "look_missing":
            day = latest_look("red", self.today, again.situation.ruleset, default_calendar()).value
            for part in ("day", "month", "year"):
                typed[f"review_on-{part}"] = str(getattr(day, part))
        form, action = again.decision_form(typed), again.action_form(typed)
        form.is_valid()
        for sentence in said.non_field_errors():
            form.add_error(None, sentence)
        if not action.is_typed:
            action.errors.clear()
        self._keep()
        changed = code == "changed_since"
        status = 409 if code in ("changed_since", "just_rated") else 422
        return again.draw(form, action, suggestion=suggestion, changed=changed, status=status)
