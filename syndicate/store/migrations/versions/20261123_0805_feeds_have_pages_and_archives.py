"""Feeds have pages back to the first story, archives that stay, and tell what changed since.

What stands in channels already is cut into archives of fifty in the order of its feeds, and counts as unchanged since
the channel's last change. Old code cannot place stories in these tables: stop it before.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0805", "20261123_0800"

_STAMPED = """UPDATE channel_entry SET
    stamp = (SELECT changed_at FROM channel WHERE channel.id = channel_entry.channel_id),
    slice = (SELECT number FROM sliced WHERE sliced.channel_id = channel_entry.channel_id
             AND sliced.story_id = channel_entry.story_id)"""
_SLICED = """CREATE TEMPORARY TABLE sliced AS SELECT channel_id, story_id,
    (row_number() OVER (PARTITION BY channel_id ORDER BY placed_at, story_id) - 1) / 50 AS number
    FROM channel_entry"""


def upgrade() -> None:
    with op.batch_alter_table("channel") as table:
        table.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("slice", sa.Integer(), nullable=True))
        table.add_column(sa.Column("slice_filled", sa.Integer(), nullable=True))
    with op.batch_alter_table("channel_entry") as table:
        table.add_column(sa.Column("stamp", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("slice", sa.Integer(), nullable=True))
    op.execute(_SLICED)
    op.execute("CREATE INDEX ix_sliced ON sliced (channel_id, story_id)")
    op.execute(_STAMPED)
    op.execute("DROP TABLE sliced")
    op.execute(
        "UPDATE channel SET settled_at = changed_at, slice_filled = 0, slice = "
        "(SELECT coalesce(max(slice) + 1, 0) FROM channel_entry WHERE channel_id = channel.id)"
    )
    with op.batch_alter_table("channel") as table:
        for column, kind in (("settled_at", sa.DateTime(timezone=True)), ("slice", sa.Integer())):
            table.alter_column(column, existing_type=kind, nullable=False)
        table.alter_column("slice_filled", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("channel_entry") as table:
        table.alter_column("stamp", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.alter_column("slice", existing_type=sa.Integer(), nullable=False)
        table.create_index("ix_channel_entry_stamp", ["channel_id", "live", "stamp", "story_id"])
        table.create_index("ix_channel_entry_slice", ["channel_id", "live", "slice", "placed_at", "story_id"])


def downgrade() -> None:
    with op.batch_alter_table("channel_entry") as table:
        table.drop_index("ix_channel_entry_slice")
        table.drop_index("ix_channel_entry_stamp")
        table.drop_column("slice")
        table.drop_column("stamp")
    with op.batch_alter_table("channel") as table:
        table.drop_column("slice_filled")
        table.drop_column("slice")
        table.drop_column("settled_at")
