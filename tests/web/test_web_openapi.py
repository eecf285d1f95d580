"""The API page describes what is served, no more and no less, and answers are as it says."""

import re
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from server.web.problems import STATUS
from server.workshop.refusals import CODES
from tests.web_hall import API, Hall


def description(hall: Hall) -> dict[str, Any]:
    told: dict[str, Any] = hall.caller().get("/openapi.json").json
    return told


def test_the_description_is_valid_openapi(hall: Hall) -> None:
    told = description(hall)
    assert told["openapi"] == "3.1.0"
    validate(told)


def test_every_route_is_described_with_who_may_call_it_and_what_it_may_refuse(hall: Hall) -> None:
    told, app = description(hall)["paths"], hall.app.wsgi
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule), method.lower())
        for route in app.url_map.iter_rules()
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, methods in told.items() for method in methods} == served
    for path, methods in told.items():
        for operation in methods.values():
            assert operation["summary"].endswith(".") and operation["x-who"], path
            codes = re.findall(r"`(\w+)`", " ".join(r["description"] for r in operation["responses"].values()))
            assert set(codes) <= set(CODES)
            assert {status for status in operation["responses"] if int(status) >= 400} == {
                str(STATUS[code]) for code in codes
            }
    answers = told[f"{API}/answers"]["put"]
    assert (answers["x-who"], answers["security"]) == (["seat"], [{"bearer": []}, {"seat": []}])
    schema = answers["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/PutAnswers"}


def test_every_operation_has_an_id_of_its_own(hall: Hall) -> None:
    paths = description(hall)["paths"].values()
    ids = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(ids) == len(set(ids))


def test_the_limits_of_a_message_stand_in_its_schema(hall: Hall) -> None:
    schemas = description(hall)["components"]["schemas"]
    assert schemas["PutAnswers"]["properties"]["answers"]["maxItems"] == 64
    assert schemas["PutAnswers"]["additionalProperties"] is False
    assert "pass" in schemas["Joined"]["properties"]


@pytest.mark.parametrize(
    ("path", "as_whom"),
    [("/ballot", "seat"), ("/workshops", "staff"), ("{here}", "staff"), ("{here}/rounds/D1/1", "staff"),
     ("{here}/rounds/D1/1", "seat"), ("{here}/profile", "staff"), ("{here}/trail", "seat"),
     ("{here}/groups/D1/expert", "staff"), ("{here}/groups/D1/measures", "staff"), ("{here}/certainty", "staff"),
     ("/rules", "staff"), ("/rules/schema", "seat")],
)  # fmt: skip
def test_what_is_served_is_what_the_description_says(hall: Hall, path: str, as_whom: str) -> None:
    hall.hold()
    hall.round(3, 3, 3, 4, 4, 5)
    told = description(hall)
    caller = hall.seats[0] if as_whom == "seat" else hall.organiser
    answer = caller.get(path.format(here=hall.here))
    template = API + path.format(here="/workshops/{workshop}").replace("D1/1", "{group}/{number}")
    template = template.replace("/D1/", "/{group}/")
    schema = told["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": told["components"]}).validate(answer.json)


def test_the_page_names_every_call_and_every_code_without_any_script(hall: Hall) -> None:
    page = hall.caller().get("/docs")
    assert page.content_type == "text/html; charset=utf-8"
    assert "<script" not in page.text and "http" not in re.sub(r"<[^>]*>", "", page.text)
    for path, methods in description(hall)["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in page.text.replace("&lt;", "<").replace("&gt;", ">")
    assert set(re.findall(r'<tr id="(\w+)">', page.text)) == set(CODES)
    nonce = re.search(r'<style nonce="([^"]+)">', page.text)
    assert nonce and f"style-src 'nonce-{nonce[1]}'" in page.headers["Content-Security-Policy"]
