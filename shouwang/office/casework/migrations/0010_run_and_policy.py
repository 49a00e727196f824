"""A case knows the run and the policy that its reasons are of; those of before take them from their newest warning."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def known(apps, schema_editor) -> None:  # type: ignore[no-untyped-def]
    case, warning = apps.get_model("casework", "Case"), apps.get_model("warnings", "Warning")
    newest = warning.objects.filter(household=OuterRef("household"), level__isnull=False).order_by("-publication_id")
    for column, value in (("run_digest", "publication__run_digest"), ("policy", "publication__policy_id")):
        told = Subquery(newest.values(value)[:1])
        case.objects.filter(household__warnings__level__isnull=False, origin="screening").update(**{column: told})


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_declared_needs"), ("warnings", "0002_now_unverified")]
    operations = [
        migrations.AddField("case", "run_digest", models.CharField(blank=True, default="", max_length=64), False),
        migrations.AddField("case", "policy", models.CharField(blank=True, default="", max_length=40), False),
        migrations.RunPython(known, migrations.RunPython.noop),
    ]
