"""A message is about a person who exists. The models know nothing of people, so the bond is made here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_messages_and_deliveries"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "alter table inbox_message add constraint message_about_person_fk foreign key (person_id) "
            "references people_person (id) deferrable initially deferred",
            "alter table inbox_message drop constraint message_about_person_fk",
        )
    ]
