"""Reads the file of fresh wordings and measures how many faults are found and how many near misses are flagged."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tickets.empathy.check import check

HERE = Path(__file__).parent


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

    def is_found(self) -> bool:
        facts = dict(self.facts)
        message = facts.pop("customer", "")
        return any(finding.rule.startswith(self.group) for finding in check(self.draft, message, facts).findings)


def wordings(filename: str) -> Iterator[Wording]:
    rule, facts = "", {}
    for line in (HERE / filename).read_text("utf-8").splitlines():
        if line.startswith("["):
            rule, facts = line.strip("[]"), {"locale": filename.split("_")[1][:2]}
        elif line.startswith("@"):
            facts = facts | read_facts(line[1:].strip())
        elif line[:2] in ("! ", "= "):
            yield Wording(rule, line[2:].replace(" / ", "\n"), line[0] == "!", facts)


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
