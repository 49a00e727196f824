"""The day a rescue was seen to be settled; the daily job fills it for those there are."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_files_of_rescues"),
    ]

    operations = [
        migrations.AddField(
            model_name="rescue",
            name="settled_on",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="rescue",
            index=models.Index(
                condition=Q(("settled_on", None)), fields=["area_code", "due_on"], name="rescues_unsettled"
            ),
        ),
    ]
