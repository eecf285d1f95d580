"""How fast a cheap phone feels: until its page can be used, from tap to paint, from tap to saved beside sixty voters.

A real browser at a quarter of this machine's speed and 1.6 Mbit/s, against a real server with every answer on the disk;
the voters beside it hold sockets of their own. Times are taken inside the page, from the moment the finger was noticed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks._browser import chromium, phone, slow
from benchmarks._phones import Hall
from benchmarks._table import tell
from benchmarks.live import seated
from server.cli.stage.served import Served

SLOWDOWN, MBIT, LATENCY = 4.0, 1.6, 20.0
BESIDE = 60

# Set once the page has drawn itself, answers to taps, and the browser has come to rest after painting it.
INTERACTIVE = """
new MutationObserver((_, seen) => {
    if (!document.documentElement.dataset.awake) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.interactive = performance.now(); }));
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-awake"]});
"""
# Each tap on a key of the scale: when it was painted, when its answer was shown as saved.
TAPS = """
window.taps = [];
addEventListener("change", (event) => {
    if (event.target.name !== "value") return;
    const tap = {at: event.timeStamp};
    window.taps.push(tap);
    requestAnimationFrame(() => setTimeout(() => { tap.painted = performance.now() - tap.at; }));
}, true);
new MutationObserver(() => {
    const tap = window.taps[window.taps.length - 1];
    if (!tap || tap.saved) return;
    const state = document.querySelector(".save[data-state]")?.dataset.state;
    if (state === "saved" && tap.sending) tap.saved = performance.now() - tap.at;
    else if (state === "sending") tap.sending = true;
}).observe(document, {subtree: true, childList: true});
"""


def share(times: Sequence[float], part: float) -> float:
    """The time within which this share of all lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def opened(browser: Browser, url: str, secret: str, address: str, script: str) -> Page:
    """A slow phone on a page, with nothing loaded before."""
    page = phone(browser, url)
    page.context.add_cookies([{"name": "mufakat_seat", "value": secret, "url": url}])
    slow(page, SLOWDOWN, MBIT, LATENCY)
    page.add_init_script(script)
    page.goto(address)
    return page


def interactive(browser: Browser, url: str, secret: str, address: str, times: int) -> list[float]:
    """Milliseconds from asking for a page to its being usable, each on a phone that was never here."""
    found = []
    for _ in range(times):
        page = opened(browser, url, secret, address, INTERACTIVE)
        found.append(float(page.wait_for_function("window.interactive").json_value()))
        page.context.close()
    return found


def tapped(browser: Browser, url: str, secret: str, taps: int) -> tuple[list[float], list[float]]:
    """Milliseconds from tap to paint and from tap to saved, one tap after the other."""
    page = opened(browser, url, secret, "/ballot", TAPS)
    page.locator(".scale").wait_for()
    for tap in range(taps):
        page.locator(".scale__key").nth(tap % 5).tap()
        page.wait_for_function("count => window.taps.length === count && window.taps[count - 1].saved", arg=tap + 1)
    told: list[dict[str, float]] = page.evaluate("window.taps")
    page.context.close()
    return [tap["painted"] for tap in told], [tap["saved"] for tap in told]


class Beside:
    """Sixty phones that vote while another is measured: each once in two seconds, over sockets of their own."""

    def __init__(self, port: int, secrets: Sequence[str], item: str) -> None:
        self._hall, self._item, self._over = Hall(port, secrets), item, False
        self._hall.connect()
        self.times: list[float] = []
        self._thread = threading.Thread(target=self._vote)

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._thread.join()
        self._hall.close()

    def _vote(self) -> None:
        def put(seat: int, number: int) -> bytes:
            answer = b'{"item":"%s","rev":%d,"key":"%d","value":%d}' % (
                self._item.encode(), number, number, 1 + (seat + number) % 5,
            )  # fmt: skip
            return b'42/ballot,%d["answers.put",{"round":1,"answers":[%s]}]' % (number, answer)

        while not self._over:
            self.times += self._hall.paced(2.0, len(self._hall.phones) / 2, put)


def row(name: str, times: Sequence[float], part: float, target: int) -> dict[str, Any]:
    found = share(times, part)
    return {
        "figure": name, "n": len(times), "median ms": round(statistics.median(times)),
        "p95 ms": round(share(times, 0.95)), "target ms": target, "held": "yes" if found <= target else "no",
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", type=int, default=7)
    parser.add_argument("--taps", type=int, default=100)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        passes, item = seated(Path(folder), BESIDE + 1)
        with Served(Path(folder)) as served, chromium() as browser:
            mine = passes[-1]
            loads = {path: interactive(browser, served.url, mine, path, args.loads) for path in ("/join", "/ballot")}
            with Beside(served.port, passes[:-1], item) as beside:
                painted, saved = tapped(browser, served.url, mine, args.taps)
    rows = [
        *(row(f"{path} usable", times, 0.5, 1500) for path, times in loads.items()),
        row("tap to painted", painted, 0.95, 100),
        row(f"tap to saved, {BESIDE} voting", saved, 0.95, 300),
    ]
    figures = {
        "slowdown": SLOWDOWN, "mbit": MBIT, "latency_ms": LATENCY, "beside": BESIDE,
        "beside_answers": len(beside.times),
        **{f"usable_ms{path.replace('/', '_')}": round(statistics.median(times)) for path, times in loads.items()},
        "painted_p95_ms": round(share(painted, 0.95)), "saved_p95_ms": round(share(saved, 0.95)),
    }  # fmt: skip
    tell("phone", rows, figures)


if __name__ == "__main__":
    main()
