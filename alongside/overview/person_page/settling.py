"""What a person's page needs in the database, made anew after each migration."""

from pathlib import Path

from django.db import connection

#: Rows of this person and of whoever was merged into them, on a topic that may be read.
_READ = (
    "t.person_id = any(the_people) and (t.topic = any(the_topics) "
    "or (t.recorded_icb_id = any(the_agreed) and t.topic = any(the_area_topics)))"
)


def settle_page() -> None:
    """Makes the function that `page.sql` describes. As the owner of the tables."""
    text = (Path(__file__).parent / "page.sql").read_text().replace("/*read*/", _READ)
    with connection.cursor() as cursor:
        cursor.execute(text)
