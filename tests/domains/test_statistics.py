"""The database looks at its own tables now and then, by which it chooses its ways through them."""

import pytest
from django.db import connection

from leadstone.domains.grants.models import Grant
from leadstone.infra.statistics import keep_statistics
from tests.cast import Guide, ask

pytestmark = pytest.mark.django_db


def test_after_a_look_sqlite_knows_how_many_promises_there_are(guide: Guide) -> None:
    for number in range(12):
        ask(guide, f"visitor{number}@example.com")

    keep_statistics()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'grant_figures'")
            (told,) = cursor.fetchone()
        assert told.split()[0] == str(Grant.objects.count())
