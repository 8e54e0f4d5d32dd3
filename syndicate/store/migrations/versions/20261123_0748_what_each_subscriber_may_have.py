"""Subscribers' agreements, and what was decided about stories by them.

Old code gives a subscriber all of its channels, whatever its agreement says: give no agreement while it still runs.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0748", "20261123_0745"


def upgrade() -> None:
    op.create_table(
        "entitlement",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.Column("until_seq", sa.BigInteger(), nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_entitlement_story_id")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_entitlement_subscriber_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "story_id", "since_seq", name=op.f("pk_entitlement")),
    )
    for columns in (("since_seq", "story_id"), ("taken_at",), ("available_from",)):
        name = op.f(f"ix_entitlement_subscriber_id_{'_'.join(columns)}")
        op.create_index(name, "entitlement", ["subscriber_id", *columns])
    # no batch: SQLite would make the table anew, and what refers to the old one would go with it
    op.add_column("subscriber", sa.Column("grants", sa.JSON(), nullable=True))
    op.add_column("subscriber", sa.Column("limited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("subscriber", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriber", sa.Column("rights_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for column in ("rights_at", "ends_at", "limited", "grants"):
        op.drop_column("subscriber", column)
    op.drop_table("entitlement")
