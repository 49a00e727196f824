"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from shouwang.office.web.logs import one_line_each

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
application = get_wsgi_application()
one_line_each()
