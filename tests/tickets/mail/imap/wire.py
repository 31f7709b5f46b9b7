"""The wire to a mail server, which can be cut in the middle of what it carries."""

import socket
import threading
from contextlib import suppress


class Wire:
    """Passes bytes on between a port of its own and the server's; `cut_after` counts what the server says."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.left: int | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._ends: list[socket.socket] = []

    def __enter__(self) -> "Wire":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self.cut()

    def cut_after(self, size: int) -> None:
        self.left = size

    def mend(self) -> None:
        self.left = None

    def cut(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection(("127.0.0.1", self.server_port))
                self._ends += [here, there]
                threading.Thread(target=self._pass_on, args=(here, there, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(there, here, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(512):
                if counted and self.left is not None:
                    self.left -= len(data)
                    if self.left < 0:
                        break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
