"""Refuse every connection beyond this machine, in the Python process that imports this module.

The folder stands in the tests' `PYTHONPATH`, so that Python imports it at the start of child
processes as well. An audit hook sees every connection that Python code makes, whichever way it is
made, and cannot be taken out again.
"""

import ipaddress
import sys

_LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}


class BeyondLoopbackError(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Tell whether `host`, a name or an address, is this machine."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes | bytearray) else str(host)
    if name.lower() in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        # a path is a Unix socket, None a datagram to a peer that connect has let through
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not is_local(host):
        raise BeyondLoopbackError(f"Tests never reach beyond loopback: {event} to {host!r}.")


sys.addaudithook(_refuse)
