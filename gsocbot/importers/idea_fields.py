"""The fields of an idea, by the names that Markdown and JSON share."""

from gsocbot.importers.fields import Fields
from gsocbot.rules.ideas import LEVELS, IdeaState, IdeaText

_STATES = {str(state): state for state in IdeaState}


def stated(fields: Fields) -> IdeaText:
    """The idea as its fields state it; what is not stated stays empty."""
    return IdeaText(
        title=fields.needed("title"),
        slug=fields.slug("slug"),
        number=fields.whole("number"),
        summary=fields.text("summary"),
        outcome=fields.block("outcome"),
        mentors=fields.texts("mentors", split=True),
        difficulty=fields.text("difficulty", number=True),
        levels=_levels(fields),
        size=fields.text("size", number=True),
        size_hours=fields.hours("size_hours"),
        skills=", ".join(fields.texts("skills")),
        contact=fields.texts("contact"),
        tags=fields.texts("tags", split=True),
        org=fields.text("org"),
        external_id=fields.text("external_id", number=True) or fields.text("id", number=True),
        state=fields.choice("state", _STATES, IdeaState.PUBLISHED),
    )


def _levels(fields: Fields) -> tuple[str, ...]:
    levels = fields.texts("levels")
    if not set(levels) <= set(LEVELS):
        fields.fault("levels", f"write some of {', '.join(LEVELS)}")
    return tuple(level for level in levels if level in LEVELS)
