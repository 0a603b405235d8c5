"""The same people as where contacts are tested."""

from alongside.features.keyworking.contacts.tests.conftest import ben, kai, stands_still

__all__ = ["ben", "kai", "stands_still"]
