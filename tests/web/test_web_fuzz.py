"""Whatever is sent to whichever route, the answer is a success or a problem: never a fault of ours, never a trace."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web_hall import Hall, house

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["command", "group", "items", "round", "answers", "code", "title", "framework", "groups", "rule", "settings",
     "language", "token", "name", "password", "seat", "value", "expects", "rows", "count", "pass", "minutes", "reason"]
)  # fmt: skip
COMMANDS = st.sampled_from(
    ["open_round", "issue_seats", "set_rule", "set_settings", "moderate", "decide_item", "enter_paper", "attach_file",
     "link_initiative", "annotate", "erase_seat", "move_seat", "freeze", "disclose"]
)  # fmt: skip
BODIES = st.one_of(
    st.dictionaries(NAMES, VALUES, max_size=6),
    st.builds(lambda name, rest: rest | {"command": name}, COMMANDS, st.dictionaries(NAMES, VALUES, max_size=5)),
    VALUES,
)
SEGMENTS = st.text(max_size=12) | st.sampled_from(["D1", "1", "0", "-1", "..", "%00", "w1"])


def routes(hall: Hall) -> list[tuple[str, str]]:
    """Every call of the interface as (method, address with names in braces)."""
    paths = hall.caller().get("/openapi.json").json["paths"]
    calls = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    return [(method, path) for method, path in calls if path.startswith("/api/v1") and not path.endswith("sign-out")]


def test_no_body_and_no_address_brings_a_route_to_fall(tmp_path: Path) -> None:
    with house(tmp_path) as hall:
        hall.hold()
        hall.round(3, 3, 3, 4, 4, 5)
        calls = routes(hall)
        assert len(calls) > 20
        statuses: set[int] = set()

        @settings(max_examples=400, deadline=None, database=None)
        @given(st.sampled_from(calls), BODIES, st.lists(SEGMENTS, min_size=3, max_size=3), st.sampled_from((0, 1, 2)))
        def ask(call: tuple[str, str], body: Any, segments: list[str], who: int) -> None:
            method, path = call
            path = path.replace("{workshop}", segments[0] if who == 2 else hall.workshop)
            for name, segment in zip(("group", "number", "seq", "name"), [*segments, "1"], strict=False):
                path = path.replace("{" + name + "}", segment)
            caller = (hall.organiser, hall.seats[0], hall.caller())[who]
            told = caller.client.open(
                path, method=method, headers=caller.headers, data=json.dumps(body).encode("utf-8", "surrogatepass"),
                content_type="application/json",
            )  # fmt: skip
            statuses.add(told.status_code)
            assert told.status_code < 500, (method, path, body, told.text)
            if told.status_code >= 400:
                problem = told.json
                assert told.content_type == "application/problem+json" and problem["status"] == told.status_code
                assert problem["detail"].endswith(".") and "{" not in problem["title"]
            told.close()

        ask()
        assert statuses >= {200, 401, 403, 404, 422}
