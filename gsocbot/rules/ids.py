"""How people write numbers and names of things: 7, #7, idea 7, q12."""

MOST_DIGITS = 9


def whole_number(word: str) -> int | None:
    """The number that a word is, with or without a leading #, or None."""
    digits = word.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS:
        return int(digits)
    return None
