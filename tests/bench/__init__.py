"""How fast the bot is, beside a bare bot: `make bench`, or python -m tests.bench [--quick]."""
