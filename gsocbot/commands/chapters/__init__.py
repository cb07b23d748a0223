"""The commands by chapters, each listed by hand in the order in which the manual shows it."""
