"""Which addresses the bot may connect to: those of the public net, on the ports of the web."""

import pytest

from gsocbot.rules.reach import PRIVATE, is_public, why_not

PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255",
    "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
    "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2001:4860:4860::8888", "2606:2800:220:1::1", "2a00:1450:4001:80b::200e", "2001:200::1",
    "2003::1", "3ffe::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822",
]  # fmt: skip
PRIVATE_ONES = [
    "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
    "100.100.100.200", "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0",
    "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
    "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::c0a8:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:5db8:d822::1", "3fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
NONE_AT_ALL = ["", "localhost", "127.1", "0x7f.1", "2130706433", "1.1.1.1:80", "[::1]", "1.1.1.256"]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_net_may_be_asked(address: str) -> None:
    assert is_public(address)
    assert why_not(address, 443) == ""


@pytest.mark.parametrize("address", PRIVATE_ONES + NONE_AT_ALL)
def test_all_else_may_not(address: str) -> None:
    assert not is_public(address)
    assert why_not(address, 443) == PRIVATE


@pytest.mark.parametrize(
    ("port", "why"),
    [(80, ""), (443, ""), (8080, ""), (8443, ""), (22, "port 22"), (25, "port 25"),
     (6379, "port 6379"), (0, "port 0"), (8000, "port 8000")],
)  # fmt: skip
def test_only_the_ports_of_the_web_may_be_asked(port: int, why: str) -> None:
    assert why_not("93.184.216.34", port) == why
