"""The demo: an embedded IRC server, a season whose dates are near, a chat in the terminal."""
