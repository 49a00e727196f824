"""Accounts, and which role each has over which area from when until when."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class User(AbstractBaseUser):
    """An account of one person. Never deleted: `is_active` ends it, since events name it."""

    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=80)
    organisation = models.CharField(max_length=80, blank=True)
    password_is_temporary = models.BooleanField(default=False)
    """Set by somebody else: it must be changed before anything is done."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("display_name",)

    def __str__(self) -> str:
        return self.display_name


class Assignment(models.Model):
    """A role over an area, from `since` until (not including) `until`; open where that is null."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    area_code = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="assignment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "area_code"], condition=Q(until=None), name="assignment_open_once"
            ),
        )
        indexes = (models.Index(fields=["area_code", "role", "id"], name="assignment_by_area"),)
