"""Who listens to our feeds by our own WebSub hub. Old code knows nothing of it and tells nobody."""

import sqlalchemy as sa
from alembic import op

from syndicate.store.models import UTCDateTime

revision, down_revision = "20261123_0745", "20261123_0740"


def upgrade() -> None:
    op.create_table(
        "hub_listener",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("variant", sa.String(length=20), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("callback", sa.Text(), nullable=False),
        sa.Column("callback_hash", sa.String(length=64), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("lease_until", UTCDateTime(timezone=True), nullable=True),
        sa.Column("told_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", UTCDateTime(timezone=True), nullable=True),
        sa.Column("verified_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("wish", sa.JSON(), nullable=True),
        sa.Column("wished_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hub_listener"),
        sa.UniqueConstraint(
            "channel", "format", "variant", "most", "callback_hash", name="uq_hub_listener_topic_callback"
        ),
    )
    for column in ("host", "lease_until", "wished_at"):
        op.create_index(f"ix_hub_listener_{column}", "hub_listener", [column])


def downgrade() -> None:
    op.drop_table("hub_listener")
