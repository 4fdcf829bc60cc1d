"""What a server runs: `uvicorn jeopsu.review.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeopsu.review.settings")
application = get_asgi_application()
