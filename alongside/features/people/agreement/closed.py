"""A page that was still open when a no closed the record: whoever wrote the no down reads that it was recorded."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.models import Consent, Guard
from alongside.foundation.access import context
from alongside.foundation.access.request import Request

#: For so long they are told so. After that the record can't be told from one that never was. Local default.
TOLD_FOR = timedelta(days=1)
NO = (Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN)


def was_closed_by(actor_id: int, reference: str, at: datetime) -> bool:
    """Whether this actor wrote down, in the last day, the no that keeps this record closed now."""
    with context.as_engine():
        rows = Consent.objects.filter(
            person__reference=reference,
            person__guard=Guard.CLOSED,
            recorded_by_id=actor_id,
            recorded_at__gt=at - TOLD_FOR,
            purpose=Consent.Purpose.REGISTER,
            answer__in=NO,
        )
        return rows.exists()


def or_closed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Says so in the place of 'not found', to whoever wrote the no down."""

    @wraps(view)
    def shown(request: Request, reference: str, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, reference, *args, **named)
        except Http404:
            if not was_closed_by(request.me.id, reference, request.at):
                raise
            return render(request, "people/agreement_closed.html", {"reference": reference}, status=410)

    return shown
