from django.db import migrations

# The first board of every installation; a company changes it as it likes.
STAGES = (
    # key, English, Polish, class, probability, requires, rots after days
    ("prospect", "Prospect", "Szansa", "open", 20, [], 21),
    ("need", "Need confirmed", "Potrzeba potwierdzona", "open", 40, ["decider", "value"], 21),
    ("offer", "Offer", "Oferta", "open", 60, ["value", "expected_close"], 14),
    ("won", "Won", "Wygrane", "won", 100, ["value"], None),
    ("lost", "Lost", "Przegrane", "lost", 0, ["lost_reason"], None),
)
REASONS = (
    ("good_advice", "Our advice", "Nasza porada", "won"),
    ("good_price", "The price", "Cena", "won"),
    ("known_us", "They knew us", "Znali nas", "won"),
    ("too_dear", "Too expensive", "Za drogo", "lost"),
    ("competitor", "Bought elsewhere", "Kupili gdzie indziej", "lost"),
    ("no_decision", "No decision", "Brak decyzji", "lost"),
    ("no_budget", "No budget", "Brak budżetu", "lost"),
    ("no_need", "The need is gone", "Potrzeba znikła", "lost"),
)


def begin(apps, schema_editor):
    Stage = apps.get_model("pipeline", "Stage")
    CloseReason = apps.get_model("pipeline", "CloseReason")
    for position, (key, english, polish, stage_class, probability, requires, rots) in enumerate(STAGES, 1):
        Stage.objects.create(
            key=key,
            names={"en": english, "pl": polish},
            stage_class=stage_class,
            position=position,
            probability=probability,
            requires=requires,
            rots_after_days=rots,
        )
    for position, (key, english, polish, stage_class) in enumerate(REASONS, 1):
        CloseReason.objects.create(key=key, names={"en": english, "pl": polish}, stage_class=stage_class, position=position)


def carry_over(apps, schema_editor):
    """A sale of the earlier release is a deal that stands in the won stage since it was recorded."""
    Deal = apps.get_model("pipeline", "Deal")
    StageChange = apps.get_model("pipeline", "StageChange")
    won = apps.get_model("pipeline", "Stage").objects.get(key="won")
    changes = []
    for deal in Deal.objects.filter(stage=None).select_related("lead").iterator():
        deal.stage = won
        deal.contact_id, deal.company_id, deal.owner_id = deal.lead.contact_id, deal.lead.company_id, deal.lead.owner_id
        deal.opened_at = deal.entered_stage_at = deal.touched_at = deal.won_at
        deal.save()
        changes.append(StageChange(deal=deal, before=None, after=won, at=deal.won_at, by_id=deal.recorded_by_id))
    StageChange.objects.bulk_create(changes, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0002_pre_board"), ("leads", "0003_pre_receipts_and_clock")]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
