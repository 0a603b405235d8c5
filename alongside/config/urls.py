"""Every address of the product. Each room lists its own; `tests/guards` proves that each declares its protection."""

from django.urls import URLPattern, URLResolver, path

from alongside.config.health import health
from alongside.exchange.urls import urlpatterns as exchange
from alongside.features.hospital.urls import urlpatterns as hospital
from alongside.features.keyworking.urls import urlpatterns as keyworking
from alongside.features.people.urls import urlpatterns as people
from alongside.features.register.urls import urlpatterns as register
from alongside.foundation.accounts.urls import urlpatterns as accounts
from alongside.overview.audit.urls import urlpatterns as audit
from alongside.overview.duty_urls import duty_urls
from alongside.overview.register_urls import register_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    *accounts,
    *register_urls,
    *duty_urls,
    *people,
    *register,
    *hospital,
    *keyworking,
    *exchange,
    *audit,
]

handler400 = "alongside.config.errors.bad_request"
handler403 = "alongside.config.errors.not_allowed"
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.failed"
