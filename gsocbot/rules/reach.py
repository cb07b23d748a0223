"""Which machines a bot may ask for a page: those of the public net, on the ports of the web."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

PORTS = frozenset({80, 443, 8080, 8443})
"""On other ports listen other services, which a bot that anybody can send there must not prod."""

PRIVATE = "a private address"

# Written out, for what ipaddress calls global differs from one Python to the next.
_NOT_PUBLIC_4 = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8",  # this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a carrier's NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # the host of a virtual machine in Azure
        "169.254.0.0/16",  # link-local; 169.254.169.254 tells a cloud's secrets
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # for examples
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # for measurements
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # to many at once
        "240.0.0.0/4",  # and 255.255.255.255, to all
    )
)
_PUBLIC_6 = ip_network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ip_network(net)
    for net in (
        "2001::/23",  # Teredo, ORCHID and others
        "2001:db8::/32",  # for examples
        "2002::/16",  # 6to4: any IPv4 address may stand in it
        "2620:4f:8000::/48",
        "3fff::/20",  # for examples
    )
)
_NAT64 = ip_network("64:ff9b::/96")


def why_not(address: str, port: int) -> str:
    """Why an address and a port must not be connected to; empty if they may."""
    if not is_public(address):
        return PRIVATE
    return "" if port in PORTS else f"port {port}"


def is_address(host: str) -> bool:
    """Whether a host is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public net; what is none is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        if inner is None:
            return ip in _PUBLIC_6 and not any(ip in net for net in _NOT_PUBLIC_6)
        ip = inner
    return not any(ip in net for net in _NOT_PUBLIC_4)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
