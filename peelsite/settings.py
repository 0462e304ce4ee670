"""Settings of every environment: each value that differs between machines is an environment variable.

Nothing here has a production secret as a default: with DEBUG off, SECRET_KEY and ALLOWED_HOSTS must be given,
and a missing or malformed variable stops the process with its name.
"""

from pathlib import Path
from urllib.parse import unquote

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from peelsite.accounts.provider_settings import read_identity_providers
from peelsite.local.addresses import database_url, is_local, read_addresses, redis_url

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"
BUILD_DIR = BASE_DIR / "build"

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# `make run` sets PEELSITE_LOCAL: one machine, plain http on loopback, demonstration data.
LOCAL = env.bool("PEELSITE_LOCAL", default=is_local())

if LOCAL:
    SECRET_KEY = env.str("SECRET_KEY", default="local-demonstration-only-" + "x" * 40)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long.")

INSTALLED_APPS = [
    "peelsite.web.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_tables2",
    "peelsite.walls",
    "peelsite.forces",
    "peelsite.accounts",
    "peelsite.history",
    "peelsite.audit",
    "peelsite.jobs",
    "peelsite.mail",
    "peelsite.charts",
    "peelsite.documents",
    "peelsite.imports",
    "peelsite.web",
    "workforce",
    "demand",
    "finance",
    "peelsite.inspection",
    "peelsite.home",
    "peelsite.demonstration",
    "peelsite.apidocs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "peelsite.web.middleware.SecurityHeadersMiddleware",
    "peelsite.web.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peelsite.walls.middleware.WallMiddleware",
    "peelsite.accounts.middleware.SessionLimitsMiddleware",
    # A page that forgets to ask who is there still asks for a sign-in.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "peelsite.accounts.middleware.SecondFactorMiddleware",
    "peelsite.history.middleware.RequestHistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "peelsite.urls"
WSGI_APPLICATION = "peelsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peelsite.web.context.site",
            ],
        },
    },
]
FORM_RENDERER = "peelsite.web.forms.GovukRenderer"

# DATABASE_URL and REDIS_URL, or the embedded servers that `make run` and the tests start.
DATABASES = {"default": env.db_url_config(database_url())}
# A socket folder is written percent-encoded in a URL, as libpq does.
DATABASES["default"] |= {
    "ENGINE": "peelsite.walls.backend",
    "HOST": unquote(DATABASES["default"]["HOST"]),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
# The role that web, worker and beat connect as; `migrate`, run by the owner, gives it its rights.
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", default="peelsite_app")
REDIS_URL = redis_url()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "peelsite.accounts.adapter.ClosedSignUpAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Wrong passwords and wrong codes, by address and by account; counted in Redis, so by all processes together.
ACCOUNT_RATE_LIMITS = {
    "login_failed": env.str("LOGIN_FAILED_LIMIT", default="10/m/ip,5/5m/key"),
    "reset_password": "20/h/ip,5/h/key",
}
# For how long signing in, or confirming that it is you, is enough to change passwords, factors or roles.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# The second factor: peelsite.accounts.second_factor says who needs one. On one's own machine nobody does.
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not LOCAL)
MFA_ADAPTER = "peelsite.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "peelsite.accounts.sign_in_forms.ActivateAppForm",
    "authenticate": "peelsite.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "peelsite.accounts.sign_in_forms.CodeAgainForm",
    "add_webauthn": "peelsite.accounts.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "peelsite.accounts.sign_in_forms.RenamePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Peelsite"
# Phones' clocks differ by up to half a minute from ours.
MFA_TOTP_TOLERANCE = 1
# Accounts and their addresses are an administrator's work: there is no address to verify first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A passkey asks for its owner's finger, face or PIN, and so is two factors by itself.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

