/** Faults of the server in the frames that it sends. */

import {
  cannot,
  type Carrier,
  completes,
  everywhere,
  type Expected,
  fails,
  type Fault,
  ofServer,
} from "./types.ts";

const NOT_YET = cannot("there is no open connection yet");
const DRAIN_MS = 14_000;
/** While connections are being closed nothing fails any more. */
const closing = completes();

function row(
  id: string,
  title: string,
  usual: Expected,
  carriers: Partial<Record<Carrier, Expected>>,
): Fault {
  const phases = everywhere(usual, { spawn: NOT_YET, ready: NOT_YET, report: closing });
  return ofServer(id, title, phases, { carriers: { tcp: usual, ...carriers } });
}

// What answers no message is counted apart.
const unasked = completes({ wrong: false });
// No message is answered: lost, or corrupted if something came that may have been its reply.
const unanswered = completes({ wrong: true, withinMs: DRAIN_MS });
const closed = fails(/^The server closed connection \d of 4: code 1006/);

export const frameRows: readonly Fault[] = [
  row("garbage", "sends garbage", fails(/reserved bits/), { websocket: closed }),
  // Deno's WebSocket accepts it, and what it says is a reply to nobody.
  row("masked", "sends a masked frame", fails(/must not mask/), { websocket: unasked }),
  row("oversized", "announces a frame of 1 TiB", fails(/Cannot take a message above/), {
    websocket: closed,
  }),
  row("endless-fragments", "sends fragments for ever", fails(/Cannot take a message above/), {
    // Deno's WebSocket collects them without a limit: the generator sets one itself.
    websocket: {
      ...fails(/^What the server sends takes \d+ MiB of the client's memory$/, DRAIN_MS),
      mostMib: 1800,
    },
  }),
  row("endless-replies", "sends replies without end", unanswered, { websocket: unanswered }),
  row("close", "closes the connections", fails(/code 4001, enough/), {
    websocket: fails(/code 4001, enough/),
  }),
  row("pings", "sends 5000 pings", unasked, { websocket: unasked }),
  row("pings-unread", "sends pings for ever and reads nothing", unanswered, {
    websocket: unanswered,
  }),
  row("reply-to-nobody", "sends a reply to nobody", unasked, { websocket: unasked }),
  row("replies-after-close", "sends replies after its close", fails(/code 4002, closed/), {
    websocket: fails(/code 4002, closed/),
  }),
  row("not-utf8", "sends text that is not UTF-8", fails(/text message that is not UTF-8/), {
    websocket: closed,
  }),
];
