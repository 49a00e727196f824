"""Events and seals can be added, never changed or removed: the database refuses it."""

from django.db import migrations

TABLES = ("audit_event", "audit_seal")


def refuse(apps, editor):
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            for statement in _statements(editor.connection.vendor, table, deed):
                editor.execute(statement)


def _statements(vendor, table, deed):
    name = f"{table}_no_{deed.lower()}"
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        )
        return
    yield (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
    if deed == "DELETE":
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
        )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
