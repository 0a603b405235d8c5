"""Addresses of the family door, of the family's own pages, and of the staff pages that lead to them."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.portal import answering, door_views, inviting, views

urlpatterns = [
    path("family", door_views.again, name="family"),
    path("family/code", door_views.code, name="family_code"),
    path("family/in/<str:secret>", door_views.invited, name="family_in"),
    path("family/leave", door_views.leave, name="family_leave"),
    path("mine", views.start, name="mine"),
    path("mine/<reference:reference>", views.home, name="mine_home"),
    path("mine/<reference:reference>/promised", views.promised, name="mine_promised"),
    path("mine/<reference:reference>/letters", views.letters, name="mine_letters"),
    path("mine/<reference:reference>/letters/<slug:message>", views.letter, name="mine_letter"),
    path("mine/<reference:reference>/words", views.words, name="mine_words"),
    path("mine/<reference:reference>/picture", views.picture, name="mine_picture"),
    path("mine/<reference:reference>/picture/<int:fact_id>", views.picture_file, name="mine_picture_file"),
    path("mine/<reference:reference>/change", views.change, name="mine_change"),
    path("mine/<reference:reference>/who", views.who, name="mine_who"),
    path("mine/<reference:reference>/agreed", views.agreed, name="mine_agreed"),
    path("people/<reference:reference>/family", inviting.family, name="family_of"),
    path("people/<reference:reference>/family/invite/<int:relation_id>", inviting.invite_one, name="family_invite"),
    path("people/<reference:reference>/family/close/<int:relation_id>", inviting.close, name="family_close"),
    path("people/<reference:reference>/told/<int:fact_id>", answering.answer, name="told_answer"),
]
