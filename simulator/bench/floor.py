"""The floor: the least that a page for somebody signed in can cost here.

The same server, middleware, signed-in user and page shell; one indexed query of 25 rows as a plain table.
"""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from alongside.config import urls as product
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.overview.models import RegisterRow

ROWS = 25
COLUMNS = ("family_name", "given_name", "colour", "keyworker_name", "next_what", "next_due")
TABLE = """\
{% extends "layout.html" %}
{% block title %}Floor{% endblock %}
{% block main %}
<h1 class="nhsuk-heading-l">Floor</h1>
<table class="nhsuk-table">
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</table>
{% endblock %}
"""


@for_roles()
def floor(request: Request) -> HttpResponse:
    """25 rows of the signed-in actor's area, or of their caseload, each by the index that is made for it."""
    me = request.me
    if me.agreed and me.home_area:
        rows = RegisterRow.objects.filter(icb_id=me.home_area.area, listing="child").order_by("late_from", "entry_id")
    else:
        rows = RegisterRow.objects.filter(keyworker_id=me.id).order_by("next_due")
    return HttpResponse(_table().render({"rows": rows.values_list(*COLUMNS)[:ROWS]}, request))


@cache
def _table() -> Any:
    """Made once, as templates in files are."""
    return engines["jinja2"].from_string(TABLE)


urlpatterns = [path("bench/floor", floor), *product.urlpatterns]
handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500
