"""Files that the organiser brings: looked at, imported, and the templates to fill in. No rule lives here.

A file that is refused is answered with every fault in the caller's language and the rows it stands in; nothing of it is
kept or logged.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import msgspec
from flask import Blueprint, Response, g, request

from server.imports import templates
from server.imports.faults import ImportFault
from server.imports.tables import MOST_SHOWN
from server.web import parsing, problems, replies
from server.web.access import rule
from server.web.messages import Imported
from server.web.orders import baseline_order, counts, groups_to_seat, seats_order
from server.web.routes import about
from server.web.services import services
from server.web.setting_up import ImportLook
from server.web.workshops import submit
from server.workshop.commands import IssueSeats
from server.workshop.orders import ImportBaseline
from server.workshop.refusals import Refusal

api = Blueprint("imports", __name__)

MOST_SAMPLED = 5
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILENAME = ("filename", "name of the file")
REFUSES = ("unknown_workshop", "bad_import", "too_large", "not_finished")


@api.post("/workshops/<workshop>/imports/baseline")
@rule("organiser")
@about(
    upload=True, gives=Imported, refuses=("not_draft", *REFUSES),
    query=(("synthetic", "`true` marks the figures as invented, everywhere"), FILENAME),
)  # fmt: skip
def baseline(workshop: str) -> Response:
    """Import the earlier survey from CSV or XLSX: interview and metric scores; all of it or nothing."""
    try:
        order = _baseline(workshop)
    except ImportFault as fault:
        return _faulty(fault)
    return submit(workshop, order, completeness=counts(order))


@api.post("/workshops/<workshop>/imports/baseline/check")
@rule("organiser")
@about(upload=True, gives=ImportLook, query=(FILENAME,), refuses=REFUSES)
def look_at_baseline(workshop: str) -> Response:
    """Say what an earlier survey would bring, or every fault of it; nothing is imported."""
    try:
        order = _baseline(workshop)
    except ImportFault as fault:
        return _faulty(fault)
    sample = msgspec.to_builtins(order.rows[:MOST_SAMPLED])
    return replies.json(ImportLook(len(order.rows), sample, completeness=counts(order)))


@api.post("/workshops/<workshop>/imports/seats")
@rule("organiser")
@about(upload=True, gives=Imported, query=(FILENAME,), refuses=("already_frozen", *REFUSES))
def seats(workshop: str) -> Response:
    """Issue seats from CSV or XLSX; the cards with their secrets stand in the answer, this once."""
    try:
        order = _seats(workshop)
    except ImportFault as fault:
        return _faulty(fault)
    return submit(workshop, order, rows=len(order.rows or ()))


@api.post("/workshops/<workshop>/imports/seats/check")
@rule("organiser")
@about(upload=True, gives=ImportLook, query=(FILENAME,), refuses=REFUSES)
def look_at_seats(workshop: str) -> Response:
    """Say how many seats a list would issue in each group, or every fault of it; no seat is issued."""
    try:
        rows = _seats(workshop).rows or []
    except ImportFault as fault:
        return _faulty(fault)
    groups = dict(Counter(row.group for row in rows if row.group))
    return replies.json(ImportLook(len(rows), msgspec.to_builtins(rows[:MOST_SAMPLED]), groups=groups))


def _baseline(workshop: str) -> ImportBaseline:
    house = services()
    now = house.engine.look(workshop)
    data, filename = parsing.upload(house.settings.max_upload_bytes)
    synthetic = parsing.choice("synthetic", ("true", "false"), "true" if now.synthetic else "false") == "true"
    return baseline_order(house.read_baseline, now, data, filename, synthetic)


def _seats(workshop: str) -> IssueSeats:
    house = services()
    now = house.engine.look(workshop)
    data, filename = parsing.upload(house.settings.max_upload_bytes)
    return seats_order(house.read_seats, now, data, filename)


def _faulty(fault: ImportFault) -> Response:
    """Every fault by row and column; the rows of the first stand in `table`, to be shown with their cells marked."""
    fields = [one.told(g.language) for one in fault.faults]
    table = None if fault.excerpt is None else {"most": MOST_SHOWN, **msgspec.to_builtins(fault.excerpt)}
    return problems.problem(Refusal("bad_import"), fields=fields, table=table)


# --- templates --------------------------------------------------------------------------------------------------------


@api.get("/workshops/<workshop>/templates/<kind>.<form>")
@rule("staff")
@about(
    media=MEDIA["csv"], refuses=("unknown_workshop", "not_found", "malformed"),
    query=(("decimal", "`comma` or `point`; by itself as the language writes numbers"), ("language", "`id` or `en`")),
)  # fmt: skip
def template(workshop: str, kind: str, form: str) -> Response:
    """Give a table to fill in, made for this workshop: `baseline` or `seats`, as `csv` or `xlsx`."""
    state = services().engine.look(workshop)
    comma = parsing.choice("decimal", ("comma", "point"), "comma" if g.language == "id" else "point") == "comma"
    made: dict[str, Any] = {
        "baseline": lambda: templates.survey(state.tree, g.language, comma=comma),
        "seats": lambda: templates.seats(groups_to_seat(state), g.language),
    }
    if kind not in made or form not in get_args(templates.Form):
        raise Refusal("not_found")
    response = Response(templates.written(made[kind](), form, comma=comma), content_type=MEDIA[form])  # type: ignore[arg-type]  # looked at above
    response.headers["Content-Disposition"] = f'attachment; filename="{request.path.rsplit("/", 1)[-1]}"'
    return response
