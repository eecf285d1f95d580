"""Settings: defaults, reading, refusals. Witnesses are the tables of the design pages, by hand."""

import dataclasses
from pathlib import Path

import pytest

from config import Settings, SettingsError


def refusal(**env: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env)
    return caught.value


def test_an_empty_environment_gives_a_server_on_loopback_with_sqlite_in_the_data_folder() -> None:
    assert dataclasses.asdict(Settings.from_env({})) == {
        "host": "127.0.0.1",
        "port": 8000,
        "data_dir": Path("data"),
        "database_url": "sqlite:///data/mufakat.db",
        "redis_url": None,
        "public_url": None,
        "allowed_hosts": ("localhost", "127.0.0.1", "[::1]"),
        "allowed_origins": (),
        "language": "id",
        "workers": 1,
        "key_passphrase": None,
        "staff_on_lan": False,
        "log_level": "INFO",
        "max_message_bytes": 16 * 1024,
        "max_sockets": 4096,
        "sockets_per_seat": 3,
        "events_per_second": 20,
        "max_upload_bytes": 5 * 1024 * 1024,
        "join_codes_per_minute_device": 5,
        "join_codes_per_minute": 60,
        "batch_max": 512,
        "worker_seconds": 60,
        "source_commit": None,
        "chromium": None,
        "require_all": False,
    }


def test_the_database_follows_the_data_folder_unless_it_is_named() -> None:
    assert Settings.from_env({"MUFAKAT_DATA_DIR": "/srv/m"}).database_url == "sqlite:////srv/m/mufakat.db"
    named = {"MUFAKAT_DATA_DIR": "/srv/m", "MUFAKAT_DATABASE_URL": "postgresql+psycopg://u:p@db/m"}
    assert Settings.from_env(named).database_url == "postgresql+psycopg://u:p@db/m"


def test_the_public_address_is_an_allowed_host_and_origin_even_beside_a_list() -> None:
    settings = Settings.from_env({"MUFAKAT_PUBLIC_URL": "https://Hall.example:8443/"})
    assert settings.public_url == "https://hall.example:8443"
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]", "hall.example")
    assert settings.allowed_origins == ("https://hall.example:8443",)
    listed = Settings.from_env(
        {"MUFAKAT_PUBLIC_URL": "https://b.example", "MUFAKAT_ALLOWED_HOSTS": "A.example, c"}
    )
    assert listed.allowed_hosts == ("a.example", "c", "b.example")


@pytest.mark.parametrize(
    ("host", "added"),
    [("192.168.1.5", ("192.168.1.5",)), ("fe80::1", ("[fe80::1]",)), ("0.0.0.0", ()), ("::", ())],
)
def test_the_address_listened_on_is_an_allowed_host_unless_it_is_every_address(
    host: str, added: tuple[str, ...]
) -> None:
    hosts = Settings.from_env({"MUFAKAT_HOST": host}).allowed_hosts
    assert hosts == ("localhost", "127.0.0.1", "[::1]", *added)


@pytest.mark.parametrize(
    ("env", "own"),
    [({"MUFAKAT_HOST": "0.0.0.0"}, True), ({"MUFAKAT_HOST": "::"}, True), ({}, False),
     ({"MUFAKAT_HOST": "192.168.1.5"}, False),
     ({"MUFAKAT_HOST": "0.0.0.0", "MUFAKAT_ALLOWED_HOSTS": "a.example"}, False),
     ({"MUFAKAT_HOST": "0.0.0.0", "MUFAKAT_PUBLIC_URL": "http://hall.example"}, True)],
)  # fmt: skip
def test_every_own_address_is_answered_where_all_are_listened_on_and_no_list_says_otherwise(
    env: dict[str, str], own: bool
) -> None:
    assert Settings.from_env(env).answers_own_addresses is own


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("YES", True), ("1", True), ("off", False), ("False", False), ("", False)],
)
def test_a_flag_is_said_in_the_usual_words(text: str, value: bool) -> None:
    assert Settings.from_env({"MUFAKAT_STAFF_ON_LAN": text}).staff_on_lan is value


