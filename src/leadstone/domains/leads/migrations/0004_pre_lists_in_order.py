"""Each filter and each order of the list has an index that it is read off, however many leads there are.

Those of the filters begin with the filtered column, and so replace the index that it had for itself. Taken away by hand: on
SQLite, Django would copy the whole table for each.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "leads_lead"
REPLACED = ("magnet_id", "owner_id", "channel")


def drop(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, TABLE)
    for name, known in found.items():
        if known["index"] and not known["unique"] and known["columns"] in [[column] for column in REPLACED]:
            schema_editor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


def create(apps, schema_editor):
    for column in REPLACED:
        schema_editor.execute(f"CREATE INDEX {TABLE}_{column}_alone ON {TABLE} ({column})")


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0003_pre_receipts_and_clock"),
        ("magnets", "0003_pre_versions_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, create)],
            state_operations=[
                migrations.AlterField("lead", "channel", models.CharField(max_length=24)),
                migrations.AlterField(
                    "lead",
                    "magnet",
                    models.ForeignKey(
                        "magnets.magnet",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        db_index=False,
                    ),
                ),
                migrations.AlterField(
                    "lead",
                    "owner",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        db_index=False,
                    ),
                ),
            ],
        ),
        *(
            migrations.AddIndex("lead", models.Index(fields=[column, "-opened_at", "-id"], name=f"lead_{column}"))
            for column in ("magnet", "owner", "channel")
        ),
        *(
            migrations.AddIndex(
                "lead",
                models.Index(
                    fields=[f"-{factor}", "-opened_at", "-id"], condition=models.Q(ended_at=None), name=f"lead_{factor}"
                ),
            )
            for factor in ("accuracy", "incentive", "awareness")
        ),
    ]
