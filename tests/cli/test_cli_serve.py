"""`serve` as a real process: where it listens, what stops its start, how it ends, and that an acknowledgement lasts."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import house
from tests.small_hall import FRAMEWORK

START_SECONDS = 30.0
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("MUFAKAT_")}


def shell(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """`python -m server` with these arguments, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server", *args], cwd=house.ROOT, env=CLEAN | env, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@contextmanager
def served(folder: Path, *args: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], str, str | None]]:
    """A process on a port of its own; with its address and the one-time token, if it printed one."""
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(folder), *args]
    process = subprocess.Popen(command, cwd=house.ROOT, env=CLEAN | env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = re.fullmatch(r"Mufakat serves at (http://\S+)\n", process.stdout.readline())
        assert url is not None
        os.set_blocking(process.stdout.fileno(), False)
        time.sleep(0.1)
        link = re.search(r"/first-run#(\S+)", process.stdout.readline() or "")
        yield process, url[1], link[1] if link else None
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def call(url: str, method: str, path: str, secret: str | None = None, **more: Any) -> Any:
    headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    told = httpx.request(method, f"{url}/api/v1{path}", headers=headers, trust_env=False, timeout=20, **more)
    assert told.is_success, told.text
    return told.json()


def organiser(url: str, token: str | None) -> str:
    body = {"token": token, "name": "Ani", "password": "tujuh-belas-8"}
    return str(call(url, "POST", "/first-run", json=body)["pass"])


def test_an_answer_that_was_acknowledged_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    with served(tmp_path) as (process, url, token):
        staff = organiser(url, token)
        body = {"title": "Aula", "framework": FRAMEWORK}
        here = f"/workshops/{call(url, 'POST', '/workshops', staff, json=body)['workshop']}"

        def command(name: str, **fields: Any) -> Any:
            return call(url, "POST", f"{here}/commands", staff, json={"command": name, **fields})

        card = command("issue_seats", group="D1", count=1)["cards"][0]
        command("start")
        command("open_round", group="D1", items="all")
        seat = call(url, "POST", "/join", json={"code": card["secret"]})["pass"]
        answers = [{"item": "1.2", "rev": 1, "key": "k", "value": 4}]
        assert len(call(url, "PUT", "/answers", seat, json={"round": 1, "answers": answers})["saved"]) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    with served(tmp_path) as (_, url, token):
        assert token is None  # there is an organiser; no door is open
        items = call(url, "GET", "/ballot", seat)["items"]
        assert [item["mine"] and item["mine"]["value"] for item in items] == [None, 4, None]


def test_a_link_that_was_not_used_is_replaced_at_the_next_start(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        with served(tmp_path) as (process, url, token):
            tokens.append(token)
            if len(tokens) == 2:
                old = {"token": tokens[0], "name": "Eve", "password": "tujuh-belas-8"}
                told = httpx.post(f"{url}/api/v1/first-run", json=old, trust_env=False)
                assert (told.status_code, told.json()["code"]) == (403, "bad_token")
                assert organiser(url, token)
            process.send_signal(signal.SIGINT)
            assert process.wait(15) == 0
    assert None not in tokens and tokens[0] != tokens[1]


def test_what_a_killed_server_was_making_of_somebodys_ballots_is_gone_at_the_next_start(tmp_path: Path) -> None:
    with served(tmp_path):
        pass
    half = tmp_path / "passing-half.zip"
    half.write_bytes(b"ballots")
    with served(tmp_path):
        assert not half.exists()


def test_a_chunked_body_is_held_to_its_limit_by_the_server_that_really_runs(tmp_path: Path) -> None:
    with served(tmp_path) as (_, url, _token):
        pieces = (b" " * 1024 for _ in range(17))
        told = httpx.post(
            f"{url}/api/v1/join", content=pieces, headers={"Content-Type": "application/json"}, trust_env=False
        )
        assert (told.status_code, told.json()["code"]) == (413, "too_large")
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200


# --- what stops a start -----------------------------------------------------------------------------------------------


def refused(done: subprocess.CompletedProcess[str], code: str) -> str:
    """The one sentence on stderr, with its code in brackets."""
    assert (done.returncode, done.stdout) == (2, ""), done
    [line] = done.stderr.splitlines()
    assert line.endswith(f" [{code}]"), line
    return line.removesuffix(f" [{code}]")


def test_a_port_in_use_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = shell("serve", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    sentence = refused(done, "port_in_use")
    assert sentence == f"Another program listens on 127.0.0.1:{port}; stop it, or choose another with --port."
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = shell("serve", "--port", "0", "--data-dir", str(tmp_path / "file" / "data"))
    assert str(tmp_path / "file" / "data") in refused(done, "directory_unwritable")


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    assert shell("db", "upgrade", "--data-dir", str(tmp_path)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "mufakat.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / "mufakat.db").read_bytes()
    done = shell("serve", "--port", "0", "--data-dir", str(tmp_path))
    assert "9999" in refused(done, "database_newer")
    assert (tmp_path / "mufakat.db").read_bytes() == before


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "mufakat.db").write_bytes(b"not a database at all" * 100)
    refused(shell("serve", "--port", "0", "--data-dir", str(tmp_path)), "database_damaged")


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    assert shell("db", "upgrade", "--data-dir", str(tmp_path)).returncode == 0
    (tmp_path / "signing.pem").chmod(0o644)
    assert "chmod 600" in refused(shell("serve", "--port", "0", "--data-dir", str(tmp_path)), "key_exposed")


def test_several_workers_are_not_promised_yet(tmp_path: Path) -> None:
    refused(shell("serve", "--workers", "2", "--data-dir", str(tmp_path)), "workers_need_postgresql")


@pytest.mark.parametrize(
    ("env", "args", "code"),
    [({"MUFAKAT_PROT": "80"}, (), "unknown_setting"), ({"MUFAKAT_PORT": "http"}, (), "bad_setting"),
     ({}, ("--port", "99999"), "bad_setting"), ({}, ("--host", "not a host"), "bad_setting")],
)  # fmt: skip
def test_a_setting_that_is_wrong_or_misspelt_is_named(
    tmp_path: Path, env: dict[str, str], args: tuple[str, ...], code: str
) -> None:
    refused(shell("serve", "--data-dir", str(tmp_path), *args, **env), code)


def test_a_preflight_beside_a_server_that_answers_on_its_address_is_ready(tmp_path: Path) -> None:
    with served(tmp_path) as (_, url, _token):
        port = url.rpartition(":")[2]
        done = shell("preflight", "--port", port, "--data-dir", str(tmp_path), "--json", MUFAKAT_PUBLIC_URL=url)
        told = json.loads(done.stdout)
        states = {line["key"]: line["state"] for line in told["lines"]}
        assert (done.returncode, told["ready"], told["phone_check"]) == (0, True, f"{url}/phone-check"), done
        assert (states["reach"], states["workers"], states["phone"]) == ("fine", "fine", "yours")
    done = shell("preflight", "--port", port, "--data-dir", str(tmp_path), MUFAKAT_PUBLIC_URL=url)
    assert done.returncode == 1 and f"✗ Porta – perbaiki: {url}" in done.stdout
