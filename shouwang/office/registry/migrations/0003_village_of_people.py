"""A person keeps the village of the household entered last, and a name is found by name and village."""

from django.db import migrations, models

FILL = """
UPDATE registry_person SET village = h.area_code
FROM registry_membership m JOIN registry_household h ON h.id = m.household_id
WHERE m.person_id = registry_person.id AND m.until IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_exited_with_a_gap"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_name",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_pinyin",
        ),
        migrations.AddField(
            model_name="person",
            name="village",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name_key", "village"], name="person_by_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["pinyin", "village"], name="person_by_pinyin"),
        ),
    ]
