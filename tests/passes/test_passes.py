"""Who you are, at every door. Witness: the protocol and the trust page, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from small_hall import ORGANISER, FakeClock, W, hold, order, refused, running
from sqlalchemy import text

from server.engine import Engine
from server.passes import _NOBODY, Identity, Passes
from server.workshop import commands as c
from server.workshop.given import SEAT, Actor

PASSWORD = "sandi yang panjang"
WRONG = "ZZZZZZZZ"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path) as engine:
        yield engine


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def passes(engine: Engine, clock: FakeClock) -> Passes:
    return Passes(engine._database, clock, pepper=engine._house.pepper, by_device=5, over_all=60)


def stored(engine: Engine) -> str:
    with engine._database.read() as connection:
        return "".join(str(connection.execute(text(f"SELECT * FROM {t}")).all()) for t in ("passes", "staff", "meta"))


def test_no_pass_and_a_wrong_one_stand_for_nobody(passes: Passes) -> None:
    for secret in (None, "", "wrong", "\ud800", "x" * 10_000):
        refused("not_signed_in", passes.who, secret)


def test_the_first_organiser_comes_in_by_a_token_that_works_once(passes: Passes, engine: Engine) -> None:
    refused("bad_token", passes.first_run, "guess", "Ani", PASSWORD)
    older, token = passes.first_run_token(), passes.first_run_token()
    assert older and token
    refused("bad_token", passes.first_run, older, "Ani", PASSWORD)
    refused("malformed", passes.first_run, token, "Ani", "short")
    refused("malformed", passes.first_run, token, " ", PASSWORD)
    secret = passes.first_run(token, " Ani ", PASSWORD)
    assert passes.who(secret) == Identity("staff", None, None, 1, "Ani", "organiser", None)
    assert passes.who(secret).actor == Actor("staff/1", "organiser", None)
    refused("bad_token", passes.first_run, token, "Budi", PASSWORD)
    assert passes.first_run_token() is None
    told = stored(engine)
    assert all(word not in told for word in (token, secret, PASSWORD)) and "$argon2id$" in told


def test_staff_sign_in_by_name_and_password_and_each_time_get_a_pass_of_their_own(passes: Passes) -> None:
    passes.add_staff("Ani", "facilitator", ["D1"], PASSWORD)
    first, second = passes.sign_in("Ani", PASSWORD), passes.sign_in("Ani", PASSWORD)
    assert first != second and passes.who(first) == passes.who(second)
    assert passes.who(first).actor == Actor("staff/1", "facilitator", frozenset({"D1"}))
    assert passes.revoke(first) and not passes.revoke(first)
    refused("pass_revoked", passes.who, first)
    assert passes.who(second).name == "Ani"


def test_a_password_in_another_unicode_form_is_the_same_password(passes: Passes) -> None:
    passes.add_staff("Ani", "observer", None, "kata sandi cafe\u0301")
    assert passes.who(passes.sign_in("Ani", "kata sandi caf\u00e9")).role == "observer"


def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(passes: Passes) -> None:
    passes.add_staff("Ani", "organiser", None, PASSWORD)
    passes.add_staff("Cici", "organiser")
    refusals = [refused("wrong_password", passes.sign_in, name, password) for name, password in
                (("Ani", PASSWORD + "!"), ("Nobody", PASSWORD), ("Cici", PASSWORD), ("Ani", "\ud800"))]  # fmt: skip
    assert len({refusal.sentence("en") for refusal in refusals}) == 1


def test_what_is_verified_for_an_unknown_name_takes_as_long_as_a_password_of_today() -> None:
    assert not PasswordHasher().check_needs_rehash(_NOBODY)


def test_after_five_wrong_passwords_a_device_waits_a_minute(passes: Passes, clock: FakeClock) -> None:
    passes.add_staff("Ani", "organiser", None, PASSWORD)
    for _ in range(5):
        refused("wrong_password", passes.sign_in, "Ani", "wrong word", "phone")
    refused("too_many_requests", passes.sign_in, "Ani", PASSWORD, "phone")
    passes.sign_in("Ani", PASSWORD, "another")
    clock.pass_by(60)
    passes.sign_in("Ani", PASSWORD, "phone")


def test_a_name_is_given_once_and_a_role_is_one_of_four(passes: Passes) -> None:
    passes.add_staff("Ani", "officer")
    refused("name_taken", passes.add_staff, "Ani", "officer")
    refused("malformed", passes.add_staff, "Budi", "king")
    assert [(a.name, a.role) for a in passes.accounts()] == [("Ani", "officer")]


def test_the_role_is_read_from_the_database_each_time(passes: Passes, engine: Engine) -> None:
    secret = passes.add_staff("Ani", "facilitator", ["D1"])
    with engine._database.write() as connection:
        connection.execute(text("UPDATE staff SET role = 'observer', groups = NULL"))
    assert passes.who(secret).actor == Actor("staff/1", "observer", None)
    passes.retire(1)
    refused("pass_revoked", passes.who, secret)


def test_a_display_shows_one_workshop_and_orders_nothing(passes: Passes, engine: Engine) -> None:
    refused("unknown_workshop", passes.display, W)
    engine.create(order(), ORGANISER)
    shown = passes.who(passes.display(W))
    assert (shown.kind, shown.workshop, shown.role) == ("display", W, None)
    with pytest.raises(Exception, match="Your role may not do this"):
        _ = shown.actor


def test_a_seat_is_known_by_its_number_and_acts_as_a_seat(passes: Passes, engine: Engine) -> None:
    hold(engine, seats=2)
    seat = passes.who(engine.join(W, 2, None, "card")["pass"])
    assert (seat.kind, seat.workshop, seat.seat, seat.by, seat.actor) == ("seat", W, 2, "seat", SEAT)


def test_a_device_waits_after_five_wrong_codes_and_others_do_not(
    passes: Passes, engine: Engine, clock: FakeClock
) -> None:
    card = hold(engine, seats=1)[0]
    for _ in range(5):
        refused("wrong_code", passes.door, WRONG, "phone")
    refused("too_many_codes", passes.door, card["code"], "phone")
    assert passes.door(card["code"], "another") == (W, 1)
    assert passes.door(card["secret"], "phone") == (W, 1)  # a secret cannot be guessed, so it is not held back
    clock.pass_by(59.9)
    refused("too_many_codes", passes.door, card["code"], "phone")
    clock.pass_by(0.1)
    assert passes.door(card["code"], "phone") == (W, 1)


def test_right_codes_are_never_counted(passes: Passes, engine: Engine) -> None:
    card = hold(engine, seats=1)[0]
    for _ in range(100):
        assert passes.door(card["code"].lower(), "phone") == (W, 1)


def test_sixty_wrong_codes_a_minute_hold_back_codes_from_everybody(
    passes: Passes, engine: Engine, clock: FakeClock
) -> None:
    card = hold(engine, seats=1)[0]
    for guess in range(60):
        refused("wrong_code", passes.door, WRONG, f"device {guess}")
    refused("too_many_codes", passes.door, card["code"], "a phone")
    refused("too_many_codes", passes.door, "x" * 50, None)
    clock.pass_by(60)
    assert passes.door(card["code"], "a phone") == (W, 1)


def test_what_is_no_code_at_all_counts_as_a_failure(passes: Passes) -> None:
    for _ in range(5):
        refused("wrong_code", passes.door, "no code", "phone")
    refused("too_many_codes", passes.door, "no code", "phone")


def test_the_card_of_an_erased_seat_opens_nothing(passes: Passes, engine: Engine) -> None:
    card = hold(engine, seats=1)[0]
    engine.submit(W, ORGANISER, c.EraseSeat(seat=1))
    refused("wrong_code", passes.door, card["code"], None)
