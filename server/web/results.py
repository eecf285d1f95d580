"""What came out: rounds, profile, trail, proofs, bundle, reports, each as far as the caller may see it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, g, send_file

from server import visibility
from server.reports.spreadsheet import Style
from server.web import parsing, replies
from server.web.access import rule
from server.web.messages import Consistency, Entries, EntryLine
from server.web.routes import TEXT, about
from server.web.services import caller, services
from server.workshop.orders import RecordDisclosure
from server.workshop.refusals import Refusal
from server.workshop.result_views import ProfileView, RoundView

api = Blueprint("results", __name__)

ANY_PASS = ("staff", "seat", "display")
PAGE = 1000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORTS = {"minutes.docx": DOCX, "workbook.xlsx": XLSX, "report.html": "text/html; charset=utf-8"}


def _seen(workshop: str) -> Any:
    """The state, if the caller's pass is of this workshop; staff see every one."""
    who = caller()
    if who.kind != "staff" and who.workshop != workshop:
        raise Refusal("unknown_workshop", workshop=workshop)
    return services().engine.look(workshop)


@api.get("/workshops/<workshop>/rounds/<group>/<int:number>")
@rule(*ANY_PASS)
@about(gives=RoundView, refuses=("unknown_workshop", "unknown_group", "not_yet"))
def a_round(workshop: str, group: str, number: int) -> Response:
    """Give figures and verdicts of a round: to staff once disclosed, to the hall once revealed."""
    state, who = _seen(workshop), caller()
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    if who.kind == "seat" and state.groups[group].kind != "plenary" and state.seats[who.seat].group != group:
        raise Refusal("other_group", group=group)
    view = visibility.round_for_staff if who.kind == "staff" else visibility.round_for_seats
    return replies.json(view(state, group, number, services().reasons(workshop, group), g.language))


@api.get("/workshops/<workshop>/profile")
@rule(*ANY_PASS)
@about(gives=ProfileView, refuses=("unknown_workshop", "not_yet"))
def profile(workshop: str) -> Response:
    """Give the profile by stream: to staff at any time, to everybody in the workshop after the freeze."""
    state, staff = _seen(workshop), caller().kind == "staff"
    nodes = services().nodes(workshop)
    return replies.json(visibility.profile_view(state, nodes, g.language, staff=staff))


# --- the trail --------------------------------------------------------------------------------------------------------


@api.get("/workshops/<workshop>/trail")
@rule(*ANY_PASS)
@about(gives=Entries, query=(("from", "first seq, 0 by default"),), refuses=("unknown_workshop",))
def trail(workshop: str) -> Response:
    """Give entries of the trail, at most a thousand, each as the canonical line that the tree hashes."""
    state, who = _seen(workshop), caller()
    first = parsing.whole("from", 0)
    found = services().lines(workshop, first, PAGE)
    after = first + len(found)
    shown = [EntryLine(e.seq, e.line.decode()) for e in visibility.entries_for(state, who.kind, found)]
    more = len(found) == PAGE and after < state.size
    return replies.json(Entries(size=state.size, next=after if more else None, entries=shown))


@api.get("/workshops/<workshop>/checkpoint")
@rule(*ANY_PASS)
@about(media=TEXT, refuses=("unknown_workshop", "not_yet"))
def checkpoint(workshop: str) -> Response:
    """Give the last signed head as a note."""
    _seen(workshop)
    head = services().engine.head(workshop)
    if head is None:
        raise Refusal("not_yet", when=_until_disclosed())
    return replies.text(head.note)


@api.get("/workshops/<workshop>/proof/<int:seq>")
@rule(*ANY_PASS)
@about(media=TEXT, refuses=("unknown_workshop", "not_yet"))
def proof(workshop: str, seq: int) -> Response:
    """Give the proof that an entry stands under the last signed head, as a tlog-proof file."""
    _seen(workshop)
    try:
        found = services().engine.proof(workshop, seq)
    except Refusal as refusal:
        raise Refusal(refusal.code, when=_until_disclosed()) from None
    return replies.text(found.render())


