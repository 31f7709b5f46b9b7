"""The walls of the house: who may import whom, and which rooms alone may touch what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
TOLD = {"Ticket", "Message", "Note", "TicketEvent"}
WRITING = {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "save"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in ("config", "escalation", "tickets"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def imported(tree: ast.Module) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def importers(package: str) -> set[str]:
    return {
        name
        for name, tree in modules()
        if any(one == package or one.startswith(f"{package}.") for one in imported(tree))
    }


def root_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def writes_what_is_told(tree: ast.Module) -> list[int]:
    """Lines in which the rows of a conversation are written through their managers."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING and root_name(call.func.value) in TOLD
    ]


def test_imports_go_one_way_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_only_verbs_write_tickets_messages_and_events() -> None:
    offenders = {
        f"{name}:{line}"
        for name, tree in modules()
        for line in writes_what_is_told(tree)
        if not name.startswith("tickets/actions/") and name != "tickets/events.py"
    }
    assert not offenders


def test_only_verbs_and_their_records_write_rows_by_compiled_statements() -> None:
    homes = ("tickets/actions/", "tickets/events.py", "tickets/mail/store.py", "tickets/mail/intake.py", "escalation/")
    assert all(name.startswith(homes) for name in importers("tickets.models.statements"))


def test_the_writing_check_sees_a_write() -> None:
    assert writes_what_is_told(ast.parse("Ticket.objects.filter(pk=1).update(state='open')")) == [1]


def test_only_the_transport_of_mail_opens_smtp() -> None:
    room = "tickets/mail/sending"
    assert importers("smtplib") == {f"{room}/connecting.py", f"{room}/transports.py"}


def test_only_sign_in_to_mailboxes_and_the_assistant_ask_other_servers_by_http() -> None:
    assert importers("httpx") == {"tickets/mail/imap/oauth.py", "tickets/assistant/chat_completions.py"}


def test_only_live_touches_sockets() -> None:
    touching = {name for name in importers("channels") if not name.startswith("tickets/live/")}
    assert touching <= {"config/asgi.py"}


def test_mail_can_never_read_a_note() -> None:
    readers = {
        name for name, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "Note"
    }
    assert not {name for name in readers if name.startswith("tickets/mail/")}
    assert "tickets/actions/letters.py" not in readers
