"""What the desk changes of a story, who has it open, what it asks outlets and what may still be undone.

Old code ignores all of it, and would publish a story without its edits: stop it first.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0714", "20261123_0712"


def upgrade() -> None:
    with op.batch_alter_table("story") as table:
        for column in ("edits_version", "edits_base", "edition_edits"):
            table.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    _edits()
    _who_is_here()
    _decided_and_asked()


def _edits() -> None:
    op.create_table(
        "story_edits",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_edits_story_id")),
        sa.PrimaryKeyConstraint("story_id", "version", name=op.f("pk_story_edits")),
    )
    op.create_table(
        "draft",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_draft_story_id")),
        sa.PrimaryKeyConstraint("story_id", "who", name=op.f("pk_draft")),
    )


def _who_is_here() -> None:
    op.create_table(
        "edit_lock",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_from", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_edit_lock_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_edit_lock")),
    )
    op.create_table(
        "presence",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_presence_story_id")),
        sa.PrimaryKeyConstraint("story_id", "who", name=op.f("pk_presence")),
    )


def _decided_and_asked() -> None:
    op.create_table(
        "decision",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_decision_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_decision")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=254), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_question_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_story_id_id"), "question", ["story_id", "id"])


def downgrade() -> None:
    for table in ("question", "decision", "presence", "edit_lock", "draft", "story_edits"):
        op.drop_table(table)
    for column in ("edition_edits", "edits_base", "edits_version"):
        op.drop_column("story", column)  # in place: other tables refer to this one, which SQLite would not let go
