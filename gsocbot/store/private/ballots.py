"""Votes: one for each account, counted and thrown away when the poll ends; nobody audits them.

A ballot knows its voter by a digest, for which one needs the secret of the box. Nothing outside
this file reads a choice, and what it gives are counts.
"""

import hmac
import secrets
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, or_, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.poll_counting import counted
from gsocbot.rules.polls import PollKind, Result
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.polls import options_of
from gsocbot.store.private.tables import Ballot, BallotBox

SECRET_BYTES = 32
EMPTIED = ""
"""The secret of a box that was counted: its bytes are still to be swept out of the file.

So they are of a box whose poll is gone: the ballots went with that."""

_SECRET = columns(col(BallotBox.secret)).where(col(BallotBox.poll) == bindparam("of_poll"))
_BOXES = columns(col(BallotBox.poll), col(BallotBox.secret))
_CHOICES = (
    columns(col(Ballot.choice))
    .where(col(Ballot.poll) == bindparam("of_poll"))
    .order_by(col(Ballot.choice))
)
_COUNT = columns(func.count()).where(col(Ballot.poll) == bindparam("of_poll"))
_OWN = (
    col(Ballot.poll) == bindparam("of_poll"),
    col(Ballot.voter) == bindparam("of_voter"),
)
_TO_SWEEP = or_(col(BallotBox.secret) == EMPTIED, col(BallotBox.poll).not_in(columns(col(Poll.id))))
_CHANGE = update(Ballot).where(*_OWN).values(choice=bindparam("new_choice"))
_TAKE_OUT = delete(Ballot).where(*_OWN)
_EMPTY = delete(Ballot).where(col(Ballot.poll) == bindparam("of_poll"))
_BOX_OF = update(BallotBox).where(col(BallotBox.poll) == bindparam("of_poll"))
_FORGET_SECRET = _BOX_OF.values(secret=EMPTIED)
_RENEW = _BOX_OF.values(secret=bindparam("new_secret"))


def cast(books: Books, poll: Poll, network: str, account: str, choice: Sequence[int]) -> None:
    """Keep the vote of an account, in the place of the one it had; an empty one takes it back."""
    own = {"of_poll": poll.id, "of_voter": digest(_secret(books, poll), network, account)}
    if not choice:
        books.rows(_TAKE_OUT, own)
        return
    written = ",".join(str(number + 1) for number in choice)
    if books.connection.execute(_CHANGE, {**own, "new_choice": written}).rowcount == 0:
        values = {"season": poll.season, "poll": poll.id, "voter": own["of_voter"]}
        books.rows(insert(Ballot).values(**values, choice=written))


def count(books: Books, poll: Poll) -> int:
    """How many have voted so far."""
    return int(books.rows(_COUNT, {"of_poll": poll.id}).scalar() or 0)


def so_far(books: Books, poll: Poll) -> Result:
    """What the votes of a running poll come to."""
    kept = books.rows(_CHOICES, {"of_poll": poll.id}).scalars()
    votes = [[int(number) - 1 for number in choice.split(",")] for choice in kept]
    return counted(options_of(poll), votes, PollKind(poll.kind), poll.quorum)


def throw_away(books: Books, poll: Poll) -> None:
    """Throw away all votes of a poll, and what could tell whose they were."""
    books.rows(_EMPTY, {"of_poll": poll.id})
    books.rows(_FORGET_SECRET, {"of_poll": poll.id})


def forget(books: Books, network: str, account: str) -> None:
    """Take somebody's votes out of all polls that run."""
    for poll, secret in books.rows(_BOXES).all():
        if secret != EMPTIED:
            books.rows(_TAKE_OUT, {"of_poll": poll, "of_voter": digest(secret, network, account)})


def emptied(books: Books) -> list[int]:
    """The polls whose votes are thrown away, but not yet swept out of the file."""
    return [row.poll for row in books.rows(_BOXES.where(_TO_SWEEP))]


def swept(books: Books, polls: Sequence[int]) -> None:
    """Nothing is left of the votes of some polls in the file either."""
    books.rows(delete(BallotBox).where(col(BallotBox.poll).in_(polls), _TO_SWEEP))


def _secret(books: Books, poll: Poll) -> str:
    """What tells the voters of a poll apart; made with its first vote."""
    found = books.rows(_SECRET, {"of_poll": poll.id}).scalar()
    if found:
        return str(found)
    made = secrets.token_hex(SECRET_BYTES)
    if found is None:
        books.rows(insert(BallotBox).values(poll=poll.id, season=poll.season, secret=made))
    else:  # of a poll that was dropped, whose number a new one has; swept out with its end
        books.rows(_RENEW, {"of_poll": poll.id, "new_secret": made})
    return made


def digest(secret: str, network: str, account: str) -> str:
    """By what a ballot knows its voter."""
    return hmac.digest(secret.encode(), f"{network}\n{account}".encode(), "sha256").hex()
