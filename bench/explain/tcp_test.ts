import assert from "node:assert/strict";
import { tcpCounters } from "./tcp.ts";

Deno.test("what came in is what the server sent; segments without data are the others", () => {
  const found = tcpCounters({
    connections: 4,
    rttUs: 400,
    segmentsIn: 120,
    dataSegmentsIn: 100,
    bytesIn: 6600,
    segmentsOut: 105,
    dataSegmentsOut: 100,
    bytesOut: 7000,
    retransmitted: 1,
  });
  assert.deepEqual(found, {
    "tcp.received.segments": 100,
    "tcp.received.bytes": 6600,
    "tcp.received.acks": 20,
    "tcp.sent.segments": 100,
    "tcp.sent.bytes": 7000,
    "tcp.sent.acks": 5,
    "tcp.retransmitted": 1,
    "tcp.rtt": 100,
  });
});

Deno.test("what nobody asked has a reason", () => {
  const reason = { absent: "the load came from agents" };
  assert.deepEqual(tcpCounters(reason)["tcp.rtt"], reason);
});
