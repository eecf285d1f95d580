"""Every knob of the server, read once from a mapping of environment variables into one frozen record.

Owns the names, defaults, limits and sentences of the settings. Never looks at the process environment by
itself, never touches disk or network, imports nothing of ours. `python -m config` prints docs/settings.md.
"""

import difflib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

PREFIX = "MUFAKAT_"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = ("0.0.0.0", "::", "[::]")  # listening on all addresses names no host that a browser could send
NAME = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\])"
TRUTH = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)


class SettingsError(ValueError):
    """A variable is unknown, or its text cannot mean what it should; the sentence says what would work.

    `code` is `bad_setting` or `unknown_setting`; `variable` is the name in the environment. The text that was
    given is never quoted, because it may be a secret.
    """

    def __init__(self, code: str, variable: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.variable = variable


class Kind(NamedTuple):
    """What the text of a variable may be: `accepts` tells people, `read` makes the value or raises."""

    accepts: str
    read: Callable[[str], Any]


def _matching(pattern: str, accepts: str) -> Kind:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return Kind(accepts, read)


def _whole(low: int, high: int) -> Kind:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return Kind(f"a whole number from {low} to {high}", read)


def _list_of(kind: Kind, accepts: str) -> Kind:
    return Kind(accepts, lambda text: tuple(kind.read(part.strip().lower()) for part in text.split(",")))


def _origin(text: str) -> str:
    parts = urlsplit(text.lower().removesuffix("/"))
    if not re.fullmatch(rf"{NAME}(:[0-9]{{1,5}})?", parts.netloc) or parts.port == 0:
        raise ValueError
    if parts.scheme not in ("http", "https") or parts.path or parts.query or parts.fragment:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc}"


FLAG = Kind("true or false", lambda text: TRUTH[text.lower()])
PATH = Kind("a path", Path)
TEXT = Kind("any text", str)
ADDRESS = _matching(rf"{NAME}|[0-9a-fA-F:.]+", "an IP address or a host name")
ORIGIN = Kind("an address such as https://mufakat.example.org, without a path", _origin)
HOSTS = _list_of(_matching(NAME, "a host name"), "host names without ports, separated by commas, never `*`")
ORIGINS = _list_of(ORIGIN, "addresses such as https://mufakat.example.org, separated by commas, never `*`")
DATABASE = _matching(
    r"sqlite:///.+|postgresql(\+psycopg)?://.+",
    "sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name",
)
REDIS = _matching(r"rediss?://.+|unix://.+", "redis://host:6379/0")
LANGUAGE = _matching("id|en", "id or en")
LEVEL = _matching("DEBUG|INFO|WARNING|ERROR", "DEBUG, INFO, WARNING or ERROR")
COMMIT = _matching("[0-9a-f]{7,64}", "a commit identifier of 7 to 64 lower-case hexadecimal digits")


