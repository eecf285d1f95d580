"""The text of a Wi-Fi QR code, as phones' cameras read it. It keeps nothing: neither here nor in any log.

The form is that of ZXing's *Barcode Contents*, which Android and iOS follow: `WIFI:T:WPA;S:name;P:password;H:true;;`.
"""

from __future__ import annotations

from typing import Literal

Security = Literal["WPA", "nopass"]
MARKS = '\\;,:"'  # what the form itself is made of
LONGEST_NAME = 32  # bytes, by IEEE 802.11
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 63


def text(name: str, password: str, security: Security, hidden: bool) -> str:
    """What the QR code holds."""
    secret = f"P:{_escaped(password)};" if security != "nopass" else ""
    return f"WIFI:T:{security};S:{_escaped(name)};{secret}{'H:true;' if hidden else ''};"


def fits(name: str, password: str, security: Security) -> bool:
    """Whether a network could be called so and have this password; WPA takes 8 to 63 printable ASCII characters."""
    named = 0 < len(name.encode()) <= LONGEST_NAME and name.isprintable()
    if security == "nopass":
        return named
    printable = password.isascii() and password.isprintable()
    return named and printable and SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD


def _escaped(value: str) -> str:
    return "".join(f"\\{sign}" if sign in MARKS else sign for sign in value)
