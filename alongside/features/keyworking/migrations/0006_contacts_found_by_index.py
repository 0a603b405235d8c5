"""The newest contact of each kind is found without reading those before it, however many there are."""

from django.db import migrations, models
from django.db.models import Q

_OURS = Q(reached=True, with_whom__overlap=["young_person", "family"])
_SEEN = Q(reached=True, with_whom__contains=["young_person"], way__in=["visit", "meeting", "video"])


class Migration(migrations.Migration):
    dependencies = [("keyworking", "0005_learning_and_looking_ahead")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=_OURS, fields=["person", "happened_at"], name="contact_with_family"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=_SEEN, fields=["person", "happened_at"], name="contact_seen"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(condition=Q(reached=False), fields=["person", "happened_at"], name="contact_tried"),
        ),
    ]
