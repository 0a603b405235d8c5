"""Deputies and attorneys may have agreed for somebody of 16 or over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_schools"), ("people", "0013_looked_at_again")]

    operations = [
        migrations.AlterField(
            "referral",
            "agreement_basis",
            models.CharField(
                blank=True,
                choices=[
                    ("competent_child", "A child competent to decide"),
                    ("parental", "Somebody with parental responsibility"),
                    ("sixteen", "A person aged 16 or over"),
                    ("best_interests", "A best-interests decision"),
                    ("deputy", "A deputy of the Court of Protection"),
                    ("attorney", "An attorney for health and welfare"),
                    ("not_stated", "Not stated"),
                ],
                default="not_stated",
                max_length=15,
            ),
        ),
    ]
