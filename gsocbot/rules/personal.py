"""What every column of every table holds of a person: the one list that export and forget go by.

A table or a column that is not here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holds:
    """What the columns of one table hold; `nothing` are those that hold nothing of anybody.

    `own` names the person whose row it is, by account or ~nick: the row goes with them. `named`
    are others in it, each with what stands there once they are forgotten; `lists` are accounts, a
    line each. A nick belongs to the column that it is `nicks`' value for. `texts` are people's
    words, `sentences` commands and words of the bot, `data` JSON, `terms` what search has made of
    texts, `slugs` short names made of titles. A row whose `looked_up` has somebody's name is found
    out anew. `apart` has a rule of its own.
    """

    own: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    nicks: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    looked_up: str = ""
    apart: tuple[str, ...] = ()
    nothing: str = ""

    @property
    def columns(self) -> list[str]:
        """All that are listed, in any order."""
        alone = [name for name in (self.own, self.looked_up) if name]
        several = (
            *(self.lists, self.texts, self.sentences, self.data),
            *(self.terms, self.slugs, self.apart),
        )
        named = [name for names in several for name in names]
        return [*alone, *self.named, *self.nicks, *named, *self.nothing.split()]


GONE = "(removed)"
"""What stands where somebody's name was."""

NOBODY = ""
"""What stands there where an empty column means that nobody is."""

