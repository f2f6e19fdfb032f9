"""Nobody makes the platform call itself, its neighbours or its host by registering an address for webhooks."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence

import pytest
from pydantic import ValidationError

from harness import settings_for
from identity.app import SERVICE
from identity.webhooks.addresses import UrlRefused, is_public, read_url
from identity.webhooks.egress import ANSWER_BYTES_MAX, Egress
from webhook_receiver import Receiver, running_receiver

INSIDE = (
    "0.0.0.1", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
    "169.254.0.1", "169.254.169.254", "169.254.170.2", "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
INSIDE_6 = (
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fec0::1", "ff02::1", "ff0e::1",
    "100::1", "2001:db8::1", "2001::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "3fff::1", "5f00::1", "64:ff9b::1",
    "64:ff9b:1::1",
)  # fmt: skip
OUTSIDE = ("1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4009:81d::200e")


def hidden(address: str) -> list[str]:
    """The IPv4 address in every IPv6 form that something on the way might unwrap."""
    number = int(ipaddress.IPv4Address(address))
    prefixes = ("::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::")
    forms = [str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number)) for prefix in prefixes]
    high, low = number >> 16, number & 0xFFFF
    teredo = int(ipaddress.IPv6Address("2001:0:4136:e378:8000:63bf::")) | (number ^ 0xFFFFFFFF)
    return [*forms, f"2002:{high:x}:{low:x}::1", str(ipaddress.IPv6Address(teredo))]


ADDRESSES = [*INSIDE, *INSIDE_6, *(form for address in INSIDE for form in hidden(address)), "nonsense", "", "1.2.3"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_not_plainly_public_is_not_called(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_called(address: str) -> None:
    assert is_public(address)


HOSTS = (
    "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "017700000001", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%25eth0]", "10.0.0.1", "169.254.169.254",
    "metadata", "identity-serve", "postgres", "nats", "example", "1.1.1.1", "[2606:4700:4700::1111]", "hooks.example.1",
    "hooks..example.org", "-hooks.example.org", "hooks-.example.org", "hooks_.example.org", "hooks.example.org.", "",
    "ⓛocalhost", "hooks。example.org", "hooks.exämple.org", "a" * 64 + ".example.org", "hooks.example.org%00", "[",
)  # fmt: skip
URLS = (
    *(f"https://{host}/hooks" for host in HOSTS),
    "http://hooks.example.org/",
    "ftp://hooks.example.org/",
    "file:///etc/passwd",
    "gopher://hooks.example.org/",
    "javascript:alert(1)",
    "//hooks.example.org/",
    "hooks.example.org",
    "https://user@hooks.example.org/",
    "https://user:secret@hooks.example.org/",
    "https://@hooks.example.org/",
    "https://hooks.example.org@127.0.0.1/",
    "https://hooks.example.org:80/",
    "https://hooks.example.org:8443/",
    "https://hooks.example.org:0/",
    "https://hooks.example.org:99999/",
    "https://hooks.example.org:x/",
    "https://hooks.example.org/#there",
    "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org/ä",
    "https://hooks.example.org/a b",
    "https://hooks.example.org/" + "a" * 2000,
)


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_could_lead_inside_or_deceive_a_reader_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        read_url(url, allow_private=False)


@pytest.mark.parametrize(
    "url", ["https://hooks.example.org", "https://hooks.example.org:443/a?b=c", "https://a.b.c.example.org/%20"]
)
def test_a_plain_https_url_is_fine(url: str) -> None:
    target = read_url(url, allow_private=False)
    assert (target.is_secure, target.port) == (True, 443)


def test_development_reaches_this_machine_and_no_other() -> None:
    assert read_url("http://127.0.0.1:9000/hooks", allow_private=True).port == 9000
    for url in ("http://10.0.0.1/", "http://hooks.example.org/", "https://169.254.169.254/"):
        with pytest.raises(UrlRefused):
            read_url(url, allow_private=True)


def test_production_cannot_be_told_to_call_this_machine() -> None:
    with pytest.raises(ValidationError, match="development only"):
        settings_for(
            SERVICE, "postgresql://nowhere/x", maildir="/", webhooks_to_this_machine=True, environment="production"
        )


@pytest.fixture
async def canary() -> AsyncIterator[Receiver]:
    """A server inside that must not be called."""
    async with running_receiver() as receiver:
        yield receiver


def answering(*answers: Sequence[str]) -> tuple[Egress, list[str]]:
    """A sender whose names lead where they are told, one answer after the other; and what it asked."""
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return Egress(resolve=resolve, total_seconds=1), asked


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"]]
)
async def test_a_name_that_leads_inside_is_not_called(canary: Receiver, found: list[str]) -> None:
    egress, _ = answering(found)
    answer = await egress.post("https://hooks.example.org/", [], b"{}")
    assert (answer.error, canary.connections) == ("address-not-public", 0)


async def test_a_name_that_leads_elsewhere_when_asked_again_is_not_asked_again(canary: Receiver) -> None:
    egress, asked = answering(["192.0.2.1"], ["127.0.0.1"])
    assert (await egress.post("https://hooks.example.org/", [], b"{}")).error == "address-not-public"
    assert (asked, canary.connections) == (["hooks.example.org"], 0)


async def test_no_redirect_is_followed(canary: Receiver) -> None:
    canary.answer = lambda _received: (307, b"")
    answer = await Egress(allow_private=True).post(canary.url, [("Location", canary.url)], b'{"data": {}}')
    assert (answer.status, answer.is_success, canary.connections) == (307, False, 1)


async def _served(*pieces: bytes, hang: bool = False) -> tuple[str | None, int | None]:
    """What comes of a server that says these pieces, and perhaps goes silent."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            if hang:
                await reader.read()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        answer = await Egress(allow_private=True, total_seconds=0.5).post(url, [], b"{}")
    return answer.error, answer.status


async def test_an_answer_has_limits_of_size_and_time() -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    assert await _served(head, *[b"x" * 65_536] * 100) == ("answer-too-large", None)
    assert await _served(head, b"x" * ANSWER_BYTES_MAX) == (None, 200)
    assert await _served(b"HTTP/1.1 200 OK\r\n", *[b"X-Filler: " + b"x" * 8192 + b"\r\n"] * 9) == (
        "answer-unreadable",
        None,
    )
    assert await _served(*[b"HTTP/1.1 103 Early\r\n\r\n"] * 9, head) == ("answer-unreadable", None)
    assert await _served(b"HTTP/1.1 200", hang=True) == ("timeout", None)
    assert await _served(b"SSH-2.0-OpenSSH_9.2\r\n") == ("answer-unreadable", None)
    assert await _served() == ("answer-unreadable", None)


async def test_what_cannot_be_reached_is_told_and_not_raised() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    egress = Egress(allow_private=True)
    assert (await egress.post(f"http://127.0.0.1:{port}/", [], b"")).error == "not-connected"
    assert (await egress.post("https://10.0.0.1/", [], b"")).error == "url-refused"
    nowhere, _ = answering([])
    assert (await nowhere.post("https://hooks.example.org/", [], b"")).error == "name-unknown"


async def test_a_certificate_for_another_name_is_none(canary: Receiver) -> None:
    url = canary.url.replace("http://", "https://")
    answer = await Egress(allow_private=True).post(url, [], b"{}")
    assert answer.error in ("tls-failed", "not-connected", "timeout")
    assert canary.received == []
