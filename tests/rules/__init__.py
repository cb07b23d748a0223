"""Rules at their edges, and the bot before any line."""
