"""Every address of the product. Each room lists its own; `tests/guards` proves that each declares its protection."""

from django.urls import URLPattern, URLResolver, path

from alongside.config.health import health
from alongside.exchange.urls import urlpatterns as exchange
from alongside.features.hospital.urls import urlpatterns as hospital
from alongside.features.keyworking.urls import urlpatterns as keyworking
from alongside.features.people.documents.urls import urlpatterns as documents
from alongside.features.people.identity.urls import urlpatterns as identity
from alongside.features.people.urls import urlpatterns as people
from alongside.features.referrals.urls import urlpatterns as referrals
from alongside.features.referrals.urls_public import urlpatterns as asking
from alongside.features.register.urls import urlpatterns as register
from alongside.foundation.accounts.urls import urlpatterns as accounts
from alongside.foundation.messages.urls import urlpatterns as inbox
from alongside.overview.audit.urls import urlpatterns as audit
from alongside.overview.closed_records.urls import urlpatterns as closed_records
from alongside.overview.duty_urls import duty_urls
from alongside.overview.guarded.urls import urlpatterns as guarded
from alongside.overview.register_urls import register_urls
from alongside.overview.retention.urls import urlpatterns as retention
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
    *identity,
    *register,
    *referrals,
    *hospital,
    *keyworking,
    *asking,
    *exchange,
    *audit,
    *closed_records,
    *guarded,
    *retention,
    *subject_access,
    *portal,
]

handler400 = "alongside.config.errors.bad_request"
handler403 = "alongside.config.errors.not_allowed"
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.failed"
