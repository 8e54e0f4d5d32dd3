"""The ways in: documents kept once, work that waits for its time, sources, names and likeness of stories, pictures.

What was received moves from the revision to a document of its own, so that a feed of many stories is kept once; when
a story is due stands with the other work that waits. Old code cannot run beside it: stop it first.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0400", "20261123_0000"

BATCH = 200


def upgrade() -> None:
    _documents()
    _work_that_waits()
    _sources()
    _names_and_likeness()
    _pictures()


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.add_column("revision", sa.Column("document", sa.String(length=64), nullable=True))
    op.add_column("revision", sa.Column("door", sa.String(length=36), nullable=False, server_default=""))
    _move_bodies()
    with op.batch_alter_table("revision") as revisions:
        revisions.alter_column("document", nullable=False, existing_type=sa.String(length=64))
        revisions.alter_column("door", server_default=None, existing_type=sa.String(length=36))
        revisions.create_foreign_key(op.f("fk_revision_document"), "document", ["document"], ["sha256"])
        revisions.drop_column("body")


def _move_bodies() -> None:
    wire = op.get_bind()
    todo = sa.text("SELECT story_id, number, body FROM revision WHERE document IS NULL LIMIT :most")
    known = sa.text("SELECT 1 FROM document WHERE sha256 = :digest")
    keep = sa.text("INSERT INTO document (sha256, body) VALUES (:digest, :body)")
    point = sa.text("UPDATE revision SET document = :digest WHERE story_id = :story AND number = :number")
    while rows := wire.execute(todo, {"most": BATCH}).all():
        for story, number, body in rows:
            digest = hashlib.sha256(body).hexdigest()
            if wire.execute(known, {"digest": digest}).first() is None:
                wire.execute(keep, {"digest": digest, "body": body})
            wire.execute(point, {"digest": digest, "story": story, "number": number})


def _work_that_waits() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_job_kind_ref")),
    )
    op.create_index(op.f("ix_job_due_at"), "job", ["due_at"])
    op.execute(
        "INSERT INTO job (kind, ref, due_at, generation, token, tries, error) "
        "SELECT 'release', id, due_at, 1, '', 0, '' FROM story WHERE due_at IS NOT NULL"
    )
    op.drop_index(op.f("ix_story_due_at"), "story")
    op.drop_column("story", "due_at")


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("full_text", sa.String(length=20), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("callback", sa.String(length=64), nullable=True),
        sa.Column("subscription", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_source_outlet_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("callback", name=op.f("uq_source_callback")),
        sa.UniqueConstraint("outlet_id", "slug", name=op.f("uq_source_outlet_id_slug")),
    )
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_poll_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index(op.f("ix_poll_source_id_id"), "poll", ["source_id", "id"])
    op.create_table(
        "source_seen",
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("external_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_seen_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "external_hash", name=op.f("pk_source_seen")),
    )


def _names_and_likeness() -> None:
    op.create_table(
        "likeness",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("other_id", sa.String(length=36), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["story.id"], name=op.f("fk_likeness_other_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_likeness_story_id")),
        sa.PrimaryKeyConstraint("story_id", "other_id", name=op.f("pk_likeness")),
    )
    op.create_table(
        "sketch",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_sketch_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_sketch")),
    )
    op.create_table(
        "sketch_band",
        sa.Column("band", sa.String(length=32), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_sketch_band_story_id")),
        sa.PrimaryKeyConstraint("band", "story_id", name=op.f("pk_sketch_band")),
    )
    op.create_index(op.f("ix_sketch_band_story_id"), "sketch_band", ["story_id"])
    op.create_table(
        "story_name",
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_story_name_outlet_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_name_story_id")),
        sa.PrimaryKeyConstraint("name_hash", "outlet_id", name=op.f("pk_story_name")),
    )
    op.create_index(op.f("ix_story_name_story_id"), "story_name", ["story_id"])
    _own_names()
    op.create_table(
        "story_door",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("door", sa.String(length=36), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_door_story_id")),
        sa.PrimaryKeyConstraint("story_id", "door", name=op.f("pk_story_door")),
    )


def _own_names() -> None:
    """Every story is known by its own id, hashed as `store/names` does."""
    wire, last = op.get_bind(), ""
    todo = sa.text("SELECT id, outlet_id, external_id FROM story WHERE id > :last ORDER BY id LIMIT :most")
    give = sa.text("INSERT INTO story_name (name_hash, outlet_id, story_id) VALUES (:name, :outlet, :story)")
    while rows := wire.execute(todo, {"last": last, "most": BATCH}).all():
        for story, outlet, external_id in rows:
            name = hashlib.sha256(f"id:{external_id}".encode("utf-8", "replace")).hexdigest()
            wire.execute(give, {"name": name, "outlet": outlet, "story": story})
            last = story


def _pictures() -> None:
    op.create_table(
        "media",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_media")),
    )
    op.create_table(
        "picture",
        sa.Column("story_id", sa.String(length=36), nullable=False),
        sa.Column("href_hash", sa.String(length=64), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("media_sha256", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["media_sha256"], ["media.sha256"], name=op.f("fk_picture_media_sha256")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_picture_story_id")),
        sa.PrimaryKeyConstraint("story_id", "href_hash", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_media_sha256"), "picture", ["media_sha256"])


def downgrade() -> None:
    for table in ("picture", "media", "likeness", "sketch_band", "sketch", "story_door", "story_name"):
        op.drop_table(table)
    for table in ("source_seen", "poll", "source"):
        op.drop_table(table)
    op.add_column("story", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_story_due_at"), "story", ["due_at"])
    op.execute("UPDATE story SET due_at = (SELECT due_at FROM job WHERE kind = 'release' AND ref = story.id)")
    op.drop_table("job")
    op.add_column("revision", sa.Column("body", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE revision SET body = (SELECT body FROM document WHERE sha256 = revision.document)")
    with op.batch_alter_table("revision") as revisions:
        revisions.alter_column("body", nullable=False, existing_type=sa.LargeBinary())
        revisions.drop_constraint(op.f("fk_revision_document"), type_="foreignkey")
        revisions.drop_column("document")
        revisions.drop_column("door")
    op.drop_table("document")
