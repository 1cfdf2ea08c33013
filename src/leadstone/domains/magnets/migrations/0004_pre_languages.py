from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("magnets", "0003_pre_versions_never_change")]

    operations = [
        migrations.AddField(
            model_name="magnet",
            name="family",
            field=models.CharField(blank=True, db_index=True, default="", max_length=36),
        ),
    ]
