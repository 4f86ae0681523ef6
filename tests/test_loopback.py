"""The promise that the tests never reach beyond this machine."""

import socket
import subprocess
import sys

import pytest

# TEST-NET-1 (RFC 5737): no machine has this address
ELSEWHERE = "192.0.2.1"


def test_a_connection_beyond_loopback_is_refused() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="beyond loopback"):
        client.connect((ELSEWHERE, 80))


def test_a_name_of_another_machine_is_not_even_looked_up() -> None:
    with pytest.raises(RuntimeError, match="beyond loopback"):
        socket.create_connection(("example.org", 80))


def test_a_child_process_is_held_to_it_too() -> None:
    code = f"import socket; socket.socket().connect(({ELSEWHERE!r}, 80))"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert child.returncode == 1
    assert "beyond loopback" in child.stderr


def test_loopback_itself_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = ("localhost", server.getsockname()[1])
        with socket.create_connection(address) as client, server.accept()[0] as peer:
            client.sendall("问".encode())
            assert peer.recv(8) == "问".encode()
