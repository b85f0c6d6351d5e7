"""
--deflate no-takeover for libraries that only compress as the client asks: the request is changed
so that it asks for that.
"""

PARAMETERS = ("server_no_context_takeover", "client_no_context_takeover")


def without_takeover(offers: str) -> str:
    """
    The value of Sec-WebSocket-Extensions with both parameters in each offer of permessage-deflate.

    A server may agree to them though the client did not ask (RFC 7692, sections 7.1.1.1 and
    7.1.1.2); the rest of an offer stays, as the server must obey that.
    """
    return ", ".join(
        with_both(offer) if name_of(offer) == "permessage-deflate" else offer.strip()
        for offer in offers.split(",")
    )


def name_of(offer: str) -> str:
    return offer.partition(";")[0].strip().lower()


def with_both(offer: str) -> str:
    parts = [part.strip() for part in offer.split(";")]
    return "; ".join([*parts, *(name for name in PARAMETERS if name not in parts)])
