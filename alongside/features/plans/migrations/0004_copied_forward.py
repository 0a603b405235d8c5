"""A draft says of each part from which earlier version it was copied; what is sent says what nobody went through."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_BEFORE = import_module("alongside.features.plans.migrations.0001_the_plan")


def _swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


_NEW, _OLD = (", ".join(f"{row}.{name}" for name in ("parts", "review_on", "changed_words")) for row in ("new", "old"))
# What was said to be gone through stays as it was sent, like the parts themselves.
_WHOLE = _BEFORE.ONLY_APPROVED[_BEFORE.ONLY_APPROVED.index("create function public.plan_stays_as_sent") :]
STAYS_AS_SENT = _WHOLE[: _WHOLE.index("create trigger")]
STAYS_AS_SENT = _swapped(STAYS_AS_SENT, "create function", "create or replace function")
STAYS_AS_SENT = _swapped(STAYS_AS_SENT, f"({_NEW})", f"({_NEW}, new.as_copied)")
STAYS_AS_SENT = _swapped(STAYS_AS_SENT, f"({_OLD})", f"({_OLD}, old.as_copied)")


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_what_was_approved")]

    operations = [
        migrations.AddField(
            model_name="draftpart",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.planversion",
            ),
        ),
        migrations.AddField(
            model_name="planproposal",
            name="as_copied",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=13), blank=True, default=list, size=None
            ),
        ),
        migrations.RunSQL(STAYS_AS_SENT, migrations.RunSQL.noop),
    ]
