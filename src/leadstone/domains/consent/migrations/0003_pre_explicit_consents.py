from django.db import migrations, models

PURPOSES = [(purpose, purpose) for purpose in ("newsletter", "offers", "special")]


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_pre_append_only")]

    operations = [
        migrations.AlterField(model_name=model, name="purpose", field=models.CharField(choices=PURPOSES, max_length=20))
        for model in ("consentrecord", "permission", "wording")
    ]
