"""Addresses of moves between areas, and on to the adult register."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.moving import offering_views, pack_views, views
from alongside.features.moving.text import STEP_PAGES

_MOVE = "people/<reference:reference>/move"

urlpatterns = [
    path("moves", views.moves, name="moves"),
    path("people/offered", offering_views.offered, name="offered_people"),
    path("people/offered/<int:pk>", offering_views.answer, name="answer_offer"),
    path("people/offered/<int:pk>/pack.pdf", pack_views.offered_pack, {"form": "pdf"}, name="offered_pack_pdf"),
    path("people/offered/<int:pk>/pack.json", pack_views.offered_pack, {"form": "json"}, name="offered_pack_json"),
    path("people/<reference:reference>/offer", offering_views.offer, name="offer_person"),
    path("people/<reference:reference>/offer/take-back", offering_views.take_offer_back, name="take_offer_back"),
    path(_MOVE, views.move, name="move"),
    path(f"{_MOVE}/new", views.begin, name="move_begin"),
    path(f"{_MOVE}/change", views.change, name="move_change"),
    path(f"{_MOVE}/stay", views.stay, name="move_stay"),
    path(f"{_MOVE}/tell", views.tell, name="move_tell"),
    path(f"{_MOVE}/pack", pack_views.pack, name="move_pack"),
    path(f"{_MOVE}/pack/make", pack_views.make, name="move_pack_make"),
    path(f"{_MOVE}/pack.pdf", pack_views.pack, {"form": "pdf"}, name="move_pack_pdf"),
    path(f"{_MOVE}/pack.json", pack_views.pack, {"form": "json"}, name="move_pack_json"),
    path(f"{_MOVE}/elsewhere", offering_views.elsewhere, name="move_elsewhere"),
    path(f"{_MOVE}/adult", offering_views.adult, name="move_adult"),
    *(
        path(f"{_MOVE}/steps/{slug}", views.step, {"slug": slug}, name=f"move_step_{slug.replace('-', '_')}")
        for slug in STEP_PAGES
    ),
]
