"""A browser of the cast, on a Friday that stands still."""

from alongside.features.referrals.doors.tests.browsing import as_, nobody_was_counted, stands_still

__all__ = ["as_", "nobody_was_counted", "stands_still"]
