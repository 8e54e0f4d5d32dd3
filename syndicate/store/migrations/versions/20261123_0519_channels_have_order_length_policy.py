"""Channels say their order, length and policy (none: the plain one). Old code leaves them out and does what it did."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0519", "20261123_0410"


def upgrade() -> None:
    with op.batch_alter_table("channel") as table:
        table.add_column(sa.Column("sorted_by", sa.String(length=20), nullable=False, server_default="changed"))
        table.add_column(sa.Column("length", sa.Integer(), nullable=False, server_default="50"))
        table.add_column(sa.Column("policy", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("channel") as table:
        for column in ("policy", "length", "sorted_by"):
            table.drop_column(column)