@api.get("/workshops/<workshop>/consistency")
@rule(*ANY_PASS)
@about(
    gives=Consistency, query=(("from", "size of the earlier signed head"), ("to", "size of the later one")),
    refuses=("unknown_workshop", "not_yet", "malformed"),
)  # fmt: skip
def consistency(workshop: str) -> Response:
    """Give the proof that one signed head extends an earlier one."""
    _seen(workshop)
    first, second = parsing.whole("from", 0), parsing.whole("to", 0)
    found = services().engine.consistency(workshop, first, second)
    return replies.json(Consistency(first, second, [b64encode(value).decode() for value in found]))


def _until_disclosed() -> str:
    return "the next round is disclosed" if g.language == "en" else "putaran berikutnya ditampilkan ke fasilitator"


# --- files ------------------------------------------------------------------------------------------------------------


@api.get("/workshops/<workshop>/bundle")
@rule("staff")
@about(
    media="application/zip", query=(("disclose", "`public` (default) or `full`"),),
    refuses=("unknown_workshop", "not_frozen", "not_allowed", "not_saved", "not_finished"),
)  # fmt: skip
def bundle(workshop: str) -> Response:
    """Give the audit bundle of a frozen workshop; a full one only to an organiser, and the trail notes it."""
    house, state = services(), _seen(workshop)
    disclose = parsing.choice("disclose", ("public", "full"), "public")
    if state.frozen_at is None:
        raise Refusal("not_frozen")
    if disclose == "full" and caller().role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    path, digest = house.bundle(workshop, disclose)
    try:
        if disclose == "full":
            house.engine.submit(workshop, caller().actor, RecordDisclosure(disclose="full", digest=digest))
        file = path.open("rb")
    finally:
        path.unlink(missing_ok=True)  # an open file is read to its end all the same
    return send_file(file, "application/zip", as_attachment=True, download_name=f"{workshop}-{disclose}.zip")


@api.get("/workshops/<workshop>/reports/results.csv")
@rule("organiser", "facilitator")
@about(
    media="text/csv; charset=utf-8", refuses=("unknown_workshop", "not_yet", "malformed", "not_finished"),
    query=(("bom", "`true` marks the text as UTF-8 for spreadsheets"), ("decimal", "`point` (default) or `comma`"),
           ("separator", "`comma` (default) or `semicolon`")),
)  # fmt: skip
def results_table(workshop: str) -> Response:
    """Give what became of each item as a table, RFC 4180 by default; figures of too few people are left empty."""
    _seen(workshop)
    if services().engine.head(workshop) is None:
        raise Refusal("not_yet", when=_until_disclosed())
    style = Style(
        bom=parsing.choice("bom", ("true", "false"), "false") == "true",
        decimal_comma=parsing.choice("decimal", ("point", "comma"), "point") == "comma",
        semicolons=parsing.choice("separator", ("comma", "semicolon"), "comma") == "semicolon",
    )
    response = Response(services().results(workshop, style), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{workshop}-results.csv"'
    return response


@api.get("/workshops/<workshop>/reports/<name>")
@rule("organiser", "facilitator")
@about(
    media="application/octet-stream", query=(("language", "`id` or `en`"),),
    refuses=("unknown_workshop", "not_found", "not_yet", "not_finished"),
)  # fmt: skip
def report(workshop: str, name: str) -> Response:
    """Give minutes, workbook or report, from disclosed rounds only."""
    _seen(workshop)
    if name not in REPORTS:
        raise Refusal("not_found")
    make = services().reports.get(name)
    if make is None:
        raise Refusal("not_yet", when="a later version" if g.language == "en" else "versi mendatang")
    response = Response(make(workshop, g.language), content_type=REPORTS[name])
    response.headers["Content-Disposition"] = f'attachment; filename="{workshop}-{name}"'
    return response
