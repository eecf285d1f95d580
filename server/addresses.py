"""Which addresses this machine has, and which of them phones in a hall can open: best first, each with its reason.

Owns the choice among interfaces and the answer to "is this host one of ours?". Sends nothing over any network and
words nothing: `server.preflight` says what each kind means.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import psutil

Kind = Literal[
    "hotspot", "wifi", "private", "public", "ipv6", "self_assigned", "vpn", "virtual", "down", "link_local", "loopback"
]
# Best first; what stands in UNUSABLE no phone can open.
RANK: tuple[Kind, ...] = ("hotspot", "wifi", "private", "public", "ipv6", "self_assigned", "vpn", "virtual",
                          "down", "link_local", "loopback")  # fmt: skip
UNUSABLE: frozenset[Kind] = frozenset({"down", "link_local", "loopback"})
GOOD: frozenset[Kind] = frozenset({"hotspot", "wifi", "private"})

_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_TUNNELLED = ipaddress.ip_network("100.64.0.0/10")  # what overlay networks give their members
# The first address that Windows, NetworkManager and macOS take when they share their own connection.
_SHARED = re.compile(r"192\.168\.137\.1|10\.42\.\d+\.1|192\.168\.2\.1")
_SHARING = re.compile(r"ap\d|.*_ap$|bridge1\d\d$|local area connection\* ", re.I)
_WIRELESS = re.compile(r"wl|wi-?fi|ath\d|wireless", re.I)
_VPN = re.compile(
    r"tun|tap|wg|ppp|utun|ipsec|tailscale|zt|nordlynx|proton|cscotun|gpd|.*(vpn|wireguard|zerotier|tailscale)", re.I
)
_VIRTUAL = re.compile(
    r"docker|br-[0-9a-f]{6}|veth|virbr|vnet|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|kube|cali|dummy|ifb"
    r"|.*(vethernet|virtualbox|vmware|hyper-v|wsl)", re.I,
)  # fmt: skip
FRESH_SECONDS = 2.0  # how long a list of addresses is believed before a stranger makes us look again


class Interface(NamedTuple):
    """One address of one interface, as the system names it."""

    name: str
    address: str
    up: bool = True


class Candidate(NamedTuple):
    """An address that cards could print, and why it stands where it stands."""

    address: str
    interface: str
    kind: Kind

    @property
    def usable(self) -> bool:
        """Whether a phone could open it at all."""
        return self.kind not in UNUSABLE


def interfaces() -> list[Interface]:
    """The addresses of this machine now, IPv4 and IPv6."""
    stats = psutil.net_if_stats()
    return [
        Interface(name, told.address.partition("%")[0], name in stats and stats[name].isup)
        for name, addresses in psutil.net_if_addrs().items()
        for told in addresses
        if told.family in (socket.AF_INET, socket.AF_INET6)
    ]


def candidates(found: Iterable[Interface]) -> list[Candidate]:
    """Every address, the one that phones most likely reach first; the system's own order where two are alike."""
    told = [Candidate(one.address, one.name, _kind(one)) for one in found]
    return sorted(told, key=lambda one: RANK.index(one.kind))


def _kind(one: Interface) -> Kind:
    address = ipaddress.ip_address(one.address)
    if address.is_loopback:
        return "loopback"
    if not one.up:
        return "down"
    if address.version == 6:
        return "link_local" if address.is_link_local else "vpn" if _VPN.match(one.name) else "ipv6"
    if _VPN.match(one.name) or address in _TUNNELLED:
        return "vpn"
    if _VIRTUAL.match(one.name):
        return "virtual"
    if address.is_link_local:
        return "self_assigned"
    if not any(address in network for network in _PRIVATE):
        return "public"
    if _SHARED.fullmatch(one.address) and (_SHARING.match(one.name) or not one.address.startswith("192.168.2.")):
        return "hotspot"
    return "wifi" if _WIRELESS.match(one.name) else "private"


class Printed(NamedTuple):
    """What cards and display print, and how it came about.

    `how` is `public` (MUFAKAT_PUBLIC_URL), `chosen`, `asked` (a name that a proxy gave), `guessed` (nobody has chosen),
    `alone` (the server listens on this machine alone) or `none` (no network). `candidate` is None where the machine
    does not have that address.
    """

    origin: str
    how: Literal["public", "chosen", "asked", "guessed", "alone", "none"]
    candidate: Candidate | None


def printed(
    found: Sequence[Candidate], *, public: str | None, chosen: str | None, asked: str | None, listening: str,
    everywhere: bool, port: int,
) -> Printed:  # fmt: skip
    """Where participants are sent.

    Parameters
    ----------
    found : as `candidates` gives them
    public : origin that the operator has set; it wins
    chosen : address that the organiser has chosen
    asked : origin at which whoever asks has opened the console, None from a shell
    listening, everywhere, port : what the server listens on
    """
    if public:
        return Printed(public, "public", None)
    parts = urlsplit(asked or "")
    scheme = parts.scheme or "http"
    gate = (parts.port or {"http": 80, "https": 443}[scheme]) if asked else port
    if asked and not _is_loopback(parts.hostname or "") and not _is_own(parts.hostname or "", found):
        return Printed(asked, "asked", None)
    if not everywhere and not _is_loopback(listening):
        chosen = listening
    elif not everywhere and (asked or not chosen):  # a shell does not know how the server was started
        return Printed(asked or origin(listening, gate), "alone", None)
    if chosen:
        return Printed(origin(chosen, gate, scheme), "chosen", next((c for c in found if c.address == chosen), None))
    best = next((c for c in found if c.usable), None)
    if best is None:
        return Printed(asked or origin("127.0.0.1", gate), "none", None)
    return Printed(origin(best.address, gate, scheme), "guessed", best)


def origin(address: str, port: int, scheme: str = "http") -> str:
    """What people type: `http://192.168.1.5:8000`, the port left out where it is the scheme's own."""
    host = f"[{address}]" if ":" in address else address
    return f"{scheme}://{host}" if port == {"http": 80, "https": 443}[scheme] else f"{scheme}://{host}:{port}"


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_literal(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def _is_own(host: str, found: Sequence[Candidate]) -> bool:
    return any(one.address == host for one in found)


class Hosts:
    """Which Host headers are answered: those listed, and where `own`, every address of this machine.

    An address written in digits cannot be rebound to another site, so that answering our own is safe; a name can, and
    must be listed.
    """

    def __init__(
        self, listed: Iterable[str], own: bool, monotonic: Callable[[], float],
        look: Callable[[], list[Interface]] = interfaces,
    ) -> None:  # fmt: skip
        self._listed, self._own, self._monotonic, self._look = frozenset(listed), own, monotonic, look
        self._known: frozenset[str] = frozenset()
        self._looked = float("-inf")

    def __call__(self, host: str) -> bool:
        """Whether calls to this host (without its port, lower case) are answered."""
        if host in self._listed or host in self._known:
            return True
        if not self._own or not _literal(host) or self._monotonic() - self._looked < FRESH_SECONDS:
            return False
        self._looked = self._monotonic()
        self._known = frozenset(f"[{one.address}]" if ":" in one.address else one.address for one in self._look())
        return host in self._known


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
