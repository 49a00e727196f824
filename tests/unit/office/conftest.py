"""What tests of the office share."""

import pytest
from django.core.management import commands
from django.core.management.commands import flush


@pytest.fixture(autouse=True)
def _audit_stays(monkeypatch):
    """Tests with real transactions empty all tables afterwards; the audit lets nobody, so it is left out."""
    whole = flush.sql_flush

    def without_audit(style, connection, **options):
        return [text for text in whole(style, connection, **options) if "audit_" not in text or "TRUNCATE" in text]

    if commands is not None:
        monkeypatch.setattr(flush, "sql_flush", without_audit)
