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
