"""Campaigns of made-up input: `make fuzz`, or python -m tests.fuzz [--lines N] [--seed S]."""
