"""What gsocbot remembers: tables, queries (a file a noun), search, the outbox, migrations."""
