"""How the web server starts: the program is loaded once, and its processes part afterwards.

Loading is most of a start. Each process connects to the database by itself, after they have parted.
"""

import sys
from importlib import import_module
from typing import Any

#: The web server's own status for 'the application could not be loaded': starting again would only repeat it.
NOT_LOADED = 4


def on_starting(server: Any) -> None:
    """Called by the web server before it makes its processes."""
    import django
    from django.conf import settings

    try:
        django.setup()
        import_module(settings.ROOT_URLCONF)
    except Exception:
        server.log.exception("The application could not be loaded.")
        sys.exit(NOT_LOADED)
