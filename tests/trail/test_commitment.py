"""Sealed openings. Witnesses: the formula by hashlib, Crockford's alphabet by hand."""

import hashlib

import pytest

from server.trail.commitment import Opening, commit, opens, tracker
from server.trail.crockford import crockford
from tests.trail.memory import code_of

SALT = bytes(range(16))
BALLOT = {"voice": "v7", "answers": [{"item": "1.1", "value": 4}]}
BALLOT_LINE = b'{"answers":[{"item":"1.1","value":4}],"voice":"v7"}'
OPENING = Opening(seq=9, name="ballot", salt=SALT.hex(), content=BALLOT)


def test_a_commitment_is_the_hash_of_prefix_salt_and_canonical_content():
    assert commit(BALLOT, SALT) == hashlib.sha256(b"\x02" + SALT + BALLOT_LINE).hexdigest()


def test_an_opening_opens_its_own_commitment():
    assert opens(OPENING, commit(BALLOT, SALT))


@pytest.mark.parametrize(
    "forged",
    [
        Opening(9, "ballot", SALT.hex(), {"voice": "v7", "answers": [{"item": "1.1", "value": 5}]}),
        Opening(9, "ballot", bytes(16).hex(), BALLOT),
        Opening(9, "ballot", SALT.hex()[:-2], BALLOT),
        Opening(9, "ballot", SALT.hex().upper(), BALLOT),
        Opening(9, "ballot", "", BALLOT),
        Opening(9, "ballot", SALT.hex(), 4.0),
    ],
)
def test_a_forged_opening_opens_nothing(forged):
    assert not opens(forged, commit(BALLOT, SALT))


def test_the_border_between_salt_and_content_cannot_move():
    with pytest.raises(ValueError, match="16 bytes"):
        commit(BALLOT, SALT + b"\x00")
    with pytest.raises(ValueError, match="16 bytes"):
        commit(BALLOT, b"")


def test_a_commitment_in_upper_case_is_not_the_commitment():
    assert not opens(OPENING, commit(BALLOT, SALT).upper())


def test_an_opening_line_has_its_fields_in_order_and_reads_back():
    line = b'{"content":' + BALLOT_LINE + b',"name":"ballot","salt":"000102030405060708090a0b0c0d0e0f","seq":9}'
    assert OPENING.line() == line
    assert Opening.read(line) == OPENING


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"content":1,"name":"n","salt":"' + b"0" * 32 + b'"}', "opening_fields"),
        (b'{"content":1,"extra":1,"name":"n","salt":"' + b"0" * 32 + b'","seq":1}', "opening_fields"),
        (b"[1,2,3,4]", "opening_fields"),
        (b'{"content":1,"name":"n","salt":"' + b"0" * 32 + b'","seq":-1}', "opening_seq"),
        (b'{"content":1,"name":"n","salt":"' + b"0" * 32 + b'","seq":true}', "opening_seq"),
        (b'{"content":1,"name":"","salt":"' + b"0" * 32 + b'","seq":1}', "opening_name"),
        (b'{"content":1,"name":"n","salt":"' + b"0" * 31 + b'","seq":1}', "opening_salt"),
        (b'{"content":1,"name":"n","salt":"' + b"A" * 32 + b'","seq":1}', "opening_salt"),
        (b'{"content":1.0,"name":"n","salt":"' + b"0" * 32 + b'","seq":1}', "float"),
        (b'{"name":"n","content":1,"salt":"' + b"0" * 32 + b'","seq":1}', "not_canonical"),
    ],
)
def test_a_line_that_is_no_opening_is_refused(line, code):
    assert code_of(lambda: Opening.read(line)) == code


def test_a_tracker_is_the_first_forty_bits_in_crockford_characters():
    # By hand: ff ff ff ff ff is eight times 31 = Z; 00 44 32 14 c7 is 0 1 2 3 4 5 6 7.
    assert tracker("f" * 10 + "0" * 54) == "ZZZZZZZZ"
    assert tracker("00443214c7" + "f" * 54) == "01234567"


@pytest.mark.parametrize("bad", ["", "f" * 63, "F" * 64, "f" * 64 + "\n", "g" * 64])
def test_a_tracker_of_no_commitment_is_refused(bad):
    with pytest.raises(ValueError, match="64 lower-case hex"):
        tracker(bad)


def test_crockford_has_no_letter_that_is_read_as_a_digit():
    every = crockford(int("".join(f"{value:05b}" for value in range(32)), 2).to_bytes(20, "big"))
    assert every == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_crockford_refuses_a_half_filled_character():
    with pytest.raises(ValueError, match="multiple of 5"):
        crockford(b"1234")
