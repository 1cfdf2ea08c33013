from django.db import migrations

# What every installation begins with; a company adds, rewords and retires as it likes.
POINTS = (
    # key, English, Polish, question in English, question in Polish, takes, required
    (
        "intent",
        "Intent",
        "Zamiar",
        "Do they mean to do something about it?",
        "Czy zamierzają coś z tym zrobić?",
        ["answer", "call", "meeting", "note"],
        True,
    ),
    (
        "interest",
        "Interest",
        "Zainteresowanie",
        "Are they interested in what we sell?",
        "Czy interesuje ich to, co sprzedajemy?",
        ["answer", "call", "meeting", "note", "delivered"],
        True,
    ),
    (
        "need",
        "Need",
        "Potrzeba",
        "Which problem do they want solved?",
        "Jaki problem chcą rozwiązać?",
        ["answer", "call", "meeting", "note"],
        False,
    ),
    (
        "budget",
        "Budget",
        "Budżet",
        "Is there money for it?",
        "Czy są na to pieniądze?",
        ["answer", "call", "meeting", "note"],
        False,
    ),
    (
        "authority",
        "Who decides",
        "Kto decyduje",
        "Do we know who decides?",
        "Czy wiemy, kto decyduje?",
        ["answer", "call", "meeting", "note"],
        False,
    ),
    (
        "time",
        "Time",
        "Termin",
        "When do they want it?",
        "Na kiedy tego chcą?",
        ["answer", "call", "meeting", "note"],
        False,
    ),
)


def begin(apps, schema_editor):
    Point = apps.get_model("qualification", "Point")
    for position, (key, english, polish, asks, pyta, takes, required) in enumerate(POINTS, 1):
        Point.objects.create(
            key=key,
            names={"en": english, "pl": polish},
            questions={"en": asks, "pl": pyta},
            takes=takes,
            required=required,
            position=position,
        )


class Migration(migrations.Migration):
    dependencies = [("qualification", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
