"""Keys may end by themselves, and show when they were used last. Old code lets a key in that has ended."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0800", "20261123_0748"


def upgrade() -> None:
    # no batch: SQLite would make the table anew, and what refers to the old one would go with it
    op.add_column("api_key", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("api_key", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("last_used_at", "expires_at"):
        op.drop_column("api_key", column)
