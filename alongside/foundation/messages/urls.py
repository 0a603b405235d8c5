"""Addresses of the inbox, the outbox and the letters to print; and of how an area is reached."""

from django.urls import path

from alongside.foundation.messages import contact_views, outbox_views, paper_views, views

urlpatterns = [
    path("messages", views.inbox, name="inbox"),
    path("messages/number/<int:pk>", views.by_number, name="message_by_number"),
    path("messages/<slug:reference>", views.message, name="message"),
    path("messages/<slug:reference>/settle", views.settle, name="settle_message"),
    path("messages/<slug:reference>/letter", views.letter, name="message_letter"),
    path("outbox", outbox_views.outbox, name="outbox"),
    path("outbox/number/<int:pk>", outbox_views.by_number, name="delivery_by_number"),
    path("outbox/<uuid:reference>", outbox_views.delivery, name="delivery"),
    path("letters", paper_views.letters, name="letters"),
    path("letters/file", paper_views.file, name="letters_file"),
    path("letters/<slug:doing>", paper_views.done, name="letters_done"),
    path("rules/contact", contact_views.contact, name="area_contact"),
]
