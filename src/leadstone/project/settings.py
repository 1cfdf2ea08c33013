"""Django's settings, made from the environment."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from leadstone.domains.inbound.rules.mail_doors import read_letterbox
from leadstone.infra.keys import load_or_create_secret
from leadstone.project.environment import environment
from leadstone.project.providers import PROVIDERS

ENVIRONMENT = environment()
_PASSWORD = re.compile(r"//[^/@]*@")
FOLDER = ENVIRONMENT.folder

SECRET_KEY = load_or_create_secret(ENVIRONMENT.secret_key_file or FOLDER.keys / "secret.key")
DEBUG = False
# What the doors may know of the environment, beside FOLDER; only `project` reads it directly.
PUBLIC_URL = ENVIRONMENT.public_url.rstrip("/")
# Who hands people over to us, and what reads each of them.
INBOUND_PROVIDERS = PROVIDERS
LETTERBOX = read_letterbox(ENVIRONMENT.inbound_mail_address)
OUTBOUND_NETWORKS = ENVIRONMENT.outbound_networks.split(",")
STUDIO_URL = ENVIRONMENT.studio_url.rstrip("/")
# Shown in the studio, read only: variable, value without passwords, sentence.
INSTALLATION = tuple(
    (f"LEADSTONE_{name.upper()}", _PASSWORD.sub("//…@", str(getattr(ENVIRONMENT, name) or "")), field.description or "")
    for name, field in type(ENVIRONMENT).model_fields.items()
)
TRUSTED_PROXIES = [part.strip() for part in ENVIRONMENT.trusted_proxies.split(",") if part.strip()]

ALLOWED_HOSTS = [urlsplit(STUDIO_URL).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [STUDIO_URL]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]
SOURCE = Path(__file__).resolve().parent.parent
_STUDIO = SOURCE / "studio"
_AREAS = (
    "magnets", "deals", "forecast", "activities", "companies", "assignment", "qualification", "company", "quarantine",
    "bookings", "codes", "shipments", "newsletters", "machines", "needs", "vetting", "calculators",
    "campaigns", "posts", "kiosks", "inbound", "suppliers", "experiments", "results",
)  # fmt: skip
DOORS = [_STUDIO, *(_STUDIO / area for area in _AREAS), SOURCE / "portal"]
LOCALE_PATHS = [door / "locale" for door in DOORS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.forms",
    "django_htmx",
    "leadstone.infra.outbox",
    "leadstone.infra.stored_tokens",
    "leadstone.domains.brand",
    "leadstone.domains.access",
    "leadstone.domains.audit",
    "leadstone.domains.webhooks",
    "leadstone.domains.companies",
    "leadstone.domains.contacts",
    "leadstone.domains.consent",
    "leadstone.domains.tracking",
    "leadstone.domains.delivery",
    "leadstone.domains.vetting",
    "leadstone.domains.magnets",
    "leadstone.domains.campaigns",
    "leadstone.domains.posts",
    "leadstone.domains.kiosks",
    "leadstone.domains.experiments",
    "leadstone.domains.capture",
    "leadstone.domains.grants",
    "leadstone.domains.newsletters",
    "leadstone.domains.trials",
    "leadstone.domains.shipments",
    "leadstone.domains.codes",
    "leadstone.domains.bookings",
    "leadstone.domains.leads",
    "leadstone.domains.inbound",
    "leadstone.domains.suppliers",
    "leadstone.domains.activities",
    "leadstone.domains.assignment",
    "leadstone.domains.qualification",
    "leadstone.domains.pipeline",
    "leadstone.domains.agenda",
    "leadstone.domains.needs",
    "leadstone.domains.insights",
]
AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER.database,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                # NORMAL loses acknowledged commits in a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            # A file, because tests with several processes or threads share it.
            "TEST": {"NAME": FOLDER.root / "test.sqlite3"},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(ENVIRONMENT.database_url)}


MIDDLEWARE = [
    "leadstone.project.doors.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leadstone.studio.setup.gate.FirstStartGate",
    "leadstone.studio.shell.gate.StaffGate",
    "leadstone.studio.shell.preferences.UserPreferences",
    "leadstone.studio.sign_in.presence.Presence",
]
ROOT_URLCONF = "leadstone.project.urls_studio"
WSGI_APPLICATION = "leadstone.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [door / "templates" for door in DOORS],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "leadstone.studio.shell.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "leadstone.studio.shell.tags"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "leadstone.studio.shell.forms.StudioForms"

# Signing in: by e-mail, nobody signs up by themselves; a second factor for whoever wants one.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "leadstone.studio.sign_in.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "change_password": "5/m/user"}
MFA_ADAPTER = "leadstone.studio.sign_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute before and after: telephones are not exact, and people type slowly
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
# A file cache, because the limits of signing in must hold over every process of the studio.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": FOLDER.run / "cache"}}
# A cookie, because showing a message must not write to the database on a GET.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

_SECURE = STUDIO_URL.startswith("https://")
SESSION_COOKIE_NAME = "leadstone_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _SECURE
CSRF_COOKIE_NAME = "leadstone_csrf"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "leadstone.studio.shell.problems.csrf_failure"
LANGUAGE_COOKIE_NAME = "leadstone_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_HSTS_SECONDS = 180 * 24 * 3600 if _SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the studio frames its own previews
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", PUBLIC_URL],
        "connect-src": [SELF],
        "frame-src": [SELF, PUBLIC_URL],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

STATIC_URL = "/static/"
STATIC_ROOT = SOURCE / "studio" / "static" / "served"  # filled by tools/build_assets.py
_HTMX = find_spec("django_htmx")
STATICFILES_DIRS = [
    ("studio", SOURCE / "studio" / "static" / "built"),
    ("django_htmx", Path((_HTMX and _HTMX.origin) or "").parent / "static" / "django_htmx"),
]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files lie in infra.blobs
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
