"""An office hour with a crowd, whose bot is killed again and again."""
