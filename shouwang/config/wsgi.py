"""What the server runs."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from shouwang.office.web.logs import one_line_each

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
SWITCH_SECONDS = 0.0005
"""A page asks the database a dozen times; each time another thread would keep it waiting for five milliseconds."""

application = get_wsgi_application()
one_line_each()
sys.setswitchinterval(SWITCH_SECONDS)
gc.collect()
gc.freeze()  # what the server is made of is never garbage: looking through it again stops every page for a moment