HOLDS: Mapping[str, Holds] = {
    "season": Holds(
        nothing="key title organisation year word list subject about since announced_at closed_at"
    ),
    "idea": Holds(
        named={"proposer": NOBODY},
        texts=("title", "summary", "description", "outcome", "skills", "contact"),
        data=("imported",),
        terms=("words_title", "words_keys", "words_body"),
        slugs=("slug",),
        nothing="id season number difficulty levels size size_hours tags org external_id"
        " state in_folder",
    ),
    "ideamentor": Holds(named={"name": GONE}, nothing="idea position season"),
    "interest": Holds(own="account", nothing="id idea season network at"),
    "watch": Holds(own="account", nothing="id idea season network at"),
    "offer": Holds(own="account", nothing="id idea season network at"),
    "mentor": Holds(
        own="account",
        named={"backup": NOBODY},
        texts=("hours",),
        nothing="id season network away_from away_until agreed_at",
    ),
    "deadline": Holds(
        named={"acked_by": GONE},
        texts=("title", "short"),
        data=("imported",),
        nothing="id season slug at day audience kind source ours_minutes offsets acked_at sequence",
    ),
    "phase": Holds(nothing="season position name start end"),
    "series": Holds(
        texts=("title",),
        data=("imported",),
        nothing="id season name weekday time zone minutes first last every channel",
    ),
    "officechange": Holds(texts=("why",), nothing="id season series day skipped to_day to_time at"),
    "officeduty": Holds(own="account", nothing="id season series day network off at"),
    "officesession": Holds(
        named={"chair": GONE},
        lists=("chairs",),
        texts=("title", "topic_before", "topic_set"),
        nothing="id season network channel day started_at until ended_at series queue_open warned"
        " heard_until",
    ),
    "line": Holds(
        named={"account": GONE},
        nicks={"nick": "account"},
        texts=("text",),
        nothing="id session season at action kind",
    ),
    "question": Holds(
        named={"asker": GONE, "claimed_by": NOBODY, "answered_by": GONE},
        nicks={"nick": "asker"},
        texts=("text", "answer"),
        nothing="id season number network channel idea at claimed_until answered_at",
    ),
    "faqentry": Holds(
        named={"author": GONE, "checked_by": GONE},
        texts=("answer", "title"),
        nothing="id season key aliases source state at",
    ),
    "faqcount": Holds(own="word", nothing="season day known times"),
    "queueplace": Holds(
        own="asker",
        named={"helper": GONE},
        nicks={"nick": "asker"},
        texts=("text", "note"),
        nothing="id season network state at session turn channel called_at done_at",
    ),
    "actionitem": Holds(
        named={"owner": NOBODY, "by": GONE, "done_by": GONE},
        nicks={"nick": "owner"},
        texts=("text",),
        nothing="id season number session network at done_at",
    ),
    "checkedlink": Holds(
        looked_up="url", nothing="id season checked_at fault failures failing_since"
    ),
    "person": Holds(
        own="account",
        nothing="id season network zone quiet_from quiet_until pm office public applicant_at",
    ),
    "reminder": Holds(
        own="account",
        texts=("text",),
        nothing="id season number network channel day time zone at made_at",
    ),
    "grant": Holds(own="account", nothing="id season network role"),
    "accesscode": Holds(own="account", nothing="id season network digest until"),
    "outbox": Holds(
        apart=("key", "target", "payload", "text", "why"),
        nothing="id season network notice topic due expires state owner lease_until attempts"
        " sent_at",
    ),
    "audit": Holds(
        apart=("account", "what", "before", "after", "undo"),
        nothing="id deed at season network place table_name row_key undone_at",
    ),
    "student": Holds(
        own="account",
        named={"mentor": NOBODY, "backup": NOBODY},
        texts=("blog", "meeting"),
        nothing="id season network idea at ends_at ended_at seen_at",
    ),
    "givenlist": Holds(own="account", named={"by": GONE}, nothing="id season network checklist at"),
    "checkeditem": Holds(
        own="account",
        named={"by": GONE},
        texts=("link",),
        nothing="id season network checklist item at",
    ),
    "itemnote": Holds(
        own="account",
        named={"by": GONE},
        texts=("text",),
        nothing="id season network checklist item at",
    ),
    "report": Holds(
        own="account",
        texts=("did", "next", "stuck", "link"),
        nothing="id season network week at changed_at",
    ),
    "reportskip": Holds(
        own="account", texts=("reason",), nothing="id season network since until at"
    ),
    "evaluation": Holds(
        own="account",
        named={"author": NOBODY, "submitted_by": GONE},
        nothing="id season network which submitted_at at",
    ),
    "proposal": Holds(own="account", texts=("url",), nothing="id season network idea at"),
    "export": Holds(own="account", nothing="id season network token at until"),
    "erasure": Holds(nothing="digest at"),
    "hackathon": Holds(
        named={"account": GONE},
        lists=("chairs",),
        texts=("name", "place"),
        slugs=("slug",),
        nothing="id season first last zone network channel opens closes at",
    ),
    "hacker": Holds(
        own="account",
        texts=("skills", "affiliation"),
        nothing="id season hackathon network country named at seen_on",
    ),
    "hacktopic": Holds(
        named={"account": GONE, "now_by": GONE},
        texts=("title", "skills", "now_text", "next_text", "link"),
        slugs=("slug",),
        nothing="id season hackathon number network now_at next_at at ended_at",
    ),
    "topichacker": Holds(own="account", nothing="id season topic network at"),
    "hackslot": Holds(
        named={"account": GONE},
        texts=("room", "room_key"),
        nothing="id season hackathon topic day start end network at",
    ),
    "hackevent": Holds(
        named={"account": GONE},
        texts=("what", "room"),
        nothing="id season hackathon number kind start network at",
    ),
    "eventguest": Holds(own="account", nothing="id season event network at"),
    "demo": Holds(
        named={"account": GONE},
        nicks={"nick": "account"},
        texts=("title", "link"),
        nothing="id season hackathon number day position minutes network at started_at done_at",
    ),
    "ticket": Holds(
        named={"account": GONE, "helper": NOBODY},
        nicks={"nick": "account"},
        texts=("text",),
        nothing="id season hackathon number network channel at claimed_at solved_at",
    ),
    "outcome": Holds(
        named={"account": GONE},
        texts=("text", "link"),
        nothing="id season hackathon number topic idea network at",
    ),
    "thanks": Holds(
        named={"account": GONE},
        lists=("thanked",),
        texts=("whom", "what"),
        nothing="id season hackathon network at",
    ),
    "poll": Holds(
        named={"account": GONE, "closed_by": GONE},
        texts=("question",),
        data=("options",),
        nothing="id season number kind audience live quorum until network channel at closed_at"
        " result voters",
    ),
    "checkin": Holds(
        own="account",
        nicks={"nick": "account"},
        texts=("place",),
        nothing="id season hackathon network topic day since",
    ),
    "ballotbox": Holds(nothing="poll season secret"),
    "ballot": Holds(apart=("voter",), nothing="id season poll choice"),
}
