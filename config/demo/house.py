"""Fernhill Outfitters: four teams, eight people, one mailbox. Never made outside the demo."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from tickets.models import Agent, Mailbox, Role, Team

PASSWORD = "kintsugi"  # noqa: S105 (said aloud by `make run`, and made nowhere else)
HOUSE = "Fernhill Outfitters"


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    role: str
    teams: tuple[str, ...]


PEOPLE = (
    Person("ana", "Ana Lima", Role.AGENT, ("deliveries", "gear")),
    Person("moira", "Moira Bain", Role.AGENT, ("deliveries", "returns")),
    Person("tom", "Tom Reyes", Role.AGENT, ("gear", "shops")),
    Person("jana", "Jana Kos", Role.AGENT, ("returns",)),
    Person("sunil", "Sunil Desai", Role.AGENT, ("deliveries", "shops")),
    Person("faye", "Faye Whitlock", Role.AGENT, ("returns", "gear")),
    Person("lee", "Lee Okafor", Role.SUPERVISOR, ("deliveries", "returns", "gear", "shops")),
    Person("sam", "Sam Adeyemi", Role.ADMINISTRATOR, ()),
)
TEAMS = {
    "deliveries": ("Deliveries", "ana"),
    "returns": ("Returns", "jana"),
    "gear": ("Gear and repairs", "tom"),
    "shops": ("Shops", "sunil"),
}


def open_house() -> tuple[dict[str, Agent], dict[str, Team]]:
    """Make the people, the teams and the mailbox; answers agents by key and teams by slug."""
    password = make_password(PASSWORD)  # once: it is no secret, and a good hash takes long
    agents = {
        person.key: Agent.objects.create(
            email=f"{person.key}@kintsugi.example", name=person.name, password=password, role=person.role
        )
        for person in PEOPLE
    }
    teams = {
        slug: Team.objects.create(
            name=name, slug=slug, signatory=agents[signatory], takes_complaints=slug == "deliveries"
        )
        for slug, (name, signatory) in TEAMS.items()
    }
    for person in PEOPLE:
        agents[person.key].teams.set([teams[slug] for slug in person.teams])
    Mailbox.objects.create(
        name="support", address="support@kintsugi.example", team=teams["deliveries"], sender_name=HOUSE
    )
    return agents, teams
