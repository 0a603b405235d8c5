"""Every address of the product. Each room lists its own; `tests/guards` proves that each declares its protection."""

from django.urls import URLPattern, URLResolver, path

from alongside.config.health import health
from alongside.exchange.urls import urlpatterns as exchange
from alongside.features.actions.urls import urlpatterns as actions
from alongside.features.concerns.urls import urlpatterns as concerns
from alongside.features.emergency.urls import urlpatterns as emergency
from alongside.features.escalation.urls import urlpatterns as escalation
from alongside.features.hospital.urls import urlpatterns as hospital
from alongside.features.keyworking.contacts.urls import urlpatterns as contacts
from alongside.features.keyworking.stepping_down.urls import urlpatterns as stepping_down
from alongside.features.keyworking.urls import urlpatterns as keyworking
from alongside.features.moving.urls import urlpatterns as moving
from alongside.features.people.documents.urls import urlpatterns as documents
from alongside.features.people.identity.urls import urlpatterns as identity
from alongside.features.people.urls import urlpatterns as people
from alongside.features.plans.urls import urlpatterns as plans
from alongside.features.referrals.doors.urls import urlpatterns as doors
from alongside.features.referrals.notices.urls import urlpatterns as notices
from alongside.features.referrals.schools.urls import urlpatterns as schools
from alongside.features.referrals.urls import urlpatterns as referrals
from alongside.features.referrals.urls_public import urlpatterns as asking
from alongside.features.register.urls import urlpatterns as register
from alongside.features.reviews.holding.urls import urlpatterns as held_reviews
from alongside.features.reviews.organising.urls import urlpatterns as organising
from alongside.foundation.accounts.urls import urlpatterns as accounts
from alongside.foundation.messages.urls import urlpatterns as inbox
from alongside.overview.after_discharge.urls import urlpatterns as after_discharge
from alongside.overview.audit.urls import urlpatterns as audit
from alongside.overview.calendar.urls import urlpatterns as calendar
from alongside.overview.closed_records.urls import urlpatterns as closed_records
from alongside.overview.duty_urls import duty_urls
from alongside.overview.guarded.urls import urlpatterns as guarded
from alongside.overview.in_hospital.urls import urlpatterns as in_hospital
from alongside.overview.meeting.urls import urlpatterns as meetings
from alongside.overview.register_urls import register_urls
from alongside.overview.retention.urls import urlpatterns as retention
from alongside.overview.review_diary.urls import urlpatterns as review_diary
from alongside.overview.sharing.urls import urlpatterns as sharing
from alongside.overview.subject_access.urls import urlpatterns as subject_access
from alongside.portal.urls import urlpatterns as portal

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    *accounts,
    *inbox,
    *register_urls,
    *duty_urls,
    *people,
    *documents,
    *moving,
    *identity,
    *register,
    *referrals,
    *doors,
    *notices,
    *schools,
    *hospital,
    *held_reviews,
    *organising,
    *in_hospital,
    *after_discharge,
    *actions,
    *escalation,
    *concerns,
    *keyworking,
    *contacts,
    *stepping_down,
    *calendar,
    *plans,
    *emergency,
    *asking,
    *exchange,
    *audit,
    *closed_records,
    *guarded,
    *meetings,
    *retention,
    *review_diary,
    *sharing,
    *subject_access,
    *portal,
]

handler400 = "alongside.config.errors.bad_request"
handler403 = "alongside.config.errors.not_allowed"
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.failed"
