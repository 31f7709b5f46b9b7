"""What mail programs write around a reply, in the languages that they speak."""

from tickets.mail.quoting.phrases import asian, germanic, others, romance, slavic
from tickets.mail.quoting.phrases.phrases import Phrases

LANGUAGES: tuple[Phrases, ...] = (
    *germanic.LANGUAGES,
    *romance.LANGUAGES,
    *slavic.LANGUAGES,
    *others.LANGUAGES,
    *asian.LANGUAGES,
)

__all__ = ["LANGUAGES", "Phrases"]
