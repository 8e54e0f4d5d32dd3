"""Is the newsroom's memory there, and is it of this release?"""

from syndicate.core.errors import Unavailable
from syndicate.store import Store, schema


def check(store: Store) -> None:
    """Raises Unavailable where the database does not answer or its tables are of another release."""
    found = schema.current(store)
    if found != schema.head():
        raise Unavailable(f"The database is at {found or 'no revision'}, this release needs {schema.head()}.")
