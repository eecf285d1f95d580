"""Every text that reports say, gathered from the code and the templates. Translates nothing."""

import ast
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from tests import house

CALLS = ("say", "count", "mark")
Text = str | tuple[str, str]


def texts() -> set[Text]:
    """Each text once; one with a plural as a pair."""
    found: set[Text] = set()
    for path in (house.ROOT / "server/reports").glob("*.py"):
        found |= _in_python(path)
    for path in (house.ROOT / "templates/report").glob("*.html"):
        tree = Environment().parse(path.read_text("utf-8"))
        for _, _, told in extract_from_ast(tree, ("say", "count")):
            found.add(_pair(told) if isinstance(told, tuple) else told)
    return found


def _pair(told: tuple[str | None, ...]) -> Text:
    strings = [text for text in told if text is not None]
    return strings[0] if len(strings) == 1 else (strings[0], strings[1])


def _in_python(path: Path) -> set[Text]:
    found: set[Text] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in CALLS:
            told = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if told:
                found.add(_pair(tuple(told)))
    return found
