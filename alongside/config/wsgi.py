"""The web server's way in. Refuses to start as a role that row-level security does not bind."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from alongside.foundation.launcher.roles import refuse_unsafe_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
refuse_unsafe_role(connection)
connection.close()
