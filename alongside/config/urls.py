"""Every address of the product. Each room lists its own; `tests/guards` proves that each declares its protection."""

urlpatterns: list = []

handler400 = "alongside.config.errors.bad_request"
handler403 = "alongside.config.errors.not_allowed"
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.failed"
