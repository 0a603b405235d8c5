"""Addresses of importing."""

from django.urls import path

from alongside.exchange import deciding, views
from alongside.exchange.inpatients.urls import urlpatterns as inpatients

urlpatterns = [
    path("import", views.imports, name="imports"),
    path("import/decide", views.to_decide, name="import_decide"),
    path("import/rows/<int:row_id>", deciding.decide_row, name="import_row"),
    path("import/<int:run_id>", views.run_page, name="import_run"),
    path("import/<int:run_id>/columns", views.columns, name="import_columns"),
    path("import/<int:run_id>/confirm", views.confirm, name="import_confirm"),
    path("import/<int:run_id>/refused", deciding.settle_all_refused, name="import_refused"),
    path("import/<int:run_id>/discard", views.discard, name="import_discard"),
    *inpatients,
]
