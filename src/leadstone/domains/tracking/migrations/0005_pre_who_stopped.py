from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracking", "0004_pre_links_followed_and_words_of_views")]

    operations = [
        migrations.CreateModel(
            name="StoppedRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run", models.CharField(max_length=16, unique=True)),
                ("version_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("answers", models.JSONField()),
            ],
            options={"indexes": [models.Index(fields=["version_id", "day"], name="stopped_of_a_version")]},
        ),
    ]
