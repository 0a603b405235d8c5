"""An involvement names a person who exists. The access room knows nothing of people, so the bond is made here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "alter table access_involvement add constraint involvement_with_person_fk foreign key (person_id) "
            "references people_person (id) deferrable initially deferred",
            "alter table access_involvement drop constraint involvement_with_person_fk",
        )
    ]
