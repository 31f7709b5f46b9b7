"""The text that holds now: the team's own, else the house's, else the one that we ship."""

from tickets.letters.filling import Text
from tickets.letters.kinds import DEFAULT, kinds
from tickets.letters.shipped import shipped
from tickets.models import Letter
from tickets.models.kept import Kept


def _read() -> dict[tuple[str, str, int | None], Text]:
    rows = Letter.objects.filter(replaced_at=None).values_list("key", "locale", "team", "subject", "body")
    return {(key, locale, team): Text(subject, body) for key, locale, team, subject, body in rows}


own = Kept(_read, Letter)


def in_force(key: str, locale: str, team: int | None) -> Text:
    """The text of this letter in this language, in the default language where it has none. Raises KeyError."""
    texts = own()
    locale = locale if locale in kinds[key].locales else DEFAULT
    return texts.get((key, locale, team)) or texts.get((key, locale, None)) or shipped(key, locale)
