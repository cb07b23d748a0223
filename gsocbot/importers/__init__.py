"""Files that people write, turned into values: seasons, timelines, checklists, ideas."""
