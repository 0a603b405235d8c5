"""Settings. What differs between places comes from the environment; everything else is here."""

import os
from pathlib import Path

from alongside.foundation.launcher import django_databases
from alongside.foundation.secrets import data_directory, secret_key

ROOT = Path(__file__).resolve().parents[2]

SECRET_KEY = secret_key()
DEBUG = False
HTTPS = os.environ.get("ALONGSIDE_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "alongside.foundation.accounts",
    "alongside.foundation.organisations",
    "alongside.foundation.access",
    "alongside.foundation.recording",
    "alongside.foundation.documents",
    "alongside.foundation.messages",
    "alongside.foundation.jobs",
    "alongside.foundation.nhsuk",
    "alongside.features.people",
    "alongside.features.hospital",
    "alongside.features.reviews",
    "alongside.features.keyworking",
    "alongside.features.actions",
    "alongside.features.register",
    "alongside.features.plans",
    "alongside.features.referrals",
    "alongside.features.moving",
    "alongside.features.emergency",
    "alongside.features.concerns",
    "alongside.features.escalation",
    "alongside.overview",
    "alongside.overview.guarded",
    "alongside.overview.subject_access",
    "alongside.overview.retention",
    "alongside.exchange",
    "alongside.portal",
    "alongside.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "alongside.foundation.access.middleware.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "alongside.foundation.access.middleware.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "alongside.foundation.nhsuk.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "alongside.foundation.nhsuk.shell.page_shell",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]
FORM_RENDERER = "alongside.foundation.nhsuk.forms.Renderer"
PAGE_SHELL = "alongside.config.shell.shell_of"

DATABASES = django_databases()
DATABASES["default"]["ENGINE"] = "alongside.foundation.access.backend"
# A cursor kept by the server can't be told who asks in the same message.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["alongside.foundation.accounts.finding.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Failed sign-ins are counted here, for all processes together.
CACHES = {
    "default": {
        "BACKEND": "alongside.foundation.accounts.attempts.AttemptsCache",
        "LOCATION": "account_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_DIRECTORY = ROOT / "alongside/foundation/nhsuk/static"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Cookies are marked secure, and http sent on to https, only where the service runs on https.
SESSION_ENGINE = "alongside.foundation.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "alongside.config.errors.stale_form"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health$"]
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# Where each root of the sealed audit goes at once: best on another machine's disk, out of the database owner's reach.
AUDIT_ROOTS = Path(os.environ.get("ALONGSIDE_AUDIT_ROOTS") or data_directory() / "audit-roots.log")

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["alongside.foundation.documents.receiving.UpToTheLimit"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ALONGSIDE_LOG", "WARNING")},
    # A page that is not there or not allowed is an answer, not a fault.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# Sign-in of staff: a password and a second factor, or the national sign-in where it is connected.
SIGN_IN_IDLE_MINUTES = 30
SIGN_IN_LONGEST_HOURS = 12
KEY_COOKIE = "alongside_key"
LOGIN_URL = "/sign-in"
FAMILY_LOGIN_URL = "/family"
FAMILY_HOME_URL = "/mine"
LOGIN_REDIRECT_URL = "/sign-in/finish"
ACCOUNT_ADAPTER = "alongside.foundation.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "alongside.foundation.accounts.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "alongside.foundation.accounts.forms.SignInForm"}
MFA_ADAPTER = "alongside.foundation.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Alongside"
# With a PIN, a finger or a face a passkey is two factors in one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# How many proxies of our own stand in front: only what they say of the caller's address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ALONGSIDE_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if os.environ.get("ALONGSIDE_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": os.environ.get("ALONGSIDE_OIDC_NAME", "nhs-cis2"),
            "name": os.environ.get("ALONGSIDE_OIDC_LABEL", "NHS Care Identity"),
            "client_id": os.environ["ALONGSIDE_OIDC_CLIENT"],
            "secret": os.environ.get("ALONGSIDE_OIDC_SECRET", ""),
            "settings": {"server_url": os.environ["ALONGSIDE_OIDC_SERVER"]},
        }
    ]
    # Browsers apply form-action to where a form's answer leads on to as well.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "/".join(os.environ["ALONGSIDE_OIDC_SERVER"].split("/")[:3])
    )

# The NHS logo and typeface belong to NHS organisations; an area that is one switches them on.
NHS_BRAND = os.environ.get("ALONGSIDE_NHS_BRAND") == "1"

# What the service is called in e-mails and text messages, and where their links lead. The name may give nothing away.
NEUTRAL_NAME = os.environ.get("ALONGSIDE_NEUTRAL_NAME", "Alongside")
BASE_URL = os.environ.get("ALONGSIDE_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
# GOV.UK Notify: its key, and the ids of two templates that hold ((subject)) and ((body)), and ((body)).
NOTIFY = {
    "key": os.environ.get("ALONGSIDE_NOTIFY_KEY", ""),
    "email_template": os.environ.get("ALONGSIDE_NOTIFY_EMAIL_TEMPLATE", ""),
    "sms_template": os.environ.get("ALONGSIDE_NOTIFY_SMS_TEMPLATE", ""),
    "address": os.environ.get("ALONGSIDE_NOTIFY_ADDRESS", ""),
}
# The socket of ClamAV's daemon. Where it is named, no file is taken while it does not answer.
CLAMD = os.environ.get("ALONGSIDE_CLAMD", "")

# Where "Leave this site" leads: a page that says nothing about whoever was here.
NEUTRAL_SITE = os.environ.get("ALONGSIDE_NEUTRAL_SITE", "https://www.bbc.co.uk/weather")
