"""What the command line cannot use."""


class Unusable(Exception):
    """Input that cannot be used: one line for whoever typed it."""
