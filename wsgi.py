"""For any WSGI server: `wsgi:app`, with settings from the environment."""

from syndicate.app import from_environment

app = from_environment()
