"""hackathons and polls"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hackathon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chairs", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_hackathon_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hackathon")),
        sa.UniqueConstraint("season", "slug", name=op.f("uq_hackathon_season_slug")),
    )
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_poll_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("season", "number", name=op.f("uq_poll_season_number")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=False),
        sa.Column("voter", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("choice", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll"], ["poll.id"], name=op.f("fk_ballot_poll"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_ballot_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("poll", "voter", name=op.f("uq_ballot_poll_voter")),
    )
    op.create_table(
        "ballotbox",
        sa.Column("poll", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secret", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_ballotbox_season")),
        sa.PrimaryKeyConstraint("poll", name=op.f("pk_ballotbox")),
    )
    op.create_table(
        "checkin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nick", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_checkin_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_checkin_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin")),
        sa.UniqueConstraint(
            "hackathon", "network", "account", name=op.f("uq_checkin_hackathon_network_account")
        ),
    )
    op.create_table(
        "demo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nick", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_demo_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_demo_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo")),
        sa.UniqueConstraint("hackathon", "number", name=op.f("uq_demo_hackathon_number")),
    )
    op.create_table(
        "hacker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_hacker_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_hacker_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacker")),
        sa.UniqueConstraint(
            "hackathon", "network", "account", name=op.f("uq_hacker_hackathon_network_account")
        ),
    )
    op.create_table(
        "hackevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_hackevent_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_hackevent_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hackevent")),
        sa.UniqueConstraint("hackathon", "number", name=op.f("uq_hackevent_hackathon_number")),
    )
    op.create_table(
        "hacktopic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("now_text", sa.Text(), nullable=False),
        sa.Column("now_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("now_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("next_text", sa.Text(), nullable=False),
        sa.Column("next_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_hacktopic_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_hacktopic_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hacktopic")),
        sa.UniqueConstraint("hackathon", "number", name=op.f("uq_hacktopic_hackathon_number")),
        sa.UniqueConstraint("hackathon", "slug", name=op.f("uq_hacktopic_hackathon_slug")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=True),
        sa.Column("idea", sa.Integer(), nullable=True),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_outcome_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["idea"], ["idea.id"], name=op.f("fk_outcome_idea"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_outcome_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("hackathon", "number", name=op.f("uq_outcome_hackathon_number")),
    )
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("whom", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("thanked", sa.Text(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_thanks_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_thanks_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_hackathon"), ["hackathon"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nick", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("helper", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("claimed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("solved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_ticket_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_ticket_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("hackathon", "number", name=op.f("uq_ticket_hackathon_number")),
    )
    op.create_table(
        "eventguest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"], ["hackevent.id"], name=op.f("fk_eventguest_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_eventguest_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eventguest")),
        sa.UniqueConstraint(
            "event", "network", "account", name=op.f("uq_eventguest_event_network_account")
        ),
    )
    op.create_table(
        "hackslot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hackathon", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("end", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hackathon"], ["hackathon.id"], name=op.f("fk_hackslot_hackathon"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_hackslot_season")),
        sa.ForeignKeyConstraint(
            ["topic"], ["hacktopic.id"], name=op.f("fk_hackslot_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hackslot")),
        sa.UniqueConstraint("topic", "day", name=op.f("uq_hackslot_topic_day")),
    )
    with op.batch_alter_table("hackslot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hackslot_hackathon"), ["hackathon"], unique=False)

    op.create_table(
        "topichacker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["season"], ["season.key"], name=op.f("fk_topichacker_season")),
        sa.ForeignKeyConstraint(
            ["topic"], ["hacktopic.id"], name=op.f("fk_topichacker_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topichacker")),
        sa.UniqueConstraint(
            "topic", "network", "account", name=op.f("uq_topichacker_topic_network_account")
        ),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup that was made before the upgrade")
