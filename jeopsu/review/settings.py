"""Django's settings for the site, made from the program's own (`flows.settings`)."""

from pathlib import Path

from jeopsu.flows import settings as program
from jeopsu.storage import database

PROGRAM = program.load()
_HERE = Path(__file__).parent

SECRET_KEY = program.kept_secret(PROGRAM)
DEBUG = False
ALLOWED_HOSTS = ["*"] if PROGRAM.host in ("0.0.0.0", "::") else [PROGRAM.host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PROGRAM.public_url] if PROGRAM.public_url.startswith("https://") else []

INSTALLED_APPS = [*database.APPS, "django.contrib.messages", "django.contrib.staticfiles", "jeopsu.review"]
DATABASES = {"default": database.options(PROGRAM.database_url)}
AUTH_USER_MODEL = "jeopsu.User"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jeopsu.review.middleware.in_pieces",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jeopsu.review.middleware.seated",
    "jeopsu.review.middleware.spoken",
    "jeopsu.review.middleware.content_policy",
]
ROOT_URLCONF = "jeopsu.review.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jeopsu.review.context.common",
            ],
            "builtins": ["jeopsu.review.templatetags.words"],
        },
    }
]
TWO_PERSONS = PROGRAM.two_persons  # an exclusion, or waiving one, needs two people
OTP_TOTP_ISSUER = "jeopsu"  # what the app on the telephone shows
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "board"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jeopsu.review.pages.errors.csrf"
ASGI_APPLICATION = "jeopsu.review.asgi.application"

LANGUAGE_CODE = "ko"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True  # no collect step: the files of the package are served as they are
WHITENOISE_AUTOREFRESH = False

# Uploads go to disk beyond 2.5 MB; the limit on a whole request is checked by the upload page, file by file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_TEMP_DIR = str(PROGRAM.data)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PROGRAM.public_url.startswith("https://")
X_FRAME_OPTIONS = "DENY"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
