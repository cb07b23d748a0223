"""The static pages: a snapshot of the store in, a folder of files out."""
