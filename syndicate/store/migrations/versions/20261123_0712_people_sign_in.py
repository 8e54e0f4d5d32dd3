"""People sign in: sessions, one-time links and codes, failures that are counted. Old code knows none of it."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "20261123_0712", "20261123_0700"


def upgrade() -> None:
    with op.batch_alter_table("desk_user") as table:
        table.add_column(sa.Column("language", sa.String(length=35), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("timezone", sa.String(length=64), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("totp_secret", sa.String(length=64), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
        table.add_column(sa.Column("oidc_subject", sa.String(length=255), nullable=True))
        table.create_unique_constraint(op.f("uq_desk_user_oidc_subject"), ["oidc_subject"])
    op.create_table(
        "desk_session",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("awaits_code", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        _of_user("desk_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_desk_session_token_hash")),
    )
    op.create_index(op.f("ix_desk_session_user_id"), "desk_session", ["user_id"])
    op.create_index(op.f("ix_desk_session_ends_at"), "desk_session", ["ends_at"])
    op.create_table(
        "desk_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        _of_user("desk_link"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_link")),
    )
    op.create_index(op.f("ix_desk_link_user_id"), "desk_link", ["user_id"])
    op.create_table(
        "desk_recovery_code",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        _of_user("desk_recovery_code"),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("pk_desk_recovery_code")),
    )
    op.create_table(
        "desk_failure",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_desk_failure")),
    )
    op.create_index(op.f("ix_desk_failure_last_at"), "desk_failure", ["last_at"])


def downgrade() -> None:
    for name in ("desk_failure", "desk_recovery_code", "desk_link", "desk_session"):
        op.drop_table(name)
    with op.batch_alter_table("desk_user") as table:
        table.drop_constraint(op.f("uq_desk_user_oidc_subject"), type_="unique")
        for column in ("oidc_subject", "totp_step", "totp_secret", "shortcuts", "timezone", "language"):
            table.drop_column(column)


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id")
    return sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=name, ondelete="CASCADE")
