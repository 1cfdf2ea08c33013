from django.db import migrations, models

KINDS = ("answer", "sign", "proven_phone", "proven_mailbox", "call", "meeting", "note", "delivered")


class Migration(migrations.Migration):
    dependencies = [("qualification", "0002_pre_first_points")]

    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=16),
        ),
    ]
