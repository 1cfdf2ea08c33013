from django.db import migrations

INTENT, SIGN = "intent", "sign"


def take(apps, schema_editor):
    """Whoever chose an answer that stands for a wish to buy said that they mean to do something about it."""
    Point = apps.get_model("qualification", "Point")
    for point in Point.objects.filter(key=INTENT):
        if SIGN not in point.takes:
            point.takes = [*point.takes, SIGN]
            point.save(update_fields=["takes"])


class Migration(migrations.Migration):
    dependencies = [("qualification", "0003_pre_answers_that_want_to_buy")]

    operations = [migrations.RunPython(take, migrations.RunPython.noop)]
