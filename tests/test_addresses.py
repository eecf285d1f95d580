"""The choice of the address that phones open, from given lists of interfaces. Witness: such machines, by hand."""

import pytest

from server.addresses import Candidate, Hosts, Interface, candidates, interfaces, origin, printed

LOOPBACK = [Interface("lo", "127.0.0.1"), Interface("lo", "::1")]
LAPTOP = [  # Linux with containers, virtual machines, a VPN and two real networks
    *LOOPBACK, Interface("docker0", "172.17.0.1"), Interface("br-4f2c9e1a7b3d", "172.18.0.1"),
    Interface("virbr0", "192.168.122.1"), Interface("tun0", "10.8.0.6"), Interface("tailscale0", "100.101.102.103"),
    Interface("wlp3s0", "192.168.1.23"), Interface("wlp3s0", "fe80::a1"), Interface("wlp3s0", "2001:db8::23"),
    Interface("enp0s31f6", "10.20.30.40", up=False), Interface("eno1", "10.0.0.7"),
]  # fmt: skip
WINDOWS = [
    Interface("Loopback Pseudo-Interface 1", "127.0.0.1"), Interface("vEthernet (WSL)", "172.29.112.1"),
    Interface("VirtualBox Host-Only Network", "192.168.56.1"), Interface("Ethernet", "169.254.7.7"),
    Interface("Local Area Connection* 12", "192.168.137.1"), Interface("Wi-Fi", "192.168.0.105"),
]  # fmt: skip
OFFLINE = [*LOOPBACK, Interface("docker0", "172.17.0.1"), Interface("wlan0", "10.42.0.1")]
MAC = [Interface("lo0", "127.0.0.1"), Interface("utun3", "10.9.0.2"), Interface("bridge100", "192.168.2.1"),
       Interface("en0", "192.168.1.9"), Interface("en0", "fe80::1")]  # fmt: skip


def order(found: list[Interface]) -> list[tuple[str, str]]:
    return [(one.address, one.kind) for one in candidates(found) if one.usable]


def test_a_laptop_full_of_bridges_and_tunnels_prints_its_wifi() -> None:
    assert order(LAPTOP) == [
        ("192.168.1.23", "wifi"), ("10.0.0.7", "private"), ("2001:db8::23", "ipv6"), ("10.8.0.6", "vpn"),
        ("100.101.102.103", "vpn"), ("172.17.0.1", "virtual"), ("172.18.0.1", "virtual"), ("192.168.122.1", "virtual"),
    ]  # fmt: skip


def test_a_windows_laptop_with_its_hotspot_on_prints_the_hotspot_first() -> None:
    assert order(WINDOWS) == [
        ("192.168.137.1", "hotspot"), ("192.168.0.105", "wifi"), ("169.254.7.7", "self_assigned"),
        ("172.29.112.1", "virtual"), ("192.168.56.1", "virtual"),
    ]  # fmt: skip


def test_an_offline_laptop_is_its_own_network() -> None:
    assert order(OFFLINE)[0] == ("10.42.0.1", "hotspot")
    assert order(MAC)[:2] == [("192.168.2.1", "hotspot"), ("192.168.1.9", "private")]


def test_a_router_that_gives_192_168_2_1_is_no_hotspot_of_ours() -> None:
    assert order([Interface("eth0", "192.168.2.1")]) == [("192.168.2.1", "private")]


@pytest.mark.parametrize(
    ("one", "kind"),
    [(Interface("lo", "127.0.0.1"), "loopback"), (Interface("lo", "::1"), "loopback"),
     (Interface("eth0", "192.168.1.5", up=False), "down"), (Interface("eth0", "fe80::1"), "link_local")],
)  # fmt: skip
def test_what_no_phone_can_open_is_never_offered(one: Interface, kind: str) -> None:
    [told] = candidates([one])
    assert (told.kind, told.usable) == (kind, False)


def test_an_address_that_the_internet_reaches_stands_behind_every_private_one() -> None:
    found = [Interface("eth0", "203.0.113.9"), Interface("eth1", "172.31.0.4"), Interface("eth2", "172.32.0.4")]
    assert order(found) == [("172.31.0.4", "private"), ("203.0.113.9", "public"), ("172.32.0.4", "public")]


def test_this_machine_tells_its_own_addresses() -> None:
    told = interfaces()
    assert Interface("lo", "127.0.0.1") in told
    assert not any("%" in one.address for one in told)


# --- what cards print -------------------------------------------------------------------------------------------------