def _knob(
    doc: str, kind: Kind, default: str = "", *, shown: str = "", unit: str = "", secret: bool = False
) -> Any:
    """One field: its sentence, its kind, its default as the environment would spell it (`shown`: derived)."""
    about = {"doc": doc, "kind": kind, "default": default, "shown": shown, "unit": unit, "secret": secret}
    return field(repr=not secret, metadata=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chose, complete and checked; built by `from_env`."""

    host: str = _knob("Address the server listens on.", ADDRESS, "127.0.0.1")
    port: int = _knob("Port the server listens on, where 0 lets the system choose.", _whole(0, 65535), "8000")
    data_dir: Path = _knob(  # noqa: RUF009 - it returns a dataclass field
        "Folder of the database, the signing key and uploaded files.", PATH, "data"
    )
    database_url: str = _knob(
        "Database that holds the trail.", DATABASE, shown="`mufakat.db` in the data folder", secret=True
    )
    redis_url: str | None = _knob("Redis that carries notices between workers.", REDIS, secret=True)
    public_url: str | None = _knob("Address that participants open, as seat cards print it.", ORIGIN)
    allowed_hosts: tuple[str, ...] = _knob(
        "Host headers that are answered, to which the host of the public address is always added.",
        HOSTS,
        shown="the loopback names and the address listened on, or every address of this machine where all are",
    )
    allowed_origins: tuple[str, ...] = _knob(
        "Origins besides our own whose pages may open a socket, to which the public address is always added.",
        ORIGINS,
    )
    language: Literal["id", "en"] = _knob("Language of pages until a visitor chooses one.", LANGUAGE, "id")
    workers: int = _knob("Server processes that share the port.", _whole(1, 64), "1", unit="processes")
    key_passphrase: str | None = _knob("Passphrase that encrypts the signing key on disk.", TEXT, secret=True)
    staff_on_lan: bool = _knob("Whether staff pages answer other machines than this one.", FLAG, "false")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _knob("Least severe line kept.", LEVEL, "INFO")
    max_message_bytes: int = _knob(
        "Largest message accepted from a participant.", _whole(1024, 1048576), "16384", unit="bytes"
    )
    max_sockets: int = _knob(
        "Most sockets open at one time.", _whole(1, 1000000), "4096", unit="sockets"
    )
    sockets_per_seat: int = _knob(
        "Sockets one seat may have open, for the tabs of its browser.", _whole(1, 1000), "3", unit="sockets"
    )
    events_per_second: int = _knob(
        "Events one socket may send.", _whole(1, 1000000), "20", unit="events a second"
    )
    max_upload_bytes: int = _knob(
        "Largest file accepted as an import.", _whole(1024, 104857600), "5242880", unit="bytes"
    )
    join_codes_per_minute_device: int = _knob(
        "Failed join codes allowed to one device.", _whole(1, 1000), "5", unit="codes a minute"
    )
    join_codes_per_minute: int = _knob(
        "Failed join codes allowed to everybody together.", _whole(1, 100000), "60", unit="codes a minute"
    )
    batch_max: int = _knob(
        "Most commands committed in one transaction.", _whole(1, 10000), "512", unit="commands"
    )
    worker_seconds: int = _knob(
        "Longest time a worker process may take over one file, document or set of figures.", _whole(1, 3600), "60",
        unit="seconds",
    )
    source_commit: str | None = _knob("Commit this server was built from, stamped on exports.", COMMIT)
    chromium: Path | None = _knob(  # noqa: RUF009 - it returns a dataclass field
        "Chromium that the browser tests drive.", PATH
    )
    require_all: bool = _knob("Whether a skipped test is an error, as in integration runs.", FLAG, "false")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read every setting from `env`; names without our prefix are ignored, an empty text counts as unset.

        Raises SettingsError naming the first variable that is unknown or wrong.
        """
        known = {variable(knob): knob for knob in fields(cls)}
        for name in sorted(env):
            if name.startswith(PREFIX) and name not in known:
                near = difflib.get_close_matches(
                    name[len(PREFIX) :], [knob.name.upper() for knob in fields(cls)], 1
                )
                works = PREFIX + near[0] if near else "a name listed in docs/settings.md"
                raise SettingsError("unknown_setting", name, f"{name} is not a setting; use {works}.")
        return cls(**_completed({knob.name: _read(knob, env.get(name, "")) for name, knob in known.items()}))

    @property
    def answers_own_addresses(self) -> bool:
        """Whether every address of this machine is an allowed host: it listens on all of them, and no list shuts out
        the loopback names."""
        return self.host in EVERYWHERE and set(LOOPBACK) <= set(self.allowed_hosts)


def variable(knob: "Field[Any]") -> str:
    """Name of a field in the environment."""
    return PREFIX + knob.name.upper()


def _read(knob: "Field[Any]", text: str) -> Any:
    kind: Kind = knob.metadata["kind"]
    text = (text if kind is TEXT else text.strip()) or knob.metadata["default"]
    if not text:
        return None
    try:
        return kind.read(text)
    except (ValueError, LookupError):
        name = variable(knob)
        raise SettingsError("bad_setting", name, f"{name} must be {kind.accepts}.") from None


def _completed(values: dict[str, Any]) -> dict[str, Any]:
    """Fill in what follows from other settings."""
    values["database_url"] = values["database_url"] or f"sqlite:///{values['data_dir'] / 'mufakat.db'}"
    own = () if values["host"] in EVERYWHERE else (_bracketed(values["host"]),)
    hosts = values["allowed_hosts"] or (*LOOPBACK, *own)
    origins = values["allowed_origins"] or ()
    if public := values["public_url"]:
        hosts = (*hosts, _bracketed(urlsplit(public).hostname or ""))
        origins = (*origins, public)
    values["allowed_hosts"] = tuple(dict.fromkeys(hosts))
    values["allowed_origins"] = tuple(dict.fromkeys(origins))
    return values


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()


def page() -> str:
    """The settings as a Markdown page, drawn from the fields themselves."""
    rows = []
    for knob in fields(Settings):
        about = knob.metadata
        default = about["shown"] or (f"`{about['default']}`" if about["default"] else "not set")
        unit = f" ({about['unit']})" if about["unit"] else ""
        secret = " Kept out of logs." if about["secret"] else ""
        accepts = about["kind"].accepts + unit
        rows.append(f"| `{variable(knob)}` | {about['doc']}{secret} | {accepts} | {default} |")
    head = ["| variable | what it sets | accepts | default |", "|---|---|---|---|"]
    return "\n".join([*_INTRODUCTION, *head, *rows]) + "\n"


_INTRODUCTION = [
    "# Settings",
    "",
    "Every setting is an environment variable, read once at start. An empty variable counts as not set.",
    "A variable that begins with `MUFAKAT_` and is not listed here stops the server, lest a slip go unseen.",
    "`python -m config` prints this page; a test compares the two.",
    "",
]

if __name__ == "__main__":
    sys.stdout.write(page())