def test_an_empty_text_counts_as_not_set_and_blanks_around_a_value_are_dropped() -> None:
    assert Settings.from_env({"MUFAKAT_REDIS_URL": "", "MUFAKAT_PORT": " 0 "}) == Settings.from_env(
        {"MUFAKAT_PORT": "0"}
    )


def test_a_passphrase_is_kept_to_the_letter() -> None:
    assert Settings.from_env({"MUFAKAT_KEY_PASSPHRASE": " two words "}).key_passphrase == " two words "


@pytest.mark.parametrize(
    ("name", "text", "works"),
    [
        ("PORT", "http", "a whole number from 0 to 65535"),
        ("PORT", "65536", "a whole number from 0 to 65535"),
        ("PORT", "-1", "a whole number from 0 to 65535"),
        ("WORKERS", "0", "a whole number from 1 to 64"),
        ("PORT", "８０００", "a whole number from 0 to 65535"),
        ("LANGUAGE", "fr", "id or en"),
        ("STAFF_ON_LAN", "maybe", "true or false"),
        ("LOG_LEVEL", "info", "DEBUG, INFO, WARNING or ERROR"),
        (
            "DATABASE_URL",
            "mysql://db",
            "sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name",
        ),
        ("REDIS_URL", "cache:6379", "redis://host:6379/0"),
        ("SOURCE_COMMIT", "main", "a commit identifier of 7 to 64 lower-case hexadecimal digits"),
        ("HOST", "http://here", "an IP address or a host name"),
    ],
)
def test_a_bad_value_is_refused_naming_the_variable_and_what_would_work(
    name: str, text: str, works: str
) -> None:
    error = refusal(**{f"MUFAKAT_{name}": text})
    assert (error.code, error.variable) == ("bad_setting", f"MUFAKAT_{name}")
    assert str(error) == f"MUFAKAT_{name} must be {works}."


@pytest.mark.parametrize(
    "text",
    [
        "mufakat.example.org",
        "ftp://a.example",
        "https://a.example/x",
        "https://u@a.example",
        "https://a:99999",
        "https://a.example?x=1",
        "https://",
        "http://[::1",
        "https://*",
    ],
)
def test_an_address_that_is_no_origin_is_refused_for_both_variables(text: str) -> None:
    assert refusal(MUFAKAT_PUBLIC_URL=text).code == "bad_setting"
    assert refusal(MUFAKAT_ALLOWED_ORIGINS=f"https://a.example,{text}").code == "bad_setting"


@pytest.mark.parametrize("text", ["*", "a.example,*", "a.example:80", "a.example,,b", "http://a.example"])
def test_a_host_list_takes_names_only_and_never_everybody(text: str) -> None:
    assert "never `*`" in str(refusal(MUFAKAT_ALLOWED_HOSTS=text))


def test_a_misspelt_variable_is_refused_by_name_with_the_nearest_one() -> None:
    error = refusal(MUFAKAT_DATA_DRI="x")
    assert error.code == "unknown_setting"
    assert str(error) == "MUFAKAT_DATA_DRI is not a setting; use MUFAKAT_DATA_DIR."
    far = refusal(MUFAKAT_="x")
    assert str(far) == "MUFAKAT_ is not a setting; use a name listed in docs/settings.md."


def test_variables_of_other_programs_are_ignored() -> None:
    assert Settings.from_env({"PATH": "/bin", "mufakat_port": "x"}) == Settings.from_env({})


def test_secrets_stand_neither_in_the_representation_nor_in_a_refusal() -> None:
    secrets = {
        "MUFAKAT_KEY_PASSPHRASE": "s3cret",
        "MUFAKAT_DATABASE_URL": "postgresql://u:s3cret@db/m",
        "MUFAKAT_REDIS_URL": "redis://:s3cret@r/0",
    }
    assert "s3cret" not in repr(Settings.from_env(secrets))
    assert "s3cret" not in str(refusal(MUFAKAT_DATABASE_URL="mysql://u:s3cret@db"))


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings.from_env({}).port = 1  # type: ignore[misc]
