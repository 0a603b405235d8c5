"""When the answer to a notice goes out: after a whole number of seconds, whatever was found.

Writing down somebody new takes more statements than a notice that waits for a person, and another number than for
somebody known. Whoever has a link and measures how long the answer takes learns nothing from it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds. Far more than the work takes, so that nearly every answer goes out after one.
STEP = 1.0


@contextmanager
def after_whole_seconds() -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    finally:
        if STEP:
            time.sleep(-(time.monotonic() - began) % STEP)
