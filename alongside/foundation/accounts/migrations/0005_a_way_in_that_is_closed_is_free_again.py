from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_custodians"),
    ]

    operations = [
        migrations.AlterField(
            model_name="familyaccount",
            name="email",
            field=models.EmailField(max_length=254, null=True),
        ),
        migrations.AlterField(
            model_name="familyaccount",
            name="phone",
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddConstraint(
            model_name="familyaccount",
            constraint=models.UniqueConstraint(
                models.F("phone"), condition=models.Q(("closed_at", None)), name="one_way_in_by_phone"
            ),
        ),
        migrations.AddConstraint(
            model_name="familyaccount",
            constraint=models.UniqueConstraint(
                models.F("email"), condition=models.Q(("closed_at", None)), name="one_way_in_by_email"
            ),
        ),
    ]
