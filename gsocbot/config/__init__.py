"""gsocbot.toml as frozen values; a fault names its key and line, all faults at once."""

from gsocbot.config.faults import ConfigError
from gsocbot.config.mail import Mail, MailTls, SeasonMail, is_address
from gsocbot.config.reading import DEFAULT_FILE, load, parsed
from gsocbot.config.sections import (
    Bot,
    Channel,
    ChannelRole,
    Config,
    Limits,
    Links,
    Mechanism,
    Network,
    Sasl,
    SeasonConfig,
    Server,
    Site,
    StoreUrl,
)

__all__ = [
    "DEFAULT_FILE",
    "Bot",
    "Channel",
    "ChannelRole",
    "Config",
    "ConfigError",
    "Limits",
    "Links",
    "Mail",
    "MailTls",
    "Mechanism",
    "Network",
    "Sasl",
    "SeasonConfig",
    "SeasonMail",
    "Server",
    "Site",
    "StoreUrl",
    "is_address",
    "load",
    "parsed",
]
