"""Settings of the tests: a home of their own, quick password hashes, assets as they lie."""

import base64
import os
import tempfile

os.environ["SHOUWANG_HOME"] = tempfile.mkdtemp(prefix="shouwang-tests-")
os.environ["SHOUWANG_PLAIN_ASSETS"] = "yes"
os.environ["SHOUWANG_TODAY"] = "2020-07-06"
# PostgreSQL makes no keys up by itself; these open nothing but the tests.
os.environ.setdefault("SHOUWANG_SECRET_KEY", "tests-only-tests-only-tests-only-tests-only-tests-only")
os.environ.setdefault("SHOUWANG_FIELD_KEYS", "1:" + base64.b64encode(bytes(range(32))).decode())
os.environ.setdefault("SHOUWANG_INDEX_KEY", base64.b64encode(bytes(range(32, 64))).decode())

from shouwang.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
if IS_EMBEDDED:  # noqa: F405
    # A file, as in earnest: in memory SQLite locks tables in its own way, and there are no bytes to look at.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}  # noqa: F405
