"""Asking the web: a real HTTP server on loopback, the guard before each socket, the pace."""
