"""What the demo prints: where console, display and phone are, and a QR code for a phone of one's own."""

from __future__ import annotations

import io
import socket

import segno

from server.cli.stage.living import Living

WORDS = {
    "id": {
        "ready": "Lokakarya sudah berjalan (DATA SINTETIS; semua nilai dibuat-buat).",
        "console": "Konsol fasilitator (buka di komputer ini)",
        "display": "Layar aula (buka di komputer ini, peramban yang sama)",
        "phone": "Telepon Anda (jaringan yang sama), kursi {seat}, kode {code}",
        "hint": "Tekan Ctrl-C untuk mengakhiri. Panel simulasi menjawab setiap putaran yang Anda buka.",
    },
    "en": {
        "ready": "The workshop is under way (SYNTHETIC DATA; every score is invented).",
        "console": "Facilitator's console (open on this computer)",
        "display": "Hall display (open on this computer, in the same browser)",
        "phone": "Your own phone (same network), seat {seat}, code {code}",
        "hint": "Press Ctrl-C to end it. The simulated panel answers every round that you open.",
    },
}


def own_address() -> str:
    """This machine's address on its local network, as far as the routing table tells; loopback where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))  # a datagram socket sends nothing by connecting
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def doors(here: str, outside: str, living: Living, language: str) -> str:
    """The addresses as text, with a QR code made of characters."""
    words, card = WORDS[language], living.spare
    join = f"{outside}/join#{card['secret']}"
    picture = io.StringIO()
    segno.make(join, error="l").terminal(picture, compact=True)
    links = (
        (words["console"], f"{here}/sign-in?next=/console/{living.workshop}#{living.organiser.bearer}"),
        (words["display"], f"{here}/display/{living.workshop}"),
        (words["phone"].format(seat=card["seat"], code=card["code"]), join),
    )
    lines = [f"  {what}\n    {where}" for what, where in links]
    return "\n".join(["", words["ready"], "", *lines, "", picture.getvalue().rstrip("\n"), "", words["hint"]])
