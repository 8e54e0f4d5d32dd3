"""The desk's queue has rows of its own, with a full-text index, and people keep filters.

What is stored already is listed by a job, newest first, while the newsroom works: a big database is upgraded in a
moment, and `syndicate worker --status` shows what is left to do. Old code knows none of the tables and may run beside
it, but what it changes meanwhile stays listed as it was.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0718", "20261123_0717"

_INDEXED = ("outlet", "section", "language", "licence", "update_waits", "light", "alike")
_FTS = """
CREATE VIRTUAL TABLE listing_text USING fts5 (
    words, content = '', columnsize = 0, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
)
"""


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("review", sa.String(length=20), nullable=False),
        sa.Column("outlet", sa.String(length=80), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("licence", sa.String(length=100), nullable=False),
        sa.Column("first_published", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("embargoed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("pictures_held", sa.Integer(), nullable=False),
        sa.Column("update_waits", sa.Boolean(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.Column("light", sa.String(length=10), nullable=False),
        sa.Column("recheck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_listing_story_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_listing")),
        sa.UniqueConstraint("story_id", name=op.f("uq_listing_story_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_listing_order", "listing", ["review", "arrived_at", "seq"])
    for column in _INDEXED:
        op.create_index(f"ix_listing_{column}", "listing", ["review", column, "arrived_at", "seq"])
    op.create_index(op.f("ix_listing_recheck_at"), "listing", ["recheck_at"])
    op.create_table(
        "listing_topic",
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["listing.seq"], name=op.f("fk_listing_topic_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic", "seq", name=op.f("pk_listing_topic")),
    )
    op.create_index(op.f("ix_listing_topic_seq"), "listing_topic", ["seq"])
    op.create_table(
        "listing_choice",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_listing_choice")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_user.id"], name=op.f("fk_saved_filter_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filter_user_id_name")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS)
    else:
        op.execute(
            "CREATE TABLE listing_text (seq INTEGER NOT NULL CONSTRAINT pk_listing_text PRIMARY KEY"
            " CONSTRAINT fk_listing_text_seq REFERENCES listing (seq) ON DELETE CASCADE, words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_listing_text_words ON listing_text USING gin (words)")
    _list_what_is_stored()


def _list_what_is_stored() -> None:
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM story LIMIT 1")).first() is None:
        return
    due_at = sa.Column("due_at", sa.DateTime(timezone=True))
    job = sa.table("job", *map(sa.column, ("kind", "ref", "generation", "token", "tries", "error")), due_at)
    first = {"kind": "list", "ref": "", "generation": 1, "token": "", "tries": 0, "error": ""}
    op.bulk_insert(job, [{**first, "due_at": datetime(2026, 11, 23, tzinfo=UTC)}])


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE kind = 'list'")
    for table in ("listing_text", "saved_filter", "listing_choice", "listing_topic", "listing"):
        op.drop_table(table)
