"""Alembic's migrations, from the first table on; never edited after a release."""
