"""Reads the file of fresh wordings and measures how many faults are found and how many near misses are flagged."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tickets.empathy.check import Finding, check

HERE = Path(__file__).parent
OF_A_WHOLE_DRAFT = frozenset(
    """apology.missing apology.no-ownership apology.too-many apology.excuse-first ack.no-own-words ack.hollow ack.no-name
    ack.wrong-name answer.unanswered answer.link-only promise.broken-ignored promise.no-date promise.relative
    argue.no-option close.no-next-step close.unsigned option.single tone.exclaim tone.no-I form.too-short
    form.long-sentence form.grade""".split()
)


@dataclass(frozen=True)
class Wording:
    """A draft written for one rule, with its facts; `fault` says whether the rule's group should speak."""

    rule: str
    draft: str
    fault: bool
    facts: dict

    @property
    def group(self) -> str:
        return self.rule.split(".")[0] + "."

    @property
    def locale(self) -> str:
        return str(self.facts["locale"])

    @property
    def stands_anywhere(self) -> bool:
        """Whether the fault lies in its own words, whatever stands around them."""
        return self.rule not in OF_A_WHOLE_DRAFT

    def is_found(self) -> bool:
        return any(finding.rule.startswith(self.group) for finding in self._findings(self.draft))

    def is_found_inside(self, reply: str) -> bool:
        """Whether it is found at its own place in a reply, which has a gap {} for it."""
        start = reply.index("{}")
        own = range(start, start + len(self.draft))
        return any(
            finding.rule.startswith(self.group) and (finding.start is None or finding.start in own)
            for finding in self._findings(reply.replace("{}", self.draft))
        )

    def _findings(self, draft: str) -> tuple[Finding, ...]:
        facts = dict(self.facts)
        message = facts.pop("customer", "")
        return check(draft, message, facts).findings


def wordings(filename: str) -> Iterator[Wording]:
    rule, facts = "", {}
    for line in (HERE / filename).read_text("utf-8").splitlines():
        if line.startswith("["):
            rule, facts = line.strip("[]"), {"locale": filename.split("_")[1][:2]}
        elif line.startswith("@"):
            facts = facts | read_facts(line[1:].strip())
        elif line[:2] in ("! ", "= "):
            yield Wording(rule, line[2:].replace(" / ", "\n"), line[0] == "!", facts)


def replies(locale: str) -> list[str]:
    """Good replies of 60 to 120 words, each with a gap {} for one more sentence."""
    return [reply.strip() for reply in (HERE / f"replies_{locale}.txt").read_text("utf-8").split("---")]


def read_facts(written: str) -> dict:
    if written.startswith("customer: "):
        return {"customer": written.removeprefix("customer: ")}
    facts: dict = {}
    for pair in written.split(", "):
        name, value = pair.split(": ", 1)
        facts[name] = {"true": True, "false": False}.get(value, value)
    if "known" in facts:
        facts["known"] = facts["known"].split("; ")
    if "open_promise" in facts:
        what, due = facts["open_promise"].split(" / ")
        facts["open_promise"] = {"what": what, "due": due}
    return facts
