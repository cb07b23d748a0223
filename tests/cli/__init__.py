"""The command line, as its users and their scripts see it."""
