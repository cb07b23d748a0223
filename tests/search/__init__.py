"""How well search finds: questions with the ideas that answer them, and what of it is reached."""
