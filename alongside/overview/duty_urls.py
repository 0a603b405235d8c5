"""Addresses of what is due: my day, answering, the backlog, the radar and the rules."""

from django.urls import path

from alongside.overview import duties_backlog_views, duties_views, my_day_views, radar, rules_pages

duty_urls = [
    path("", my_day_views.start, name="my_day"),
    path("duties", my_day_views.duties, name="duties"),
    path("duties/backlog", duties_backlog_views.backlog, name="backlog"),
    path("duties/<int:duty_id>/do", duties_views.do, name="duty_do"),
    path("duties/<int:duty_id>/not-needed", duties_views.not_needed, name="duty_not_needed"),
    path("radar", radar.radar, name="radar"),
    path("rules", rules_pages.rules, name="rules"),
    path("rules/<slug:key>/own", rules_pages.set_rule, name="rule_set"),
    path("rules/<slug:pack>/begins", rules_pages.commence, name="rule_commence"),
]
