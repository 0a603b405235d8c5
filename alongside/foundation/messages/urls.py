"""Addresses of the inbox and the outbox."""

from django.urls import path

from alongside.foundation.messages import outbox_views, views

urlpatterns = [
    path("messages", views.inbox, name="inbox"),
    path("messages/number/<int:pk>", views.by_number, name="message_by_number"),
    path("messages/<slug:reference>", views.message, name="message"),
    path("messages/<slug:reference>/settle", views.settle, name="settle_message"),
    path("messages/<slug:reference>/letter", views.letter, name="message_letter"),
    path("outbox", outbox_views.outbox, name="outbox"),
    path("outbox/number/<int:pk>", outbox_views.by_number, name="delivery_by_number"),
    path("outbox/<uuid:reference>", outbox_views.delivery, name="delivery"),
    path("outbox/<uuid:reference>/letter", outbox_views.outbox_letter, name="outbox_letter"),
]
