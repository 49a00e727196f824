import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_help"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="evidence",
            name="evidence_once",
        ),
        migrations.AddField(
            model_name="evidence",
            name="measure",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="files", to="casework.measure"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="payment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="files", to="casework.payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("measure", None)), fields=("case", "kind", "sha256"), name="evidence_once_per_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("measure__isnull", False), ("payment", None)),
                fields=("measure", "sha256"),
                name="evidence_once_per_measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("payment__isnull", False)),
                fields=("payment", "sha256"),
                name="evidence_once_per_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure", None), ("payment", None)),
                    models.Q(("kind", "help"), ("measure__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_of_a_measure_is_of_help",
            ),
        ),
    ]
