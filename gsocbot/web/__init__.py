"""Asking the web whether links are still there, in a process of its own."""