# Forces' own identity providers, by OpenID Connect: see docs/decisions/0009-sign-in.md.
IDENTITY_PROVIDERS = read_identity_providers(env.str("IDENTITY_PROVIDERS", default=""))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [provider.as_app for provider in IDENTITY_PROVIDERS.values()],
        "OAUTH_PKCE_ENABLED": True,
    }
}
SOCIALACCOUNT_ADAPTER = "peelsite.accounts.identity_providers.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# Whom the sign-in page offers on one's own machine.
PEELSITE_DEMO_SIGN_INS = "peelsite.demonstration.selectors.demonstration_sign_ins"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BUILD_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = LOCAL
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(DATA_DIR / "files"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Larger files are read, checked and loaded by a worker; at most this small ones within the request.
IMPORT_INLINE_BYTES = env.int("IMPORT_INLINE_BYTES", default=300_000)
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=50 * 1024 * 1024)
# Days after which an imported file, and what was found in it, is deleted; it can no longer be undone then.
IMPORT_FILE_DAYS = env.int("IMPORT_FILE_DAYS", default=90)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SITE_URL = env.str("SITE_URL", default=read_addresses().get("SITE_URL", "http://127.0.0.1:8000"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="peelsite@peelsite.invalid")
# Without EMAIL_URL nothing leaves the machine: messages are kept in the site's outbox page.
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    _email = env.email_url_config(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        _email["EMAIL_HOST_USER"] or "",
        _email["EMAIL_HOST_PASSWORD"] or "",
    )
    EMAIL_USE_TLS, EMAIL_USE_SSL = _email.get("EMAIL_USE_TLS", False), _email.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
# A task is acknowledged when it has ended, so that a killed worker's task is delivered again (Redis does so
# after an hour; beat's tasks find the row within a minute). Every task may therefore run twice, also while it
# still runs, and each checks its row first.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="peelsite")
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# What beat repeats is dropped when the next is due, so that nothing piles up while no worker runs.
CELERY_BEAT_SCHEDULE = {
    "delete sessions that have ended": {
        "task": "peelsite.accounts.tasks.sessions_purge",
        "schedule": crontab(hour=3, minute=5),
    },
    "delete files of old imports": {
        "task": "peelsite.imports.tasks.old_files_purge",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget old drawings of charts": {
        "task": "peelsite.charts.tasks.charts_purge",
        "schedule": crontab(hour=3, minute=35),
    },
    "seal the history written since the last seal": {
        "task": "peelsite.history.tasks.history_seal_next",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "remove what the forces' rules of retention make due": {
        "task": "peelsite.audit.tasks.retention_apply_due",
        "schedule": crontab(hour=2, minute=40),
    },
    "remove exports of subject access that have expired": {
        "task": "peelsite.audit.tasks.access_exports_purge",
        "schedule": crontab(minute=10),
    },
    "project every force's strength and gaps": {
        "task": "workforce.projection.tasks.projections_run",
        "schedule": crontab(hour=1, minute=30),
    },
    "pick up jobs whose worker was lost": {
        "task": "peelsite.jobs.tasks.lost_jobs_requeue",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "begin the summaries that are due": {
        "task": "peelsite.inspection.summaries.tasks.due_summaries_run",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900},
    },
    "tell the members of boards whose packs are due": {
        "task": "workforce.boards.members.tasks.due_packs_send",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900},
    },
    "take up messages about packs that wait or were left": {
        "task": "workforce.boards.members.tasks.pack_deliveries_resume",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "write the papers of boards that are missing": {
        "task": "workforce.boards.papers.tasks.missing_papers_write",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "take up messages that wait or were left": {
        "task": "peelsite.inspection.summaries.tasks.deliveries_resume",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}

# Proxies before the site whose word on the caller's address is believed; others' is not.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "peelsite.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.OrderingFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "peelsite.web.pagination.ApiPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_SCHEMA_CLASS": "peelsite.apidocs.schema.ScopedSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "peelsite.walls.parsers.JSONParser",
        "peelsite.walls.parsers.MultiPartParser",
    ],
    "COERCE_DECIMAL_TO_STRING": True,
    "EXCEPTION_HANDLER": "peelsite.web.exceptions.plain_refusals",
    "DEFAULT_THROTTLE_CLASSES": ["peelsite.web.throttling.MemberThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "member": env.str("API_MEMBER_RATE", default="600/min"),
        "nobody": env.str("API_NOBODY_RATE", default="60/min"),
    },
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Peelsite API",
    "DESCRIPTION": "Establishment, strength, boards and inspection summaries of a police force.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
}

# One trigger run a statement, not a row: a bulk import writes its history in one INSERT .. SELECT.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
DJANGO_TABLES2_TEMPLATE = "components/table2.html"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# NIST SP 800-63B for its second level of assurance: 30 minutes without use, 12 hours after signing in.
SESSION_ENGINE = "peelsite.accounts.sessions"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
