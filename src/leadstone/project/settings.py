"""Django's settings, made from the environment."""

from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from leadstone.infra.keys import load_or_create_secret
from leadstone.project.environment import environment

ENVIRONMENT = environment()
FOLDER = ENVIRONMENT.folder

SECRET_KEY = load_or_create_secret(ENVIRONMENT.secret_key_file or FOLDER.keys / "secret.key")
DEBUG = False
ALLOWED_HOSTS = ["*"] if not ENVIRONMENT.studio_url else [urlsplit(ENVIRONMENT.studio_url).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.studio_url]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish"))]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "leadstone.infra.outbox",
    "leadstone.infra.stored_tokens",
    "leadstone.domains.brand",
    "leadstone.domains.access",
    "leadstone.domains.companies",
    "leadstone.domains.contacts",
    "leadstone.domains.consent",
    "leadstone.domains.tracking",
    "leadstone.domains.delivery",
    "leadstone.domains.magnets",
    "leadstone.domains.capture",
    "leadstone.domains.grants",
    "leadstone.domains.leads",
    "leadstone.domains.pipeline",
]
AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


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
