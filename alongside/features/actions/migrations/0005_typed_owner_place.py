"""An owner's organisation that is not known here stays the words of the action, and becomes no organisation for all."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KNOWN = Q(owner_organisation__isnull=False, owner_place="")
TYPED = Q(owner_organisation=None) & ~Q(owner_place="")


class Migration(migrations.Migration):
    dependencies = [("actions", "0004_somebody_better"), ("organisations", "0001_initial")]

    operations = [
        migrations.AddField("action", "owner_place", models.CharField(blank=True, db_default="", max_length=200)),
        migrations.AlterField(
            "action",
            "owner_organisation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddConstraint(
            "action", models.CheckConstraint(condition=KNOWN | TYPED, name="action_owner_is_somewhere")
        ),
    ]
