"""Questions in plain words, and how many of them are understood: `python -m tests.questions`."""
