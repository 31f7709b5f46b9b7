"""A server on the loopback address that speaks as an OpenAI-compatible one does, well or badly."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY, MODEL = "a-key-of-the-house", "a-larger-model"


def completion(words: Any, why: str = "stop") -> bytes:
    """What a server answers: OpenAI's API reference, "The chat completion object"."""
    choice = {"index": 0, "finish_reason": why, "message": {"role": "assistant", "content": words}}
    return json.dumps({"id": "1", "object": "chat.completion", "model": MODEL, "choices": [choice]}).encode()


@dataclass
class StandIn:
    """`body` and `status` are what it answers next; while it `waits` it answers nothing. `asked` is what it was asked."""

    url: str = ""
    body: bytes = field(default_factory=lambda: completion("Hi {name},\n\nI am sorry.\n\n{owner}"))
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    waits: threading.Event | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def says(self, words: Any, why: str = "stop") -> None:
        self.body = completion(words, why)

    @property
    def heard(self) -> str:
        """All that it was told in the last question."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


@contextmanager
def stand_in() -> Iterator[StandIn]:
    this, ends = StandIn(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            this.asked.append({**asked, "path": self.path, "authorization": self.headers["Authorization"]})
            while this.waits and not this.waits.wait(0.02) and not ends.is_set():
                pass
            with suppress(OSError):
                self.send_response(this.status)
                for name, value in {"Content-Type": "application/json", **this.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(this.body)))
                self.end_headers()
                self.wfile.write(this.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    this.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield this
    finally:
        ends.set()
        server.shutdown()
        server.server_close()
        thread.join()
