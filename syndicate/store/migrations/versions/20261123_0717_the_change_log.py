"""The change log takes the place of the outbox, which nobody but tests ever read.

What the outbox says becomes the log's first moments, in its order. Where each story stood in a channel then is not
known any more: it is taken to have stood there from its first edition on, which gives a reader who starts from the
first what is there now. Old code does not tell the log, so it may not run beside this.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0717", "20261123_0714"

_WHAT = (
    """CASE outbox.topic WHEN 'story.withdrawn' THEN 'withdraw' WHEN 'story.killed' THEN 'withdraw' ELSE {told} END"""
)
_CORRECTION = {
    "sqlite": "CASE json_extract(edition.item, '$.change') WHEN 'correction' THEN 'correct' ELSE 'upsert' END",
    "postgresql": "CASE edition.item ->> 'change' WHEN 'correction' THEN 'correct' ELSE 'upsert' END",
}
_MOMENTS = """
    INSERT INTO change (seq, at, what, story_id, version)
    SELECT outbox.id, outbox.at, {what}, outbox.story_id, outbox.version
    FROM outbox JOIN edition ON edition.story_id = outbox.story_id AND edition.version = outbox.version
"""
_PLACES = """
    INSERT INTO channel_change (channel_id, seq, story_id, place, version)
    SELECT entry.channel_id, change.seq, change.story_id,
        CASE WHEN change.version = story.edition_version AND NOT entry.live THEN 'out'
             WHEN change.version = 1 THEN 'in' ELSE 'stay' END,
        change.version
    FROM channel_entry AS entry
    JOIN story ON story.id = entry.story_id
    JOIN change ON change.story_id = entry.story_id
"""
_ACCESS = (
    """
    INSERT INTO channel_access (subscriber_id, channel_id, channel, since_seq)
    SELECT NULL, channel.id, channel.slug, 0 FROM channel WHERE channel.public
    """,
    """
    INSERT INTO channel_access (subscriber_id, channel_id, channel, since_seq)
    SELECT subscription.subscriber_id, channel.id, channel.slug, 0
    FROM subscription JOIN channel ON channel.id = subscription.channel_id
    """,
)


def upgrade() -> None:
    op.create_table(
        "change_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_clock")),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_change_story_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_story_id_seq"), "change", ["story_id", "seq"])
    op.create_table(
        "channel_change",
        sa.Column("channel_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["change.seq"], name=op.f("fk_channel_change_seq")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_channel_change_story_id")),
        sa.PrimaryKeyConstraint("channel_id", "seq", "story_id", name=op.f("pk_channel_change")),
    )
    op.create_index(
        op.f("ix_channel_change_channel_id_story_id_seq"), "channel_change", ["channel_id", "story_id", "seq"]
    )
    op.create_table(
        "channel_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.Column("until_seq", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_channel_access_subscriber_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_access")),
    )
    op.create_index(op.f("ix_channel_access_subscriber_id_since_seq"), "channel_access", ["subscriber_id", "since_seq"])
    op.create_index(op.f("ix_channel_access_channel_id"), "channel_access", ["channel_id"])
    what = _WHAT.format(told=_CORRECTION[op.get_bind().dialect.name])
    for statement in (_MOMENTS.format(what=what), _PLACES, *_ACCESS):
        op.execute(statement)
    op.execute("INSERT INTO change_clock (id, seq) SELECT 1, max(seq) FROM change HAVING max(seq) IS NOT NULL")
    op.drop_table("outbox")


def downgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_outbox_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.execute("""
        INSERT INTO outbox (at, topic, story_id, version)
        SELECT at, CASE what WHEN 'withdraw' THEN 'story.withdrawn' ELSE 'story.published' END, story_id, version
        FROM change WHERE story_id IS NOT NULL ORDER BY seq
    """)
    for table in ("channel_access", "channel_change", "change", "change_clock"):
        op.drop_table(table)
