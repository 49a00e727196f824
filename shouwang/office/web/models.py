"""Work in the background, with its progress."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One piece of long work that somebody started. Its result is an address to open.

    Unknown: `share` is null while it cannot be said how much is done.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    area_code = models.CharField(max_length=12)
    started_by = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=80, blank=True)
    share = models.FloatField(null=True)
    message = models.TextField(blank=True)
    result_url = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running"), finished_at=None)
                | Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="job_finished_has_time",
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(state__in=("waiting", "running")), name="job_to_do"),)
