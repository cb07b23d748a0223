"""Ideas lists as organisations really keep them: any of a dozen formats, one understanding.

A format's file turns a text into blocks (`tree.py`); `parts.py` sees what may be an idea,
`finding.py` decides, and `ideas.py` says what it states.
"""

from gsocbot.importers.lists.ideas import FoundIdea, as_idea
from gsocbot.importers.lists.reading import ListRead, read_folder, read_list

__all__ = ["FoundIdea", "ListRead", "as_idea", "read_folder", "read_list"]
