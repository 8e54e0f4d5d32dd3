"""Texts that wait to be compared stand in rows of their own, many for one job.

Old code goes on wishing a job for each story; whoever does such a job does what there is.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0700", "20261123_0519"


def upgrade() -> None:
    op.create_table(
        "uncompared",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_uncompared_story_id"),
        sa.PrimaryKeyConstraint("story_id", name="pk_uncompared"),
    )
    # jobs of the release before name a story each, and that release's workers may be gone
    op.execute(
        "INSERT INTO uncompared (story_id, revision) SELECT story.id, story.revision FROM story "
        "JOIN job ON job.ref = story.id WHERE job.kind = 'compare'"
    )


def downgrade() -> None:
    op.drop_table("uncompared")
