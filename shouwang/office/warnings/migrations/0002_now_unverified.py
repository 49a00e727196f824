"""A household once warned and now to be verified is told apart from every household newly to be verified."""

from django.db import migrations, models


def renamed(old: str, new: str):  # type: ignore[no-untyped-def]
    def rename(apps, schema_editor) -> None:  # type: ignore[no-untyped-def]
        apps.get_model("warnings", "Warning").objects.filter(change=old).update(change=new)

    return rename


class Migration(migrations.Migration):
    dependencies = [("warnings", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="warning",
            name="change",
            field=models.CharField(
                choices=[
                    ("new", "新增"),
                    ("worse", "加重"),
                    ("same", "不变"),
                    ("better", "减轻"),
                    ("cleared", "解除"),
                    ("now_unverified", "预警转待核实"),
                    ("left", "不在登记册"),
                ],
                max_length=16,
            ),
        ),
        migrations.RunPython(renamed("to_unverified", "now_unverified"), renamed("now_unverified", "to_unverified")),
    ]
