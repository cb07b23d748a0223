"""A whole year under a clock that is handed in: every line that is due, exactly once."""
