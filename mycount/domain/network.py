"""Network addresses, as far as they stand for one visitor."""

import ipaddress


def network(address: str) -> str:
    """Give the part of an address that one visitor has for themselves: all of IPv4, a /64 of IPv6, else what it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def is_near(address: str) -> bool:
    """Say whether an address is of this machine, or of a network that the internet does not reach.

    >>> is_near("127.0.0.1"), is_near("172.18.0.4"), is_near("fd00::1"), is_near("8.8.8.8"), is_near("nowhere")
    (True, True, True, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not ((found.version == 6 and found.ipv4_mapped) or found).is_global
