"""A mail as it goes out: its headers, and what tells the same mail from another."""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

FROM = "gsocbot"


def letter(
    *, sender: str, to: str, subject: str, text: str, occasion: str, now: datetime
) -> EmailMessage:
    """A mail to one address. The same occasion and address have the same Message-ID.

    Nothing can add a header: the package refuses line ends in them.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(FROM, addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    digest = hashlib.sha256(f"{occasion}\0{to.lower()}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply, please
    # Lines of any length and letters of any kind, through servers that know neither.
    message.set_content(text, cte="quoted-printable")
    return message
