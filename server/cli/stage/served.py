"""A server process of one's own for a while: started on a free loopback port, asked over HTTP, stopped by its id.

It speaks only the public interface; what it knows of the server is what the server prints.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 30.0
FIRST_RUN = re.compile(r"first-run#([A-Za-z0-9_-]{16,})")


class ServedError(Exception):
    """The server did not start, or answered a call with a problem; one sentence says which."""


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody on this machine listens on a port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0


class Served:
    """`python -m server serve` in a process of its own, with its data in `data_dir`.

    Used as a context manager; `token` is the one-time first-run token while no staff exists. `settings` are
    variables of the server's environment.
    """

    def __init__(self, data_dir: Path, port: int | None = None, **settings: str) -> None:
        self.data_dir, self.port = data_dir, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token: str | None = None
        self._settings = settings
        self._printed: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Served:
        command = [sys.executable, "-m", "server", "serve", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MUFAKAT_")}
        environment |= {"PYTHONUNBUFFERED": "1"} | self._settings
        # In a session of its own, so that Ctrl-C reaches us alone and we end the server when its guests have gone.
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._gone()

    def kill(self) -> None:
        """End the server as a power cut would: no farewell, nothing flushed."""
        assert self._process is not None
        self._process.kill()
        self._gone()

    def _gone(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            self._printed.append(line.rstrip())
            found = FIRST_RUN.search(line)
            if found:
                self.token = found.group(1)

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise ServedError(f"The server did not start: {' '.join(self._printed[-3:]) or 'it said nothing'}")
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise ServedError(f"The server did not answer within {START_SECONDS:.0f} s.")


class Caller:
    """One person's calls: JSON over HTTP with a bearer pass. An answer that is a problem raises `ServedError`.

    Used as a context manager, or closed by `close`.
    """

    def __init__(self, url: str, bearer: str | None = None) -> None:
        self.bearer = bearer
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        self._client = httpx.Client(base_url=url + "/api/v1", headers=headers, timeout=60, trust_env=False)

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The decoded answer of a JSON call."""
        return self._read(self._client.request(method, path, json=body))

    def upload(self, path: str, filename: str, data: bytes, **fields: str) -> Any:
        """The decoded answer of a file upload."""
        return self._read(self._client.post(path, files={"file": (filename, data)}, data=fields))

    def download(self, path: str) -> bytes:
        """The bytes of a file."""
        response = self._client.get(path)
        self._check(response)
        return response.content

    def close(self) -> None:
        self._client.close()

    def _read(self, response: httpx.Response) -> Any:
        self._check(response)
        return response.json() if response.content else None

    @staticmethod
    def _check(response: httpx.Response) -> None:
        if response.is_success:
            return
        try:
            problem = response.json()
            told = f"{problem.get('code')}: {problem.get('detail')}"
        except ValueError:
            told = f"status {response.status_code}"
        raise ServedError(f"{response.request.method} {response.request.url.path} was refused, {told}")
