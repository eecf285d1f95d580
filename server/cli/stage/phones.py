"""Simulated phones on real sockets, at human pace: a round opens, each person thinks, taps, and waits for *saved*.

A group's panel votes once a round, as soon as its first phone hears of it; the phones then tell it one by one. They
reconnect by themselves, and never send what is not open.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import numpy as np
import socketio
from socketio.exceptions import SocketIOError

from consensus.panel import Panel, Votes
from server.cli.stage.city import vote
from server.cli.stage.hall import answer

SPACE = "/ballot"
ACK_SECONDS = 10.0
RETRY_SECONDS = 0.5


class Crowd:
    """The panel behind a group's phones, asked once for each round; `pace` is the usual seconds an answer takes."""

    def __init__(self, panel: Panel, items: tuple[str, ...], language: str, seed: int, pace: float) -> None:
        self.panel, self.items, self.language, self.pace = panel, items, language, pace  # at 0, all at once
        self.stopping = threading.Event()
        self._rng = np.random.default_rng(seed)
        self._rounds: dict[int, tuple[Votes, dict[str, dict[str, str]]]] = {}
        self._finished: dict[int, int] = {}
        self._lock = threading.Lock()

    def finished(self, number: int) -> None:
        """One more person has answered everything in a round."""
        with self._lock:
            self._finished[number] = self._finished.get(number, 0) + 1

    def done(self, number: int) -> bool:
        """Whether everybody who takes part in a round has answered everything."""
        with self._lock:
            voted = self._rounds.get(number)
            return voted is not None and self._finished.get(number, 0) >= int(voted[0].present.sum())

    def votes(self, ballot: dict[str, Any]) -> tuple[Votes, dict[str, dict[str, str]]]:
        """The panel's votes in the round of this ballot, and the group's figures that it had heard."""
        with self._lock:
            if ballot["round"] not in self._rounds:
                heard = {i["id"]: i["feedback"] for i in ballot["items"] if i["feedback"] and i["feedback"]["median"]}
                opened = tuple(item["id"] for item in ballot["items"])
                self._rounds[ballot["round"]] = vote(self.panel, self.items, opened, heard), heard
            return self._rounds[ballot["round"]]

    def think(self) -> float:
        """Seconds until the next tap: mostly short, sometimes long."""
        with self._lock:
            return float(self.pace * (0.3 + self._rng.gamma(2.0, 0.35)))


class Phone:
    """One person's phone: connected with a pass of its own, answering whatever round is open."""

    def __init__(self, crowd: Crowd, place: int, seat: int, url: str, bearer: str) -> None:
        self.crowd, self.place, self.seat, self.url, self.bearer = crowd, place, seat, url, bearer
        self._ballot: dict[str, Any] = {}
        self._through = 0  # the last round in which everything was answered
        self._heard = threading.Event()
        self._socket = socketio.Client(logger=False, engineio_logger=False, handle_sigint=False)
        self._socket.on("snapshot", self._snapshot, namespace=SPACE)
        self._socket.on("change", self._change, namespace=SPACE)
        self._thread = threading.Thread(target=self._live, name=f"seat {seat}", daemon=True)

    def connect(self) -> None:
        """Open the socket and begin to listen for rounds."""
        self._socket.connect(
            self.url, headers={"Authorization": f"Bearer {self.bearer}"}, transports=["websocket"],
            namespaces=[SPACE], wait_timeout=20,
        )  # fmt: skip
        self._thread.start()

    def hang_up(self) -> None:
        """Close the socket and wait for the person to put the phone away."""
        self._heard.set()
        self._socket.disconnect()
        self._thread.join(5)

    def _snapshot(self, ballot: dict[str, Any]) -> None:
        self._ballot = ballot
        self._heard.set()

    def _change(self, change: dict[str, Any]) -> None:
        with suppress(SocketIOError):  # the connection is gone; the next one begins with a snapshot
            self._socket.emit("sync", {"since": -1}, namespace=SPACE)

    def _live(self) -> None:
        while not self.crowd.stopping.is_set():
            self._heard.wait()
            self._heard.clear()
            while self._next() and not self.crowd.stopping.is_set():
                pass

    def _next(self) -> bool:
        """Answer the first open item that is still empty; False when there is nothing to do just now."""
        ballot = self._ballot
        if ballot.get("phase") != "open":
            return False
        votes, figures = self.crowd.votes(ballot)
        empty = [item for item in ballot["items"] if item["mine"] is None]
        if not votes.present[self.place]:
            return False
        if not empty:
            if self._through < ballot["round"]:
                self._through = ballot["round"]
                self.crowd.finished(self._through)
            return False
        if self.crowd.stopping.wait(self.crowd.think()):
            return False
        if self._ballot is not ballot:
            return True  # something happened while they thought
        told = self._send(ballot["round"], empty if self.crowd.pace == 0 else empty[:1], votes, figures)
        if told is None or told.get("code") == "too_many_requests":
            return not self.crowd.stopping.wait(RETRY_SECONDS)
        return bool(told.get("saved"))

    def _send(
        self, number: int, items: list[dict[str, Any]], votes: Votes, figures: dict[str, dict[str, str]]
    ) -> dict[str, Any] | None:
        """Send these answers in one message and note what is saved; None where the line is dead."""
        sent = {item["id"]: self._answer(number, item, votes, figures) for item in items}
        message = {"round": number, "answers": list(sent.values())}
        try:
            told: dict[str, Any] = self._socket.call("answers.put", message, namespace=SPACE, timeout=ACK_SECONDS)
        except SocketIOError:
            return None
        saved = {answered["item"] for answered in told.get("saved", ())}
        for item in items:
            if item["id"] in saved:
                item["mine"], item["rev"] = sent[item["id"]], sent[item["id"]]["rev"]
        return told

    def _answer(
        self, number: int, item: dict[str, Any], votes: Votes, figures: dict[str, dict[str, str]]
    ) -> dict[str, Any]:
        said = answer(self.crowd.items, self.place, votes, item["id"], figures, self.crowd.language)
        rev = item["rev"] + 1
        return {**said, "rev": rev, "key": f"{self.seat}-{number}-{item['id']}-{rev}"}
