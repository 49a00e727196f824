"""A run published through door A, and the policy it was graded by."""

from django.db import models


class PublishedPolicy(models.Model):
    """A policy as a run froze it: its words and figures, so that a warning can be read without the folder."""

    version = models.CharField(max_length=40, primary_key=True)
    code = models.CharField(max_length=60)
    frozen = models.JSONField()


class Publication(models.Model):
    """One published run. The newest is the one lists show; the run itself stays on disk as evidence."""

    run_digest = models.CharField(max_length=64)
    folder = models.CharField(max_length=120)
    as_of = models.DateField()
    policy = models.ForeignKey(PublishedPolicy, on_delete=models.PROTECT, related_name="publications")
    counts = models.JSONField()
    """Households by kind of change and by state, `to_verify`, and the `levels` of the run in households and people."""
    published_on = models.DateField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.CharField(max_length=40)
    published_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run_digest"], name="publication_once_per_run"),)
        indexes = (models.Index(fields=["-as_of", "-id"], name="publication_newest"),)
