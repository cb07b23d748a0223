"""What the server says of itself: its names, its capabilities, the words of its errors."""

from gsocbot.demo.server import names

SERVER = "demo.gsocbot"
NETWORK = "gsocbot-demo"
VERSION = "gsocbot-demo-1"

MOST_CHANNELS = 50
MOST_MODES = 12
MOST_TARGETS = 20

CAPS = (
    "account-notify",
    "account-tag",
    "batch",
    "cap-notify",
    "echo-message",
    "extended-join",
    "invite-notify",
    "labeled-response",
    "message-tags",
    "multi-prefix",
    "server-time",
    "setname",
    "userhost-in-names",
)

ISUPPORT = (
    "BOT=B",
    "CASEMAPPING=ascii",
    f"CHANLIMIT=#:{MOST_CHANNELS}",
    "CHANMODES=b,,,imnt",
    f"CHANNELLEN={names.CHANNELLEN}",
    "CHANTYPES=#",
    "LINELEN=512",
    f"MODES={MOST_MODES}",
    f"NETWORK={NETWORK}",
    f"NICKLEN={names.NICKLEN}",
    "PREFIX=(ov)@+",
    f"TARGMAX=PRIVMSG:{MOST_TARGETS},NOTICE:{MOST_TARGETS},TAGMSG:{MOST_TARGETS}",
    "WHOX",
)

MOTD = (
    "This server lives inside the gsocbot demo, on your own machine.",
    "Your nick is your account here, and nothing is kept when the demo ends.",
)

ERRORS = {
    "401": "No such nick",
    "403": "No such channel",
    "404": "Cannot send to channel",
    "405": "You have joined too many channels",
    "406": "There was no such nickname",
    "407": "Too many targets",
    "409": "No origin specified",
    "410": "Invalid CAP command",
    "411": "No recipient given",
    "412": "No text to send",
    "417": "Input line was too long",
    "421": "Unknown command",
    "431": "No nickname given",
    "432": "Erroneous nickname",
    "433": "Nickname is already in use",
    "441": "They are not on that channel",
    "442": "You are not on that channel",
    "443": "is already on channel",
    "451": "You have not registered",
    "461": "Not enough parameters",
    "462": "You may not reregister",
    "472": "is unknown mode char to me",
    "473": "Cannot join channel (+i)",
    "474": "Cannot join channel (+b)",
    "482": "You're not channel operator",
    "501": "Unknown MODE flag",
    "502": "Cannot change mode for other users",
}
