"""The seven steps of a good answer, each lit by what the draft holds and never ticked by hand."""

from collections.abc import Callable, Iterable, Mapping

from tickets.empathy.check.finders.acknowledging import takes_up_their_words
from tickets.empathy.check.finders.answering import is_answered, questions
from tickets.empathy.check.findings import Finding
from tickets.empathy.check.reading import Reading

DARKENED_BY: Mapping[str, tuple[str, ...]] = {
    "acknowledge": ("ack.no-own-words", "ack.hollow"),
    "own": ("apology.missing", "apology.no-ownership", "apology.passive", "blame."),
    "act": (),
    "options": ("option.single", "argue.no-option"),
    "promise": ("promise.",),
    "follow_up": ("close.no-next-step",),
    "answer": ("answer.",),
}
"""The rules whose finding keeps a step dark; a name that ends in a dot is a whole group."""


def steps_of(reading: Reading, findings: Iterable[Finding]) -> dict[str, bool]:
    """Say for each step, in order, whether it is lit."""
    found = {finding.rule for finding in findings}
    return {
        step: LIT[step](reading) and not any(_darkens(rule, name) for rule in found for name in names)
        for step, names in DARKENED_BY.items()
    }


def _darkens(rule: str, name: str) -> bool:
    return rule.startswith(name) if name.endswith(".") else rule == name


def _owns(reading: Reading) -> bool:
    """Where the fault is not ours there is nothing to own, so the step is lit."""
    return not reading.context.our_fault or bool(reading.find("own_act"))


def _acts(reading: Reading) -> bool:
    return bool(reading.find("past_act"))


def _gives_options(reading: Reading) -> bool:
    """A choice of two remedies, put as a question."""
    return "?" in reading.draft.vocabulary and bool(reading.find("choice")) and bool(reading.find("remedy_named"))


def _promises(reading: Reading) -> bool:
    """A day that stands in the text, or in a promise that is recorded with it."""
    return bool(reading.context.promised) or bool(
        reading.numbers_of("calendar_date") & (reading.numbers_of("future") | reading.numbers_of("promise"))
    )


def _follows_up(reading: Reading) -> bool:
    """Somebody looks again, on a day."""
    return bool(reading.numbers_of("look_again") & reading.numbers_of("calendar_date"))


def _answers(reading: Reading) -> bool:
    return bool(reading.draft.sentences) and all(is_answered(reading, question) for question in questions(reading))


LIT: Mapping[str, Callable[[Reading], bool]] = {
    "acknowledge": takes_up_their_words,
    "own": _owns,
    "act": _acts,
    "options": _gives_options,
    "promise": _promises,
    "follow_up": _follows_up,
    "answer": _answers,
}
