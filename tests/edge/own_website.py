"""A website of somebody else under a strict policy, for forms of ours to stand on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Their page</title></head><body><h1>Their page</h1>\n{body}\n<p>The end of their page</p></body></html>"
)


@dataclass
class Website:
    """`body` is what its one page shows; `ours` the origin that its policy lets in beside itself."""

    host: str
    ours: str = ""
    body: str = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    @property
    def policy(self) -> str:
        return f"default-src 'self'; script-src {self.ours}; frame-src {self.ours}; form-action {self.ours}"


@contextmanager
def website() -> Iterator[Website]:
    made = Website(host="")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.partition("?")[0] == "/"
            content = PAGE.format(body=made.body).encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", made.policy)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.host = f"localhost:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
