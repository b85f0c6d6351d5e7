/**
 * Faults of the server in its answer to a handshake. After the connect phase only the scenario `connect` opens
 * connections.
 */

import { cannot, everywhere, type Expected, fails, type Fault, ofServer } from "./types.ts";

const DRAIN_MS = 14_000;
const CONNECT_MS = 20_000;

function row(id: string, title: string, later: Expected, connect: Expected = later): Fault {
  const phases = { connect, "warm-up": later, window: later };
  return ofServer(id, title, everywhere(cannot("no connection is opened then"), phases), {
    scenario: (phase) => phase === "connect" ? "rate" : "connect",
  });
}

const unopened = fails(/4 of 4 connections were not open after 15\d{3} ms/, CONNECT_MS);
const unanswered = fails(/handshakes? .*not answered/, DRAIN_MS);

export const handshakeRows: readonly Fault[] = [
  row("handshake-silent", "accepts and never answers the handshake", unanswered, unopened),
  row("handshake-200", "answers the handshake with 200", fails(/The server answered 200 OK/)),
  row(
    "handshake-301",
    "answers the handshake with 301",
    fails(/The server answered 301 Moved to \/elsewhere/),
  ),
  row("handshake-400", "answers the handshake with 400", fails(/The server answered 400/)),
  row("handshake-500", "answers the handshake with 500", fails(/The server answered 500/)),
  row("wrong-accept-key", "answers with a wrong accept key", fails(/wrong accept key/)),
  row("half-response", "answers half of the handshake", unanswered, unopened),
  row("endless-header", "answers with an endless header", fails(/header block longer than/)),
  row("handshake-garbage", "answers the handshake with garbage", fails(/does not speak HTTP/)),
];
