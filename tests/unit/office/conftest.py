"""What tests of the office share."""

from importlib import import_module

import pytest
from django.core.cache import caches
from django.core.management.commands import flush
from django.utils import translation

APPEND_ONLY = import_module("shouwang.office.audit.migrations.0002_append_only")


@pytest.fixture(autouse=True, scope="session")
def _audit_is_emptied_too():
    """Tests with real transactions empty all tables afterwards; the audit lets nobody, but between two tests."""
    patch, whole = pytest.MonkeyPatch(), flush.sql_flush

    def around(style, connection, **options):
        open_it, close_it = _sqlite() if connection.vendor == "sqlite" else _postgresql()
        return [*open_it, *whole(style, connection, **options), *close_it]

    patch.setattr(flush, "sql_flush", around)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _nothing_was_told_before():
    caches["told"].clear()


@pytest.fixture(autouse=True)
def _no_reader_before():
    """A page leaves its reader's language behind in the thread."""
    yield
    translation.deactivate()


def _sqlite():
    deeds = [(table, deed) for table in APPEND_ONLY.TABLES for deed in ("UPDATE", "DELETE")]
    drop = [f"DROP TRIGGER {table}_no_{deed.lower()}" for table, deed in deeds]
    return drop, [text for table, deed in deeds for text in APPEND_ONLY._statements("sqlite", table, deed)]


def _postgresql():
    return tuple(
        [f"ALTER TABLE {table} {word} TRIGGER USER" for table in APPEND_ONLY.TABLES] for word in ("DISABLE", "ENABLE")
    )
