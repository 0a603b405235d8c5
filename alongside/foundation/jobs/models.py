"""The sign that the job worker is alive."""

from django.db import models

from alongside.foundation.access.protection import Engine


class JobBeat(models.Model):
    """When a regular job last ran. One row for each; no people in it."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    protection = Engine()
