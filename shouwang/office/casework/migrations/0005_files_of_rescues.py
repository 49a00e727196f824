"""A file may prove the payment of a rescue, which has no measure."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_recheck"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="evidence", name="evidence_once_per_case"),
        migrations.RemoveConstraint(model_name="evidence", name="evidence_of_a_measure_is_of_help"),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=Q(("measure", None), ("payment", None)),
                fields=("case", "kind", "sha256"),
                name="evidence_once_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=Q(Q(("measure", None), ("payment", None)), ("kind", "help"), _connector="OR"),
                name="evidence_of_a_measure_is_of_help",
            ),
        ),
    ]
