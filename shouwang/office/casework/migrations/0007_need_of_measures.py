"""A measure may answer a need that no rule asks about, in words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_settled_rescues"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="need",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
