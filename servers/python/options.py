"""The options of every Python server; the same as in contract/options.ts."""

import re
import ssl
import sys
from dataclasses import dataclass
from typing import NoReturn

HOSTNAME, PORT = "127.0.0.1", 8765

OPTION_LINES = (
    f"  --port N       port to listen on; 0 takes a free one (default {PORT})",
    f"  --hostname H   host name or address to bind (default {HOSTNAME})",
    "  --tls FILE     encrypt the connections: PEM file of certificate and private key",
    "  --deflate M    compress messages where the client offers it: takeover or no-takeover",
)


@dataclass
class Transport:
    """
    How connections differ from plain ones.

    `certificate` is the path of a PEM file with certificate and private key, and `tls` holds both:
    they are encrypted. `deflate` is set if every message is to be compressed when the client
    offers permessage-deflate (RFC 7692): "takeover", so that one may refer to those before it on
    its connection, or "no-takeover".
    """

    certificate: str | None = None
    tls: ssl.SSLContext | None = None
    deflate: str | None = None


def parse_options(
    args: list[str], server: str, lacks: dict[str, str], usage: str
) -> tuple[str, int, Transport]:
    """
    Reads the options of a server; wrong ones end the process, and so does --help.

    `lacks` says what `server` cannot do, each with the reason as a phrase: "tls", "deflate", or
    one mode of that.
    """
    hostname, port, transport = HOSTNAME, PORT, Transport()
    words = [word for arg in args for word in split_option(arg)]
    while words:
        option = words.pop(0)
        if option == "--help":
            print(usage)
            sys.exit(0)
        if option not in ("--port", "--hostname", "--tls", "--deflate"):
            fail(f"Unknown option '{option}'; give --port, --hostname, --tls, --deflate or --help")
        value = words.pop(0) if words else ""
        if not value:
            fail(f"{option} needs a value; give one, or leave the option out")
        if option[2:] in lacks:
            fail(f"{server} has no {option}, as {lacks[option[2:]]}; leave it out")
        if option == "--hostname":
            hostname = re.sub(r"^\[(.*)\]$", r"\1", value)
        elif option == "--port":
            port = parse_port(value)
        elif option == "--tls":
            transport.certificate, transport.tls = value, read_certificate(value)
        elif value not in ("takeover", "no-takeover"):
            fail(f"Unknown --deflate '{value}'; give takeover or no-takeover")
        elif value in lacks:
            fail(f"{server} has no --deflate {value}, as {lacks[value]}; leave it out")
        else:
            transport.deflate = value
    return hostname, port, transport


def split_option(arg: str) -> list[str]:
    """Splits `--option=value`; a separate value, such as a path, may contain a `=`."""
    return arg.split("=", maxsplit=1) if re.match(r"--\w+=", arg) else [arg]


def parse_port(value: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", value) and int(value) <= 65535:
        return int(value)
    fail(f"Cannot listen on port '{value}'; give a --port from 0 to 65535, 0 for a free one")


def read_certificate(path: str) -> ssl.SSLContext:
    remedy = "give a PEM file with the certificate and its private key"
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        needed = (r"^-----BEGIN CERTIFICATE-----", r"^-----BEGIN [A-Z ]*PRIVATE KEY-----")
        if not all(re.search(block, text, re.MULTILINE) for block in needed):
            fail(f"--tls '{path}' lacks one of the two: {remedy}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context
    except (OSError, UnicodeDecodeError) as error:
        # An SSLError is an OSError, too: if the key belongs to another certificate.
        reason = getattr(error, "strerror", None) or error
        fail(f"Cannot read --tls '{path}': {reason}; {remedy}")


def fail(message: str) -> NoReturn:
    """Ends the process with one line on stderr and exit code 2."""
    sys.stderr.write(f"{message}\n")
    sys.exit(2)
