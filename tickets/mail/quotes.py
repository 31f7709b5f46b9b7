"""Finds what is new in a reply."""

marker = "--- Please write your reply above this line ---"


def visible(text: str) -> str:
    """What the customer wrote; the whole text where nothing else is left."""
    new = text.partition(marker)[0].strip()
    return new or text.strip()
