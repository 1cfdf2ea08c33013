"""The Django process: studio, and portal for requests that carry the door key."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")

application = get_wsgi_application()