HOME = "http://127.0.0.1:8000"
EVERYWHERE = {"public": None, "chosen": None, "asked": HOME, "listening": "0.0.0.0", "everywhere": True, "port": 8000}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("http://192.168.1.23:8000", "guessed")),
        ({"chosen": "10.0.0.7"}, ("http://10.0.0.7:8000", "chosen")),
        ({"chosen": "2001:db8::23"}, ("http://[2001:db8::23]:8000", "chosen")),
        ({"chosen": "10.0.0.7", "public": "https://hall.example"}, ("https://hall.example", "public")),
        ({"asked": "http://127.0.0.1:80"}, ("http://192.168.1.23", "guessed")),
        ({"asked": None, "port": 9000}, ("http://192.168.1.23:9000", "guessed")),
        ({"asked": "http://10.0.0.7:8000", "chosen": "192.168.1.23"}, ("http://192.168.1.23:8000", "chosen")),
        ({"asked": "https://hall.example", "chosen": "10.0.0.7"}, ("https://hall.example", "asked")),
        ({"listening": "127.0.0.1", "everywhere": False}, (HOME, "alone")),
        ({"listening": "127.0.0.1", "everywhere": False, "chosen": "10.0.0.7"}, (HOME, "alone")),
        ({"listening": "127.0.0.1", "everywhere": False, "asked": None}, (HOME, "alone")),
        ({"listening": "127.0.0.1", "everywhere": False, "asked": None, "chosen": "10.0.0.7"},
         ("http://10.0.0.7:8000", "chosen")),
        ({"listening": "127.0.0.1", "everywhere": False, "asked": "https://hall.example"},
         ("https://hall.example", "asked")),
        ({"listening": "10.0.0.7", "everywhere": False, "chosen": "192.168.1.23"}, ("http://10.0.0.7:8000", "chosen")),
    ],
)  # fmt: skip
def test_the_operators_address_wins_then_the_organisers_then_the_likeliest(
    given: dict[str, object], wanted: tuple[str, str]
) -> None:
    told = printed(candidates(LAPTOP), **(EVERYWHERE | given))  # type: ignore[arg-type]  # as the table gives them
    assert (told.origin, told.how) == wanted


def test_a_chosen_address_that_is_gone_is_still_printed_and_named_as_gone() -> None:
    told = printed(candidates(LAPTOP), **(EVERYWHERE | {"chosen": "192.168.7.7"}))  # type: ignore[arg-type]  # as above
    assert told == ("http://192.168.7.7:8000", "chosen", None)
    here = printed(candidates(LAPTOP), **(EVERYWHERE | {"chosen": "10.0.0.7"}))  # type: ignore[arg-type]  # as above
    assert here.candidate == Candidate("10.0.0.7", "eno1", "private")


def test_a_machine_without_a_network_sends_nobody_anywhere() -> None:
    assert printed(candidates(LOOPBACK), **EVERYWHERE) == (HOME, "none", None)  # type: ignore[arg-type]  # as above


def test_an_origin_leaves_out_the_port_that_browsers_know() -> None:
    assert [origin("10.0.0.7", 80), origin("10.0.0.7", 443, "https"), origin("fd00::2", 443)] == [
        "http://10.0.0.7", "https://10.0.0.7", "http://[fd00::2]:443",
    ]  # fmt: skip


# --- which hosts are answered -----------------------------------------------------------------------------------------


class Look:
    def __init__(self) -> None:
        self.found, self.seconds, self.times = LAPTOP, 0.0, 0

    def __call__(self) -> list[Interface]:
        self.times += 1
        return self.found


def test_listening_everywhere_answers_our_own_addresses_and_no_name_that_nobody_listed() -> None:
    look = Look()
    known = Hosts(("localhost", "127.0.0.1"), True, lambda: look.seconds, look)
    assert [known(host) for host in ("localhost", "192.168.1.23", "[2001:db8::23]")] == [True] * 3
    look.seconds = 10
    assert [known(host) for host in ("evil.example", "192.168.1.24", "laptop.local", "")] == [False] * 4
    assert not Hosts(("localhost",), False, lambda: 0.0, look)("192.168.1.23")


def test_an_address_that_came_up_later_is_answered_and_strangers_do_not_make_us_look_each_time() -> None:
    look = Look()
    known = Hosts((), True, lambda: look.seconds, look)
    assert not known("192.168.9.9")
    for _ in range(50):
        known("8.8.8.8")
    assert look.times == 1
    look.found, look.seconds = [*LAPTOP, Interface("wlan1", "192.168.9.9")], 3.0
    assert known("192.168.9.9") and look.times == 2
