"""One value, one text: RFC 8785 canonical JSON of the few types a trail may hold.

Owns encoding, strict decoding, and the digest of a document.
Never repairs: what is not canonical is refused with the reason.
"""

import hashlib
import unicodedata
from typing import Any

import msgspec

from server.trail import TrailError

LARGEST = 2**53 - 1  # RFC 8785 writes numbers as IEEE doubles; beyond this two integers share one text
DEEPEST = 32  # nested containers; the deepest entry of the trail needs 7

_sorted_by_bytes = msgspec.json.Encoder(order="sorted")
_in_given_order = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


class CanonicalError(TrailError):
    """A value or a line that has no place in a trail."""


def encode(value: object) -> bytes:
    """Encode `value` as canonical JSON.

    `value`: dict with text keys, list or tuple, str in NFC, int within ±(2^53 − 1), bool or None, nested at
    most 32 deep. Everything else, floats above all, is a CanonicalError. Source: RFC 8785.
    """
    try:
        if _check(value, DEEPEST):
            return _in_given_order.encode(_in_code_unit_order(value))
        return _sorted_by_bytes.encode(value)
    except UnicodeEncodeError:
        raise CanonicalError("lone_surrogate", "A text holds half a surrogate pair; remove that character.") from None


def decode(line: bytes) -> Any:
    """Decode one canonical line, without its newline, into dicts, lists, texts, ints, bools and None.

    A CanonicalError if the bytes are not UTF-8 or not JSON, hold what `encode` refuses, or differ from what
    `encode` writes for the same value: doubled or unsorted keys, spaces, other escapes, `-0`.
    """
    try:
        value = _decoder.decode(line)
    except UnicodeDecodeError:
        raise CanonicalError("not_utf8", "The line is not UTF-8; write it again as UTF-8.") from None
    except RecursionError:
        raise _too_deep() from None
    except msgspec.MsgspecError as fault:
        raise CanonicalError("not_json", f"The line is not JSON ({fault}); give one JSON value.") from None
    if encode(value) != line:
        raise CanonicalError(
            "not_canonical",
            "The line is not canonical; each key must stand once, in order, without spaces or spare escapes.",
        )
    return value


def digest(value: object) -> str:
    """Lower-case hex SHA-256 of the canonical bytes of `value`; errors as `encode`."""
    return hashlib.sha256(encode(value)).hexdigest()


def _check(value: Any, depth: int) -> bool:
    """Refuse what has no canonical form; tell whether some key lies beyond U+FFFF."""
    kind = type(value)  # exact: an IntEnum or a subclass of str would be written as something else
    if kind is str:
        _check_text(value)
        return False
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise CanonicalError("integer_range", "A whole number is beyond 2^53 − 1; write it as text.")
        return False
    if value is None or kind is bool:
        return False
    if kind is not dict and kind is not list and kind is not tuple:
        if isinstance(value, float):
            raise CanonicalError("float", f"{value!r} is a float; write figures as decimal strings.")
        raise CanonicalError(
            "type",
            f"A {kind.__name__} cannot be recorded; use objects, lists, texts, integers, booleans or null.",
        )
    if depth == 0:
        raise _too_deep()
    beyond = False
    if kind is dict:
        for key, member in value.items():
            if type(key) is not str:
                raise CanonicalError("key_type", f"The key {key!r} is not text; name every member by a text.")
            if not key.isascii():
                _check_text(key)
                beyond = beyond or max(key) > "\uffff"
            beyond = _check(member, depth - 1) or beyond
    else:
        for member in value:
            beyond = _check(member, depth - 1) or beyond
    return beyond


def _check_text(text: Any) -> None:
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise CanonicalError("not_nfc", "A text is not in Unicode form NFC; normalise it before recording.")


def _too_deep() -> CanonicalError:
    return CanonicalError("too_deep", f"The value nests deeper than {DEEPEST} levels; flatten it.")


def _in_code_unit_order(value: Any) -> Any:
    # UTF-8 and UTF-16 order differ only where a key beyond U+FFFF meets one from U+E000 to U+FFFF.
    if type(value) is dict:
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_code_unit_order(value[key]) for key in ordered}
    if type(value) is list or type(value) is tuple:
        return [_in_code_unit_order(member) for member in value]
    return value
