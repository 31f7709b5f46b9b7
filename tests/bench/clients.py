"""Clients of the running product: a desk over HTTP, a mail server over SMTP, and what their times were."""

import http.client
import json
import smtplib
import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


class Desk:
    """A signed-in browser with one connection kept open."""

    def __init__(self, port: int, email: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.ask("GET", "/api/session/")
        self.ask("POST", "/api/session/", {"email": email, "password": password})

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Content-Type": "application/json"}
        self.connection.request(method, path, json.dumps(data) if data is not None else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {body[:500]!r}")
        return json.loads(body) if body else None


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def p50_p95(times: Iterable[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


def by_clients(desks: list[Desk], path: str, times: int) -> dict[str, float]:
    """Milliseconds where several desks ask at once, each after its own last answer."""

    def work(desk: Desk) -> list[float]:
        return [milliseconds(lambda: desk.ask("GET", path)) for _ in range(times)]

    with ThreadPoolExecutor(len(desks)) as threads:
        return p50_p95(time for own in threads.map(work, desks) for time in own)


def send(port: int, mails: Iterable[tuple[str, bytes]], recipient: str) -> None:
    """Each mail with its sender, answered with 250 before the next, over one connection."""
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
        for sender, mail in mails:
            server.sendmail(sender, [recipient], mail)
