"""The desk counts what went out by days: the change log has an index by time. Old code may run beside it."""

from alembic import op

revision, down_revision = "20261123_0820", "20261123_0815"


def upgrade() -> None:
    op.create_index(op.f("ix_change_at"), "change", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_change_at"), "change")
