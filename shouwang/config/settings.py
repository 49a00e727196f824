"""Django's settings, read once from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from shouwang.config import environment

HOME = environment.home()
DATABASES = {"default": environment.database(HOME)}
IS_EMBEDDED = "sqlite" in str(DATABASES["default"]["ENGINE"])
_secrets = environment.secrets_of(HOME, is_embedded=IS_EMBEDDED)

DEBUG = environment.flag("SHOUWANG_DEBUG")
SECRET_KEY = _secrets.signing
FIELD_KEYS = _secrets.field_keys
INDEX_KEY = _secrets.index_key
ALLOWED_HOSTS = environment.words("SHOUWANG_HOSTS", "localhost,127.0.0.1")
IS_HTTPS = environment.flag("SHOUWANG_HTTPS")
LOADED_CITY = HOME / "city"
CITY = environment.city(LOADED_CITY)
"""The city folder whose runs are published and where deliveries go; empty until one is loaded."""
IS_DEMO = environment.flag("SHOUWANG_DEMO")
"""Only then a command prints anybody's second factor."""
TODAY = environment.text("SHOUWANG_TODAY", "")
"""A demo stands on the day its city speaks of; empty: the calendar of the machine."""

ROOT_URLCONF = "shouwang.config.urls"
WSGI_APPLICATION = "shouwang.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "shouwang.office.audit",
    "shouwang.office.privacy",
    "shouwang.office.access",
    "shouwang.office.web",
    "shouwang.office.registry",
    "shouwang.office.deliveries",
    "shouwang.office.warnings",
    "shouwang.office.casework",
    "shouwang.office.reports",
    "shouwang.office.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shouwang.office.web.middleware.request_log",
    "shouwang.office.web.middleware.bounded",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "shouwang.office.web.middleware.acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "shouwang.office.web.middleware.plain_errors",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shouwang.office.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shouwang.office.web.templatetags.speaking",
                "shouwang.office.registry.templatetags.coded",
                "shouwang.office.warnings.templatetags.telling",
                "shouwang.office.casework.templatetags.measures",
                "shouwang.office.web.templatetags.words",
                "shouwang.office.web.templatetags.components",
                "shouwang.office.web.templatetags.faults",
            ],
        },
    }
]

FORM_RENDERER = "shouwang.office.web.forms.rendering.Renderer"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "shouwang.office.web.views.signing_in.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

LOGIN_URL = "/in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = environment.number("SHOUWANG_SESSION_SECONDS", 30 * 60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "shouwang.office.web.views.failing.csrf"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

UPLOAD_MEGABYTES = environment.number("SHOUWANG_UPLOAD_MEGABYTES", 200)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = HOME / "files"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "office/web/locale"]
FORMAT_MODULE_PATH = ["shouwang.office.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [
    ("vendor/htmx", Path(__file__).resolve().parents[2] / "frontend/node_modules/htmx.org/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or environment.flag("SHOUWANG_PLAIN_ASSETS")
        else "shouwang.office.web.assets.Assets"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_MEMORY},
    "told": {"BACKEND": LOCAL_MEMORY, "LOCATION": "told", "TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 5_000}},
}
"""`told`: explanations of warnings, by what they are told from; a changed warning has another key."""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Exception texts and request lines may quote a person: the office logs by itself, see web/middleware.py.
    "filters": {"bare": {"()": "shouwang.office.web.logs.WithoutPersons"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["bare"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "shouwang": {"level": "INFO"},
    },
}
