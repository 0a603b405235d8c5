"""Addresses of contacts, promises, appointments and who to ring."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.keyworking.contacts import follow_views, making_actions, supervision_views, views

_OF = "people/<reference:reference>"
urlpatterns = [
    path("contact", views.find, name="find_contact"),
    path("appointments/add", views.find, {"what": "meeting"}, name="find_appointment"),
    path(f"{_OF}/contact", views.log, name="contact"),
    path(f"{_OF}/contact/kept", views.keep, name="contact_keep"),
    path(f"{_OF}/contacts", views.contacts, name="contacts"),
    path(f"{_OF}/contacts/<int:contact>/correct", views.correct, name="correct_contact"),
    path("promises", follow_views.chase_log, name="chase_log"),
    path(f"{_OF}/promises/add", follow_views.add_promise, name="add_promise"),
    path(f"{_OF}/promises/<int:promise>", follow_views.promise, name="promise"),
    path(f"{_OF}/promises/<int:promise>/action", making_actions.make_action, name="promise_action"),
    path(f"{_OF}/appointments/add", follow_views.add_appointment, name="add_appointment"),
    path(f"{_OF}/appointments/<int:appointment>", follow_views.change_appointment, name="change_appointment"),
    path(f"{_OF}/appointments/<int:appointment>/call-off", follow_views.call_off_appointment, name="call_off"),
    path(f"{_OF}/out-of-hours", follow_views.out_of_hours, name="out_of_hours"),
    path("supervision", supervision_views.supervision, name="supervision"),
    path("supervision/<int:actor>/hold", supervision_views.hold, name="hold_supervision"),
    path("supervision/after/<int:number>", supervision_views.after, name="supervision_after"),
]
