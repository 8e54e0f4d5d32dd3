"""Where stories run: what subscribers say of it, and day counts of readings. Old code knows neither."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.models import UTCDateTime

revision, down_revision = "20261123_0815", "20261123_0806"


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("live_since", UTCDateTime(timezone=True), nullable=True),
        sa.Column("down_since", UTCDateTime(timezone=True), nullable=True),
        sa.Column("told_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_receipt_story_id"),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_receipt_subscriber_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "subscriber_id", name="pk_receipt"),
    )
    op.create_index("ix_receipt_subscriber_id", "receipt", ["subscriber_id"])
    op.create_table(
        "view_count",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("subscriber", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "subscriber", "day", name="pk_view_count"),
    )


def downgrade() -> None:
    op.drop_table("view_count")
    op.drop_table("receipt")
