"""Stories are rendered once for each form, when they change, and feeds are joined from the pieces.

What changed in the last month waits to be rendered; older stories are rendered by whoever reads them. Old code may run
beside it: it renders for itself, and what it publishes is rendered by whoever reads it.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0740", "20261123_0718"


def upgrade() -> None:
    op.create_table(
        "fragment",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_fragment_story_id")),
        sa.PrimaryKeyConstraint("story_id", "form", "policy", name=op.f("pk_fragment")),
    )
    op.create_index(op.f("ix_fragment_recipe"), "fragment", ["recipe"])
    op.create_index(op.f("ix_fragment_made_at"), "fragment", ["made_at"])
    op.create_table(
        "unrendered",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_unrendered_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_unrendered")),
    )
    changed_at = sa.column("changed_at", sa.DateTime(timezone=True))
    story = sa.table("story", sa.column("id"), sa.column("edition_version"), changed_at)
    lately = changed_at > datetime.now(UTC) - timedelta(days=30)
    newest = sa.select(story.c.id, story.c.edition_version).where(story.c.edition_version.is_not(None), lately)
    waiting = sa.table("unrendered", sa.column("story_id"), sa.column("version"))
    op.execute(waiting.insert().from_select(["story_id", "version"], newest))


def downgrade() -> None:
    op.drop_table("unrendered")
    op.drop_table("fragment")
