"""Who is named to keep what stays of a closed record; and the roles of the family door."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_family_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="roleheld",
            name="custodian",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="roleheld",
            name="role",
            field=models.CharField(
                choices=[
                    ("keyworker", "Keyworker"),
                    ("manager", "Keyworking manager"),
                    ("coordinator", "Register coordinator"),
                    ("partner_health", "Partner: health"),
                    ("partner_education", "Partner: education"),
                    ("partner_social_care", "Partner: social care"),
                    ("commissioner", "Commissioner"),
                    ("senior_officer", "Senior responsible officer"),
                    ("regional", "Regional viewer"),
                    ("governance", "Information governance"),
                    ("admin", "Administrator"),
                    ("young_person", "Young person"),
                    ("family", "Parent or carer"),
                ],
                max_length=24,
            ),
        ),
    ]
