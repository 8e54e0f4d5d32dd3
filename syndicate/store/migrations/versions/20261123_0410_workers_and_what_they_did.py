"""Workers say that they live, and what jobs did is counted. Old code knows neither table and may run beside it."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0410", "20261123_0400"


def upgrade() -> None:
    op.create_table(
        "worker",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("threads", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_worker")),
    )
    op.create_table(
        "job_tally",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_job_tally")),
    )


def downgrade() -> None:
    op.drop_table("job_tally")
    op.drop_table("worker")
