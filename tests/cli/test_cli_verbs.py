"""The verbs of the shell on a real database: what they print and refuse, and that a server sees it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from server.cli import VERBS, main
from tests.small_hall import FRAMEWORK
from tests.web_hall import house

FILE = "indicator,stream,score,answered,asked\r\n1.1,interview,2.10,3,3\r\n1.2,metric,,0,3\r\n"


class Shell:
    """The command line on one folder, in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        (folder / "frame.json").write_text(json.dumps(FRAMEWORK))

    def run(self, *args: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = main([*args, "--data-dir", str(self.folder / "data")])
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err

    def ok(self, *args: str) -> Any:
        status, out, err = self.run(*args, "--json")
        assert (status, err) == (0, ""), err
        return json.loads(out)

    def refused(self, code: str, *args: str) -> str:
        status, out, err = self.run(*args)
        assert (status, out) == (2, "") and err.endswith(f"[{code}]\n"), (status, out, err)
        return err

    def new(self) -> str:
        made = self.ok("workshop", "new", "--title", "Aula", "--framework", str(self.folder / "frame.json"))
        return str(made["workshop"])


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def test_every_verb_has_a_line_of_help_and_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    lines = dict(re.findall(r"^  (\S+) +(\S.*)$", capsys.readouterr().out, re.M))
    assert lines == {verb: load().HELP for verb, load in VERBS.items()}
    for verb in VERBS:
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: python -m server {verb}")


def test_no_verb_and_an_unknown_one_are_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["explode"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("There is no verb explode; use one of ") and told.endswith(" [unknown_verb]\n")


def test_a_pass_that_the_shell_made_is_let_in_by_a_server_that_was_running_already(
    shell: Shell, tmp_path: Path
) -> None:
    with house(tmp_path) as hall:
        made = shell.ok("staff", "add", "--name", "Budi", "--role", "facilitator", "--group", "D1")
        assert (made["name"], made["role"], made["groups"]) == ("Budi", "facilitator", ["D1"])
        assert hall.caller(made["pass"]).get("/workshops").status_code == 200
        assert "Budi" in shell.refused("name_taken", "staff", "add", "--name", "Budi", "--role", "observer")
        shell.refused("malformed", "staff", "add", "--name", "Cici", "--role", "observer", "--group", "D1")


def test_a_workshop_made_and_filled_in_the_shell_goes_on_in_the_server(shell: Shell, tmp_path: Path) -> None:
    workshop = shell.new()
    (tmp_path / "survey.csv").write_text(FILE)
    told = shell.ok("import", "baseline", "survey.csv", "--workshop", workshop, "--synthetic")
    assert told["completeness"] == {"interview": {"rows": 1, "answered": 3, "asked": 3},
                                    "metric": {"rows": 1, "answered": 0, "asked": 3}}  # fmt: skip
    cards = shell.ok("seats", "--workshop", workshop, "--group", "D1", "--count", "2")["cards"]
    listed = shell.ok("workshop", "list")["workshops"]
    assert [(row["workshop"], row["title"], row["phase"]) for row in listed] == [(workshop, "Aula", "draft")]
    with house(tmp_path) as hall:
        state = hall.organiser.get(f"/workshops/{workshop}").json
        assert state["baseline"] == {"rows": 2, "synthetic": True}
        assert [seat["seat"] for seat in state["seats"]] == [1, 2]
        assert hall.caller().post("/join", {"code": cards[1]["code"]}).json["seat"] == 2


def test_a_server_goes_on_from_what_the_shell_did_meanwhile(shell: Shell, tmp_path: Path) -> None:
    with house(tmp_path) as hall:
        hall.workshop = hall.create().json["workshop"]
        before = hall.organiser.get(hall.here).json["size"]
        shell.ok("seats", "--workshop", hall.workshop, "--group", "D2", "--count", "3")
        after = hall.organiser.get(hall.here).json
        assert (after["size"], len(after["seats"])) == (before + 3, 3)
        assert hall.ok("start")["version"] == after["version"] + 1


def test_faults_of_a_file_are_told_by_row_and_nothing_is_imported(shell: Shell, tmp_path: Path) -> None:
    workshop = shell.new()
    (tmp_path / "bad.csv").write_text(FILE + "9.9,interview,3,3,3\r\n1.1,interview,3,3,3\r\n")
    told = shell.refused("bad_import", "import", "baseline", "bad.csv", "--workshop", workshop)
    assert [line.partition(":")[0] for line in told.splitlines()[:2]] == [
        "row 4, column indicator", "row 5, column indicator",
    ]  # fmt: skip
    with house(tmp_path) as hall:
        assert hall.organiser.get(f"/workshops/{workshop}").json["baseline"] is None


def test_what_is_not_there_is_named(shell: Shell, tmp_path: Path) -> None:
    workshop = shell.new()
    shell.refused("file_unreadable", "import", "baseline", "nowhere.csv", "--workshop", workshop)
    (tmp_path / "survey.csv").write_text(FILE)
    shell.refused("unknown_workshop", "import", "baseline", "survey.csv", "--workshop", "w0")
    shell.refused("unknown_framework", "workshop", "new", "--title", "x", "--framework", "nist")
    shell.refused("bad_framework", "workshop", "new", "--title", "x", "--framework", "nowhere.json")
    shell.refused("malformed", "seats", "--workshop", workshop)
    shell.refused("unknown_group", "seats", "--workshop", workshop, "--group", "D9", "--count", "1")
    assert not (tmp_path / f"cards-{workshop}.html").exists()


def test_cards_are_a_page_of_our_own_that_holds_each_secret_once_and_is_never_overwritten(
    shell: Shell, tmp_path: Path
) -> None:
    workshop = shell.new()
    cards = shell.ok("seats", "--workshop", workshop, "--group", "D1", "--count", "3", "--out", "cards.html")["cards"]
    page = tmp_path / "cards.html"
    text = page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600
    assert re.findall(r'card__code">(\w{4}) (\w{4})<', text) == [(c["code"][:4], c["code"][4:]) for c in cards]
    assert len(re.findall("<svg", text)) == 3
    assert not re.search(r"<script|src=|<link rel=\"stylesheet|@import|url\((?!\"data:)", text), "it stands by itself"
    assert 'data-tongue="id"' in text and ".sheet--cards" in text
    more = ("seats", "--workshop", workshop, "--group", "D1", "--count", "1", "--out", "cards.html")
    shell.refused("file_exists", *more)
    assert page.read_text("utf-8") == text
    assert len(shell.ok("workshop", "list")["workshops"]) == 1
    shell.ok(*more[:-1], "both.html", "--tables", "--language", "both")
    both = (tmp_path / "both.html").read_text("utf-8")
    assert 'data-tongue="both"' in both and both.count('class="tent ') == 4 and both.count('class="card"') == 1


def test_db_upgrade_makes_the_database_and_says_what_it_holds(shell: Shell) -> None:
    assert shell.ok("db", "upgrade") == {"ok": True, "workshops": 0}
    shell.new()
    assert shell.run("db", "upgrade")[:2] == (0, "The database is of this version; it holds 1 workshops.\n")




# --- pre-flight -------------------------------------------------------------------------------------------------------


def test_a_preflight_names_what_must_be_mended_and_ends_with_1(shell: Shell, tmp_path: Path) -> None:
    status, out, err = shell.run("preflight", "--language", "en", "--json")
    told = json.loads(out)
    states = {line["key"]: line["state"] for line in told["lines"]}
    assert (status, err, told["ready"], told["phone_check"]) == (1, "", False, None)
    assert {states[key] for key in ("database", "trail", "key")} == {"fine"} and states["address"] == "mend"
    (tmp_path / "data" / "signing.pem").chmod(0o644)
    status, out, _ = shell.run("preflight", "--language", "id")
    assert status == 1 and "✗ Kunci penanda tangan – perbaiki: " in out
    (tmp_path / "data" / "mufakat.db").write_bytes(b"not a database at all" * 100)
    (tmp_path / "data" / "signing.pem").chmod(0o600)
    lines = json.loads(shell.run("preflight", "--json")[1])["lines"]
    assert [line["key"] for line in lines if line["state"] == "mend"][-1] == "database"
