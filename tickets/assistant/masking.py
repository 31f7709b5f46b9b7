"""What never leaves the house: addresses of mail, links, and long numbers such as those of cards and accounts."""

import re

HIDDEN = (
    ("link", re.compile(r"https?://\S+", re.I)),
    ("email", re.compile(r"[^\s<>()\[\],;:\"@]{1,320}@[\w-]+(?:\.[\w-]+)*")),
    ("number", re.compile(r"\d(?:[ .-]{0,2}\d){12,}")),  # a card has 13 to 19 digits (ISO/IEC 7812-1)
)


class Mask:
    """Puts marks such as [email 1] in place of what is hidden, the same mark for the same words, and takes them back."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def hide(self, text: str) -> str:
        for kind, pattern in HIDDEN:
            text = pattern.sub(lambda found, kind=kind: self._mark(kind, found[0]), text)  # type: ignore[misc]
        return text

    def show(self, text: str) -> str:
        """The text with the words themselves where their marks stand."""
        for words, mark in self._marks.items():
            text = text.replace(mark, words)
        return text

    def _mark(self, kind: str, words: str) -> str:
        return self._marks.setdefault(words, f"[{kind} {len(self._marks) + 1}]")
