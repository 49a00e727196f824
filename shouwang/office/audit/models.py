"""Events, and the seals that chain them."""

from django.db import models

from shouwang.office.audit.verbs import Verb


class Event(models.Model):
    """One thing that happened. Never changed and never deleted: the database itself refuses it (migration 0002).

    Unknown: an empty text where the thing does not apply. No id number, phone or bank account is ever in here.
    """

    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    actor_area = models.CharField(max_length=12, blank=True)
    verb = models.CharField(max_length=20, choices=Verb.choices)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80, blank=True)
    household_id = models.CharField(max_length=40, blank=True)
    area_code = models.CharField(max_length=12, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    run = models.CharField(max_length=64, blank=True)
    policy = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["household_id", "-id"], name="event_by_household"),
            models.Index(fields=["actor_id", "-id"], name="event_by_actor"),
            models.Index(fields=["at"], name="event_by_time"),
            models.Index(fields=["verb", "-id"], name="event_by_verb"),
            models.Index(fields=["subject_kind", "subject_id"], name="event_by_subject"),
        )

    def get_verb_display(self) -> str:
        """Django's own translates every verb to say one."""
        return str(Verb(self.verb).label)


class Seal(models.Model):
    """The place of one event in the chain. Shape: one row per sealed event; `number` runs from 1 without a gap."""

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["-sealed_at"], name="seal_by_time"),)
