"""Two more kinds of events: a household moves within the city, a death recorded wrongly is taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_village_of_people"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lifeevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("birth", "出生"),
                    ("death", "死亡"),
                    ("married-in", "婚入"),
                    ("married-out", "婚出"),
                    ("split", "分户"),
                    ("merge", "合户"),
                    ("moved-in", "迁入"),
                    ("moved-out", "迁出"),
                    ("moved-within", "市内迁居"),
                    ("new-head", "换户主"),
                    ("urban-hukou", "农转城"),
                    ("death-undone", "更正死亡"),
                ],
                max_length=12,
            ),
        ),
    ]
