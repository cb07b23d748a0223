"""The static pages: what is on them, what cannot get into them, and that they are always whole."""
