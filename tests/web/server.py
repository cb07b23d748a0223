"""An HTTP server on loopback that behaves as badly as servers do."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

MOST_ENDLESS = 200_000_000


@dataclass
class Web:
    """A running server; `heard` are the requests it has got, `sent` bytes of an endless body."""

    port: int
    scheme: str = "http"
    heard: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[Web]
    ending: ClassVar[threading.Event]

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.web.heard.append(f"{self.command} {self.path}")
        self.web.headers.append(dict(self.headers))
        path = self.path.partition("?")[0]
        if path.startswith("/status/"):
            self._status(int(path.removeprefix("/status/")))
        elif path.startswith("/to/"):
            self._status(302, Location=self.path.removeprefix("/to/"))
        elif path.startswith("/hops/"):
            left = int(path.removeprefix("/hops/"))
            self._status(*((302,) if left else (200,)), Location=f"/hops/{left - 1}")
        elif path == "/members":
            self._status(302, Location="/users/sign_in")
        elif path == "/head-refused":
            self._status(405 if self.command == "HEAD" else 200)
        elif path == "/head-lies":
            self._status(404 if self.command == "HEAD" else 200)
        elif path == "/head-dropped":
            if self.command == "HEAD":
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self._status(200)
        elif path == "/slow":
            self.ending.wait(20)
        elif path == "/drip":
            self._drip()
        elif path == "/endless":
            self._endless()
        elif path == "/huge-header":
            self._status(200, **{"X-Huge": "x" * 5_000_000})
        elif path == "/many-headers":
            self._status(200, **{f"X-{n}": "x" for n in range(5000)})
        elif path == "/no-http":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
            self.close_connection = True
        elif path == "/cookie":
            self._status(302, **{"Set-Cookie": "a=b", "Location": "/second"})
        else:
            self._status(200)

    def _status(self, status: int, **headers: str) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:
            pass  # whoever asked has left

    def _drip(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.ending.wait(0.05):
                self.wfile.write(b"x")
                self.wfile.flush()
        except OSError:
            pass

    def _endless(self) -> None:
        if self.command == "HEAD":
            self._status(405)
            return
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while self.web.sent < MOST_ENDLESS and not self.ending.is_set():
                self.wfile.write(b"x" * 65536)
                self.web.sent += 65536
        except OSError:
            pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def serving(host: str = "127.0.0.1", tls: tuple[str, str] | None = None, port: int = 0) -> Iterator[Web]:  # fmt: skip  # noqa: E501
    """A server that runs; with a certificate and its key it speaks TLS."""
    ending = threading.Event()
    handler = type("Handler", (_Handler,), {"ending": ending})
    server = _Server((host, port), handler)
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    web = Web(server.server_address[1], "https" if tls else "http")
    handler.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        ending.set()
        server.shutdown()
        thread.join()
        server.server_close()
