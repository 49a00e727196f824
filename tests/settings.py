"""Settings of the tests: a home of their own, quick password hashes, assets as they lie."""

import os
import tempfile

os.environ["SHOUWANG_HOME"] = tempfile.mkdtemp(prefix="shouwang-tests-")
os.environ["SHOUWANG_PLAIN_ASSETS"] = "yes"
os.environ["SHOUWANG_TODAY"] = "2020-07-06"

from shouwang.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
