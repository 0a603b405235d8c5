"""Addresses of a person's documents."""

from django.urls import path

import alongside.features.people.addresses  # noqa: F401 - how a person is named in an address
from alongside.features.people.documents import views

_OF = "people/<reference:reference>/documents"
urlpatterns = [
    path(_OF, views.documents, name="documents"),
    path(f"{_OF}/add", views.add, name="add_document"),
    path(f"{_OF}/add-own", views.add_their_own, name="add_own"),
    path(f"{_OF}/<int:pk>", views.document, name="document"),
    path(f"{_OF}/<int:pk>/file", views.file, name="document_file"),
    path(f"{_OF}/<int:pk>/page/<int:number>", views.page, name="document_page"),
]
