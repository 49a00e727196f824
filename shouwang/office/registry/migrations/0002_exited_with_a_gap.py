from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="factsheet",
            index=models.Index(
                condition=models.Q(
                    ("register", "exited"),
                    models.Q(
                        ("housing_grade__gt", "B"),
                        ("water_safe", False),
                        ("out_of_school__gt", 0),
                        ("uninsured_members__gt", 0),
                        _connector="OR",
                    ),
                ),
                fields=["household"],
                name="sheet_exited_with_a_gap",
            ),
        ),
    ]
