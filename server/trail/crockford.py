"""Bits as characters that people read aloud. Owns Crockford's base 32; never decides which bits to show."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(data: bytes) -> str:
    """Write `data` in Crockford base 32, five bits a character, first bit first.

    `data` holds whole characters (a multiple of 5 bytes); anything else is a ValueError.
    Source: D. Crockford, "Base 32" (without check symbol).
    """
    if len(data) % 5:
        raise ValueError("give a multiple of 5 bytes, so that no character is half filled")
    bits = int.from_bytes(data, "big")
    length = len(data) * 8 // 5
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))
