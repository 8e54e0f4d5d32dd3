"""Trials of feeds, and indexes that filter the audit and count an outlet's quota. Old code knows neither."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0806", "20261123_0805"
AUDIT = (["who", "id"], ["what", "id"], ["subject", "id"], ["at"])


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    op.create_index(op.f("ix_trial_at"), "trial", ["at"])
    for columns in AUDIT:
        op.create_index(op.f(f"ix_audit_{'_'.join(columns)}"), "audit", columns)
    op.create_index(op.f("ix_edition_created_at"), "edition", ["created_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_edition_created_at"), "edition")
    for columns in AUDIT:
        op.drop_index(op.f(f"ix_audit_{'_'.join(columns)}"), "audit")
    op.drop_table("trial")
