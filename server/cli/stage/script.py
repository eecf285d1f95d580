"""The facilitator's part of a rehearsal: the whole day as orders over HTTP, from an empty workshop to a frozen index.

It decides what a sensible facilitator would: vote again until the rule or the cap, explain wide gaps, let the chair
decide one open item, keep one minority statement, and stop one item after its first vote.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.cli.stage.city import City, vote
from server.cli.stage.hall import Hall
from server.cli.stage.served import Caller

# The group with two camps stops when it sees that they are settled; the others vote until the rule or the cap.
ROUNDS = {"D3": 3}
CAP = 4

CAUSES = ("new_evidence", "year", "scope", "scale_reading", "real_disagreement", "interest")
WORDS = {
    "id": {
        "title": "Lokakarya Indeks Ketahanan Kota (gladi, data sintetis)",
        "note": "Contoh catatan sintetis: selisih dibahas dalam kelompok.",
        "chair": "Contoh keputusan sintetis pimpinan sidang.",
        "minority": "Contoh catatan minoritas sintetis: dua peserta menilai lebih rendah.",
    },
    "en": {
        "title": "City Resilience Index workshop (rehearsal, synthetic data)",
        "note": "Sample note (synthetic): the group discussed the difference.",
        "chair": "Sample decision (synthetic) by the chair.",
        "minority": "Sample minority statement (synthetic): two participants score lower.",
    },
}


class Day:
    """One workshop from its creation to the freeze; `say` is told what happens, one line at a time."""

    def __init__(self, organiser: Caller, url: str, city: City, language: str, say: Callable[[str], None]) -> None:
        self.organiser, self.url, self.city, self.language, self.say = organiser, url, city, language, say
        self.words = WORDS[language]
        self.workshop = ""
        self.rounds: dict[str, list[dict[str, Any]]] = {}

    def play(self) -> None:
        """Everything, group after group."""
        self.prepare()
        for group in self.city.framework.top:
            self.group(group)
        self.command("freeze")
        self.say("frozen")

    def prepare(self) -> None:
        """Create the workshop and import its earlier survey."""
        created = self.organiser.call("POST", "/workshops", {
            "title": self.words["title"], "city": "Semarang", "framework": "cri", "language": self.language,
            "rule": "workshop", "settings": {"disclose_after": 3600}, "synthetic": True,
        })  # fmt: skip
        self.workshop = created["workshop"]
        self.organiser.upload(
            f"/workshops/{self.workshop}/imports/baseline", "baseline.csv", self.city.baseline, synthetic="true"
        )
        self.say(f"workshop {self.workshop} created, baseline imported")
        self.halls = {}
        for group, size in self.city.sizes.items():
            cards = self.command("issue_seats", group=group, count=size)["cards"]
            self.halls[group] = Hall(self.url, group, self.city.framework.leaves_under(group), self.language)
            self.halls[group].join(cards)
        self.command("start")
        self.say(f"started with {sum(self.city.sizes.values())} participants in {len(self.halls)} groups")

    def command(self, name: str, **fields: Any) -> Any:
        """One command, with the version that the organiser has just seen."""
        body = {"command": name, **fields}
        if "group" in fields and name != "issue_seats":
            state = self.organiser.call("GET", f"/workshops/{self.workshop}")
            body["expects"] = next(g["version"] for g in state["groups"] if g["id"] == fields["group"])
        return self.organiser.call("POST", f"/workshops/{self.workshop}/commands", body)

    def group(self, group: str) -> None:
        """All rounds of one group, its review and its conclusion."""
        hall = self.halls[group]
        late = hall.items[-1] if group == self.city.framework.top[-1] else None  # first opened when time runs out
        played: list[dict[str, Any]] = []
        figures: dict[str, dict[str, str]] = {}
        while True:
            pending = self.pending(hall, played, late) if len(played) < ROUNDS.get(group, CAP) else []
            if not pending:
                break
            told = self.round(group, pending, figures)
            played.append(told)
            figures |= {f["item"]: f for f in told["items"] if f["median"] is not None}
            if len(played) == 1:
                self.explain(group, told)
        if late is not None:
            played.append(self.round(group, [late], figures))
        self.rounds[group] = played
        self.settle(group, played)
        self.command("conclude", group=group)
        hall.leave()
        self.say(f"{group} concluded after {len(played)} rounds")

    def pending(self, hall: Hall, played: list[dict[str, Any]], late: str | None) -> list[str]:
        """What to open next: everything twice, then what is not agreed."""
        items = [item for item in hall.items if item != late]
        latest = {f["item"]: f["outcome"] for told in played for f in told["items"]}
        return items if len(played) < 2 else [item for item in items if latest[item] != "consensus"]

    def round(self, group: str, items: list[str], figures: dict[str, dict[str, str]]) -> Any:
        """One round: open, vote, mark who is away, close, disclose, reveal; returns its figures."""
        hall = self.halls[group]
        self.command("open_round", group=group, items=items, minutes=10)
        number = self.number(group)
        votes = vote(self.city.panels[group], hall.items, tuple(items), figures)
        away = hall.vote(number, votes, tuple(items), figures)
        state = self.organiser.call("GET", f"/workshops/{self.workshop}")
        taken = {s["seat"] for s in state["seats"] if s["status"] == "taken"}
        for seat in sorted(taken & set(away)):
            self.command("mark_absent", seat=seat)
        self.command("close_round", group=group)
        self.command("disclose", group=group)
        self.command("reveal", group=group, baseline=True, reasons=True)
        told = self.organiser.call("GET", f"/workshops/{self.workshop}/rounds/{group}/{number}")
        agreed = sum(f["outcome"] == "consensus" for f in told["items"])
        self.say(f"{group} round {number}: {told['ballots']} ballots, {agreed} of {len(items)} items agreed")
        return told

    def number(self, group: str) -> int:
        state = self.organiser.call("GET", f"/workshops/{self.workshop}")
        return int(next(g["round"] for g in state["groups"] if g["id"] == group))

    def explain(self, group: str, told: dict[str, Any]) -> None:
        """Give every wide gap to the interviews a cause."""
        wide = [f["item"] for f in told["items"] if (f["gap"] or {}).get("interview", {}).get("size") == "wide"]
        for place, item in enumerate(wide):
            self.command(
                "explain_gap", group=group, item=item, cause=CAUSES[place % len(CAUSES)], note=self.words["note"]
            )

    def settle(self, group: str, played: list[dict[str, Any]]) -> None:
        """The chair decides one item that stayed open in the first group that has one; one agreed item gets a doubt."""
        latest = {f["item"]: f for told in played for f in told["items"]}
        undecided = [i for i, f in latest.items() if f["outcome"] in ("open", "near", "at_cap", "dissent")]
        agreed = [i for i, f in latest.items() if f["outcome"] == "consensus"]
        if group == self.city.framework.top[0]:
            for item in undecided[:1]:
                value = round(float(latest[item]["median"]))
                self.command("decide_item", group=group, item=item, value=value, reason=self.words["chair"])
            for item in agreed[:1]:
                self.command(
                    "attach_minority", group=group, item=item, text=self.words["minority"], public=True
                )
