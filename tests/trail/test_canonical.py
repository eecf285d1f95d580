"""Canonical lines. Witnesses: RFC 8785, the package rfc8785, and values written by hand."""

import enum
import hashlib
import math
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from server.trail.canonical import DEEPEST, LARGEST, CanonicalError, decode, digest, encode
from tests.trail.memory import code_of

scalar_text = st.text(st.characters(exclude_categories=["Cs"]))
nfc_text = scalar_text.map(lambda text: unicodedata.normalize("NFC", text))
wide_keys = st.text(st.sampled_from("a\ue000\uffff\U00010000\U0010ffff"), max_size=3)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | nfc_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(nfc_text | wide_keys, inner, max_size=4),
    max_leaves=20,
)


class Colour(enum.IntEnum):
    RED = 1


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def test_every_character_of_unicode_is_written_as_rfc8785_writes_it():
    scalars = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    normal = [character for character in scalars if unicodedata.is_normalized("NFC", character)]
    assert len(normal) > 1_000_000
    assert [character for character in normal if encode(character) != rfc8785.dumps(character)] == []


@given(values)
def test_every_value_is_written_as_rfc8785_writes_it(value):
    assert encode(value) == rfc8785.dumps(value)


@given(values)
def test_what_is_written_reads_back_as_it_was(value):
    assert decode(encode(value)) == value


@given(scalar_text)
def test_text_is_accepted_exactly_when_it_is_nfc(text):
    if unicodedata.is_normalized("NFC", text):
        assert encode([text]) == rfc8785.dumps([text])
    else:
        assert code_of(lambda: encode([text])) == "not_nfc"


@given(st.binary(max_size=40))
def test_random_bytes_are_refused_or_canonical(line):
    try:
        value = decode(line)
    except CanonicalError:
        return
    assert encode(value) == line


def test_the_trail_line_of_the_design_page_is_written_as_it_stands_there():
    line = b'{"at":"2026-11-22T02:15:09Z","body":{},"by":"staff/3","kind":"round.opened","scope":"D1","seq":17,"v":1}'
    entry = {
        "v": 1,
        "seq": 17,
        "scope": "D1",
        "kind": "round.opened",
        "by": "staff/3",
        "body": {},
        "at": "2026-11-22T02:15:09Z",
    }
    assert encode(entry) == line
    assert decode(line) == entry


def test_keys_sort_by_utf16_code_units_as_the_rfc_asks():
    # RFC 8785, 3.2.3, without its keys that are not NFC; U+1F600 sorts before U+FB01 there, after it in UTF-8.
    keys = {"€": 1, "\r": 2, "\ufb01": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert encode(keys) == '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb01":3}'.encode()
    assert encode([{"in": keys}]) == b'[{"in":' + encode(keys) + b"}]"


def test_a_newline_before_a_combining_accent_is_still_nfc():
    assert encode("\n\u0301") == '"\\n\u0301"'.encode()
    assert decode('"\\n\u0301"'.encode()) == "\n\u0301"


def test_a_tuple_is_written_as_a_list():
    assert encode((1, (2, None))) == b"[1,[2,null]]"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "float"),
        ({"w": math.nan}, "float"),
        (LARGEST + 1, "integer_range"),
        (-LARGEST - 1, "integer_range"),
        ("e\u0301", "not_nfc"),
        ({"e\u0301": 1}, "not_nfc"),
        ("\ud800", "lone_surrogate"),
        ({"\udfff": 1}, "lone_surrogate"),
        ({1: 2}, "key_type"),
        ({None: 2}, "key_type"),
        (b"bytes", "type"),
        ({1, 2}, "type"),
        (Colour.RED, "type"),
        (nested(DEEPEST + 1), "too_deep"),
        (nested(10_000), "too_deep"),
    ],
)
def test_a_value_without_a_canonical_form_is_refused(value, code):
    assert code_of(lambda: encode(value)) == code


def test_the_deepest_value_allowed_is_written():
    assert encode(nested(DEEPEST)) == b"[" * DEEPEST + b"1" + b"]" * DEEPEST


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"a":1,"a":2}', "not_canonical"),
        (b'{"a":1,"a":1}', "not_canonical"),
        (b'{"b":1,"a":2}', "not_canonical"),
        (b'{"a": 1}', "not_canonical"),
        (b' {"a":1}', "not_canonical"),
        (b'{"a":1}\n', "not_canonical"),
        (b'"\\u0041"', "not_canonical"),
        (b'"\\/"', "not_canonical"),
        (b'"\\u001F"', "not_canonical"),
        (b'"\\ud83d\\ude00"', "not_canonical"),
        (b"-0", "not_canonical"),
        (b"1.0", "float"),
        (b"1e2", "float"),
        (b"-1.5", "float"),
        (b"NaN", "not_json"),
        (b"Infinity", "not_json"),
        (b"01", "not_json"),
        (b"", "not_json"),
        (b'{"a":1', "not_json"),
        (b'{"a":1}{"a":1}', "not_json"),
        (b'"\\ud800"', "not_json"),
        (b'\xef\xbb\xbf{"a":1}', "not_json"),
        (b"9007199254740992", "integer_range"),
        (b"1" * 100, "integer_range"),
        (b"1" * 10_000, "not_json"),
        (b'"\xff"', "not_utf8"),
        (b'"\xed\xa0\x80"', "not_utf8"),
        (b'"\xc0\xaf"', "not_utf8"),
        ('"e\u0301"'.encode(), "not_nfc"),
        (b"[" * 33 + b"]" * 33, "too_deep"),
        (b"[" * 50_000 + b"]" * 50_000, "too_deep"),
        (b'{"a":' * 50_000, "too_deep"),
    ],
)
def test_a_line_that_is_not_canonical_is_refused(line, code):
    assert code_of(lambda: decode(line)) == code


def test_a_digest_is_sha256_of_the_canonical_bytes():
    assert digest({"b": 1, "a": "x"}) == hashlib.sha256(b'{"a":"x","b":1}').hexdigest()
