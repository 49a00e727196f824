"""Opening the office for a command: Django is set up only then, so that screening needs no database."""

import getpass
import os
from typing import TYPE_CHECKING

from shouwang.terms.errors import UserError

if TYPE_CHECKING:
    from shouwang.office.audit.actor import Actor

SETTINGS = "shouwang.config.settings"
MIGRATE = "运行 shouwang serve --migrate"


def open_office() -> None:
    """Read the settings from the environment. Errors: `UserError` for what is missing there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def open_tables() -> None:
    """Open the office whose database stands as this version needs it. Errors: `UserError` where it does not."""
    open_office()
    if waiting := pending():
        raise UserError(f"数据库少 {waiting} 步升级", MIGRATE)


def pending() -> int:
    """How many migrations the database still needs. Errors: `UserError` where it does not answer."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError:
        raise UserError("数据库连不上", "看数据库是否在运行，DATABASE_URL 是否对") from None
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def at_the_machine() -> "Actor":
    """Whoever may run commands here: the name of the machine's account, since no account of the office acts."""
    from shouwang.office.audit.actor import Actor

    return Actor(user_id="command", name=getpass.getuser(), role="system", area_code="")
