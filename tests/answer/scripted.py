"""A server that speaks the OpenAI protocol and plays a model by script: no model, real wire."""

from __future__ import annotations

import json
import re
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[list[dict[str, str]], int], str]  # messages and how often asked, to the reply


class Behaviour:
    """What the server does: the reply, and how it fails."""

    def __init__(
        self,
        script: Script,
        *,
        status: tuple[int, ...] = (),
        hang: float = 0,
        die: bool = False,
        hold: threading.Event | None = None,
        pace: float = 0,
    ):
        """Answer with `script` after the failures in `status`; `hang` seconds first; `die` half-way.

        With `hold` a reply waits half-way until that is set; `pace` seconds pass before every piece.
        """
        self.script, self.status, self.hang, self.die, self.hold = script, list(status), hang, die, hold
        self.pace = pace
        self.left = 0  # replies whose reader hung up before their end
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Serve on loopback; yield the address to set as `llm_url`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            behaviour.requests.append(request)
            behaviour.keys.append(self.headers.get("Authorization", ""))
            if behaviour.status:
                self.send_error(behaviour.status.pop(0), f"refused, key was {behaviour.keys[-1]}")
                return
            time.sleep(behaviour.hang)
            reply = behaviour.script(request["messages"], len(behaviour.requests))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            pieces = [reply[index : index + 7] for index in range(0, len(reply), 7)]
            for number, piece in enumerate(pieces[: len(pieces) // 2] if behaviour.die else pieces):
                held = behaviour.hold if number == len(pieces) // 2 else None
                if self._is_left(behaviour.pace, held):
                    behaviour.left += 1
                    self.close_connection = True
                    return
                self._send({"delta": {"content": piece}, "index": 0, "finish_reason": None})
            if not behaviour.die:
                self._send({"delta": {}, "index": 0, "finish_reason": "stop"})
                self.wfile.write(b"data: [DONE]\n\n")

        def _is_left(self, seconds: float, held: threading.Event | None) -> bool:
            """Wait, and tell whether the reader has hung up meanwhile."""
            end = time.monotonic() + (60 if held else seconds)
            while True:
                # what can be read of a reader who has asked and waits is that he is gone
                if select.select([self.connection], [], [], 0.02 if seconds or held else 0)[0]:
                    return True
                if time.monotonic() >= end or (held and held.is_set()):
                    return False

        def _send(self, choice: dict[str, Any]) -> None:
            chunk = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "m",
                "choices": [choice],
            }
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def passages(messages: list[dict[str, str]]) -> list[str]:
    """Return the passages of the prompt, in order."""
    prompt = next(message["content"] for message in messages if message["role"] == "user")
    return re.findall(r"<资料 [^>]*>\n(.*?)\n</资料>", prompt, re.DOTALL)


def honest(messages: list[dict[str, str]], _: int) -> str:
    """Answer with the clause that shares most with the question, rightly cited."""
    prompt = next(message["content"] for message in messages if message["role"] == "user")
    question = prompt.rpartition("问题：")[2]
    clauses = [
        (number, clause)
        for number, passage in enumerate(passages(messages), 1)
        for clause in re.split(r"(?<=[。；;])", passage)
    ]
    number, clause = max(
        clauses, key=lambda pair: sum(pair[1].count(c) > 0 for c in set(question)) - len(pair[1]) / 50
    )
    return f"{clause.strip('。；; ')}[{number}]。"
