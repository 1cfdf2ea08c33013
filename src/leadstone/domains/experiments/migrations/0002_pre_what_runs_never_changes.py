"""The question and the rule stand before the start: from then on the database itself refuses to change either, or an arm."""

from django.db import migrations

FIXED = "id, magnet_id, aspect, goal, least_change, least_days, goals, salt, started_at, outside_id, name, question"
EXPERIMENT = "OLD.state IN ('running', 'ended')"
VARIANT = "(SELECT state FROM experiments_experiment WHERE id = OLD.experiment_id) IN ('running', 'ended')"

SQLITE = (
    f"""CREATE TRIGGER experiments_plan_fixed BEFORE UPDATE OF {FIXED} ON experiments_experiment WHEN {EXPERIMENT}
        BEGIN SELECT RAISE(ABORT, 'an experiment never changes once begun'); END""",
    f"""CREATE TRIGGER experiments_plan_kept BEFORE DELETE ON experiments_experiment WHEN {EXPERIMENT}
        BEGIN SELECT RAISE(ABORT, 'an experiment that began is never deleted'); END""",
    f"""CREATE TRIGGER experiments_arm_fixed BEFORE UPDATE ON experiments_variant WHEN {VARIANT}
        BEGIN SELECT RAISE(ABORT, 'an arm never changes once begun'); END""",
    f"""CREATE TRIGGER experiments_arm_kept BEFORE DELETE ON experiments_variant WHEN {VARIANT}
        BEGIN SELECT RAISE(ABORT, 'an arm of an experiment that began is never deleted'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION experiments_plan_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'an experiment never changes once begun' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION experiments_arm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {VARIANT} THEN
            RAISE EXCEPTION 'an arm never changes once begun' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW; END $$""",
    f"""CREATE TRIGGER experiments_plan_fixed BEFORE UPDATE OF {FIXED} ON experiments_experiment
        FOR EACH ROW WHEN ({EXPERIMENT}) EXECUTE FUNCTION experiments_plan_refuse()""",
    f"""CREATE TRIGGER experiments_plan_kept BEFORE DELETE ON experiments_experiment
        FOR EACH ROW WHEN ({EXPERIMENT}) EXECUTE FUNCTION experiments_plan_refuse()""",
    """CREATE TRIGGER experiments_arm_fixed BEFORE UPDATE ON experiments_variant
        FOR EACH ROW EXECUTE FUNCTION experiments_arm_refuse()""",
    """CREATE TRIGGER experiments_arm_kept BEFORE DELETE ON experiments_variant
        FOR EACH ROW EXECUTE FUNCTION experiments_arm_refuse()""",
)
PLAN, ARM = ("experiments_plan_fixed", "experiments_plan_kept"), ("experiments_arm_fixed", "experiments_arm_kept")
DROP = {
    "sqlite": tuple(f"DROP TRIGGER {name}" for name in PLAN + ARM),
    "postgresql": (
        *(f"DROP TRIGGER {name} ON experiments_experiment" for name in PLAN),
        *(f"DROP TRIGGER {name} ON experiments_variant" for name in ARM),
        "DROP FUNCTION experiments_plan_refuse()",
        "DROP FUNCTION experiments_arm_refuse()",
    ),
}


def forbid(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("experiments", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
