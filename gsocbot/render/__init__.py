"""Values as words, lines and pages."""
