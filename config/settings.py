"""Every setting that a machine decides. What a team decides lives in the database and has a screen."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from config import environment as env
from config import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
PORT = env.port("PORT", 8000)
SMTP_PORT = env.port("SMTP_PORT", 2525)
# A certificate with its chain, and its key where that is another file: then STARTTLS is offered (RFC 3207).
SMTP_TLS_CERT = env.text("SMTP_TLS_CERT")
SMTP_TLS_KEY = env.text("SMTP_TLS_KEY")
# Where mail is taken by LMTP, for a mail server of ours that delivers each recipient by itself; 0 and empty: nowhere.
LMTP_PORT = env.port("LMTP_PORT", 0)
LMTP_SOCKET = env.text("LMTP_SOCKET")
HOST = env.text("HOST", "127.0.0.1")
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
SECRET_FILE = VAR_DIR / "secret_key"
SECRET_KEY = env.secret("SECRET_KEY", SECRET_FILE)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "config",
    "escalation",
    "tickets",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": env.database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    # A Redis that hangs must not hold a process: its nudges may be lost, the rows are read anyway.
    broker = {"address": REDIS_URL, "socket_connect_timeout": 2, "socket_timeout": 15}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [broker], "group_expiry": 60},
        }
    }
else:
    # It holds the counters of the doors, and drops some at random where it is full: by default that is at 300.
    roomy = {"MAX_ENTRIES": 100_000}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": roomy}}

AUTH_USER_MODEL = "tickets.Agent"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

IS_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
BEHIND_PROXY = env.yes("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True  # for the days and months of letters; nothing chooses a language by the visitor

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
DESK_DIST = BASE_DIR / "frontend" / "dist"
STATICFILES_DIRS = [("desk", DESK_DIST)] if DESK_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024  # a mail that a provider brings; the API's own bound is lower
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Outgoing mail: EMAIL_URL like smtp://user:password@host:587/?tls=1, or files in var/outbox/ where it is not set.
EMAIL_URL = env.mail_server("EMAIL_URL")
# What each provider proves itself with, by its name: a signing key, or `user:password` where it signs nothing.
PROVIDERS = "mailersend mailgun mailjet postmark sendgrid sparkpost".split()
WEBHOOK_SECRETS = {name: env.text(f"{name.upper()}_WEBHOOK_SECRET") for name in PROVIDERS}
# The authserv-id that our own mail server writes into Authentication-Results (RFC 8601); empty: none is believed.
AUTHSERV_ID = env.text("AUTHSERV_ID")
OUTBOX_DIR = VAR_DIR / "outbox"
# Our mail is signed (DKIM, RFC 6376) where a key is set: a file with an RSA key in PEM, and where its public half stands.
DKIM_KEY = env.file("DKIM_KEY")
DKIM_SELECTOR, DKIM_DOMAIN = env.together("DKIM_SELECTOR", "DKIM_DOMAIN", needed=bool(DKIM_KEY))

# A larger model that may suggest words, behind a server that speaks as OpenAI's does; empty: none, nothing leaves.
ASSISTANT_URL = env.web_address("ASSISTANT_URL")
ASSISTANT_KEY = env.token("ASSISTANT_KEY")
(ASSISTANT_MODEL,) = env.together("ASSISTANT_MODEL", needed=bool(ASSISTANT_URL))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tickets.api.authentication.SessionWithChallenge",
        "tickets.api.authentication.BearerToken",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tickets.api.parsing.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tickets.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kintsugi",
    "VERSION": "1",
    "DESCRIPTION": "The desk's own API: whatever it does, integrations can do with a token.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "StateEnum": "tickets.api.serializers.tickets.STATES",
        "ThenEnum": "tickets.api.serializers.drafts.THEN",
        "MoodEnum": "tickets.api.serializers.tickets.MOODS",
        "FindingLevelEnum": "tickets.empathy.check.findings.LEVELS",
        "LoudnessEnum": "tickets.models.rules.LOUDNESS",
        "RoleEnum": "tickets.api.serializers.people.ROLES",
        "ParticipantRoleEnum": "tickets.api.serializers.tickets.PARTICIPANT_ROLES",
        "StatusEnum": "tickets.api.serializers.people.STATUSES",
        "SignalKindEnum": "tickets.empathy.signals.SIGNALS",
        "SlotKindEnum": "tickets.empathy.slots.KINDS",
        "DraftKindEnum": "tickets.api.serializers.drafts.KINDS",
        "SpeakerKindEnum": "tickets.api.serializers.timeline.SPEAKERS",
        "DeliveryStateEnum": "tickets.api.serializers.timeline.DELIVERY_STATES",
        "MessageKindEnum": ["message"],
        "NoteKindEnum": ["note"],
        "EventKindEnum": ["event"],
    },
}

METRICS_TOKEN = env.text("METRICS_TOKEN")
LOGGING = logs.LOGGING
logs.configure()
