"""The networks: one link each, on the irc package, which is subclassed and not trusted."""
