"""Checks a template before it comes into force: its slots, its variants, its length, and our own rules on its filled text.

Pure. A text that trips a rule of level error would stop the agent who uses it, so it never gets that far.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tickets.empathy.check import Context, check_with
from tickets.empathy.check.metrics import grade
from tickets.empathy.check.rulebook import Rulebook, rulebook
from tickets.empathy.slots import SLOTS, locales, slot_words
from tickets.empathy.templates import FEWEST_VARIANTS, HIGHEST_LEVEL, STAGES, TemplateFile, body_problems, render

MOST_WORDS, FEWEST_WORDS = 160, 20
HIGHEST_GRADE = 8.0  # of Flesch and Kincaid, who measured English
MOST_VARIANTS, LONGEST_VARIANT, LONGEST_TITLE = 12, 4_000, 120  # variants, characters
MOST_LINES = 20  # of guards and of remedies
DAY_OF_SAMPLES = date(2026, 5, 11)  # Monday before the days that the samples name


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: `field` as `title` or `variants.0`, `line` from 1 inside of it (None: no one line)."""

    field: str
    line: int | None
    reason: str

    @property
    def sentence(self) -> str:
        said = f"Line {self.line}: {self.reason}" if self.line else self.reason
        return said[0].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class Preview:
    """A variant filled for a believable customer: how many words, and its reading grade where one can be told."""

    text: str
    words: int
    grade: float | None


def preview(body: str, locale: str) -> Preview:
    """Fill a variant with the sample of its language, which must be one of `slots.locales()`."""
    text = render(body, slot_words(locale).samples).text
    told = grade(rulebook(locale).read(text, "", Context())) if locale == "en" else None
    return Preview(text, len(text.split()), told)


def problems(template: TemplateFile) -> tuple[Problem, ...]:
    """Return what keeps a template from coming into force, in the order of its fields; none where it may."""
    return (*_front(template), *_bodies(template))


def _front(template: TemplateFile) -> Iterator[Problem]:
    if not 1 <= len(template.title) <= LONGEST_TITLE:
        yield Problem("title", None, f"a title has 1 to {LONGEST_TITLE} characters.")
    if template.stage not in STAGES:
        yield Problem("stage", None, f"{template.stage!r} is no stage; there are {', '.join(STAGES)}.")
    if not 0 <= template.level <= HIGHEST_LEVEL:
        yield Problem("level", None, f"{template.level} is no level from 0 to {HIGHEST_LEVEL}.")
    if template.locale not in locales():
        yield Problem(
            "locale", None, f"{template.locale!r} is no language that has slots; there are {', '.join(locales())}."
        )
    for slot in template.required:
        if slot not in SLOTS:
            yield Problem("required", None, f"there is no slot called {slot!r}.")
    for name, lines in (("guards", template.guards), ("remedies", template.remedies)):
        if len(lines) > MOST_LINES:
            yield Problem(name, None, f"at most {MOST_LINES} lines.")


def _bodies(template: TemplateFile) -> Iterator[Problem]:
    if not FEWEST_VARIANTS <= len(template.variants) <= MOST_VARIANTS:
        many = f"{len(template.variants)} variants; it takes {FEWEST_VARIANTS} to {MOST_VARIANTS}"
        yield Problem("variants", None, f"{many}, so that nobody reads the same text twice.")
    for place, body in enumerate(template.variants[:MOST_VARIANTS]):
        for line, reason in _body(body, template, place):
            yield Problem(f"variants.{place}", line, reason)


def _body(body: str, template: TemplateFile, place: int) -> Iterator[tuple[int | None, str]]:
    if len(body) > LONGEST_VARIANT:
        yield None, f"a variant has at most {LONGEST_VARIANT} characters."
        return
    wrong = list(body_problems(body, template.required))
    if body in template.variants[:place]:
        wrong.append((None, "this variant repeats another one."))
    yield from wrong
    if not wrong and template.locale in locales():
        yield from _filled(body, template)


def _filled(body: str, template: TemplateFile) -> Iterator[tuple[int | None, str]]:
    shown = preview(body, template.locale)
    if shown.words > MOST_WORDS:
        yield None, f"it has {shown.words} words when it is filled; at most {MOST_WORDS} are read to the end."
    if shown.words < FEWEST_WORDS:
        yield None, f"it has {shown.words} words when it is filled; say a little more than that."
    if shown.grade is not None and shown.grade > HIGHEST_GRADE:
        yield None, f"it reads at grade {shown.grade:.1f}; shorter sentences and words bring it to {HIGHEST_GRADE:.0f}."
    yield from _rules_tripped(body, shown.text, template)


def _rules_tripped(body: str, text: str, template: TemplateFile) -> Iterator[tuple[int | None, str]]:
    spoken = slot_words(template.locale)
    book: Rulebook = rulebook(template.locale)
    for finding in check_with(book, text, spoken.message, _context(template, spoken.samples)).findings:
        if finding.level == "error" and not finding.rule.startswith("answer."):
            words = "" if finding.start is None else text[finding.start : finding.end]
            yield (
                _line_of(words, body),
                f"“{words}” trips our rule {finding.rule}. {finding.message}" if words else finding.message,
            )


def _line_of(words: str, body: str) -> int | None:
    """The line of the template in which the words stand; None where they come from a slot."""
    return next((number for number, line in enumerate(body.splitlines(), start=1) if words and words in line), None)


def _context(template: TemplateFile, samples: Mapping[str, str]) -> Context:
    return Context(
        customer_name=slot_words(template.locale).customer,
        agent_name=samples["owner"],
        situation=template.situation,
        today=DAY_OF_SAMPLES,
        locale=template.locale,
    )
