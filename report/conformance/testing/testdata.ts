/** A run of the conformance suite on two servers and what is left out, for tests. */

import type { ConformanceResult } from "../../../conformance/result.ts";

/** Two servers, of which one fails two cases, one of them of integrity, and ended once. */
export const CONFORMANCE: ConformanceResult = {
  wsmark: "0.1.0",
  suite: "0123456789ab",
  startedAt: "2026-11-30T12:00:00.000Z",
  state: "finished",
  groups: [{ id: "1", title: "Frames and lengths" }, { id: "6", title: "UTF-8" }],
  cases: [
    {
      ...{ id: "1.1.1", title: "text of 0 bytes in one frame", section: "RFC 6455 §5.2" },
      integrity: "changes what it is sent",
    },
    { id: "1.3.1", title: "text with a long length", section: "RFC 6455 §5.2" },
    {
      ...{ id: "6.2.1", title: "text with ff", section: "RFC 6455 §8.1" },
      integrity: "lets broken UTF-8 through as text",
    },
    { id: "6.5.1", title: "text with an early ff", section: "RFC 6455 §8.1" },
  ],
  servers: [
    {
      ...{ id: "a", title: "Server A", library: "a 1.2.3", runtime: "deno 2.9.6" },
      results: [
        {
          ...{ id: "1.1.1", verdict: "ok", expected: "text, then an open connection" },
          ...{ came: "text without content [81 00]", durationMs: 1.5 },
        },
        {
          ...{ id: "1.3.1", verdict: "failed", expected: "a close frame with 1002" },
          ...{ came: 'text "<b>" [81 03 3c 62 3e]', durationMs: 2 },
        },
        {
          ...{ id: "6.2.1", verdict: "failed", expected: "a close frame with 1007" },
          ...{ came: "=text of 1 byte [81 01 ff]", durationMs: 3, breaksIntegrity: true },
        },
        {
          ...{ id: "6.5.1", verdict: "non-strict", expected: "a close frame with 1007" },
          ...{ came: "close with 1007, after all was sent", durationMs: 500 },
        },
      ],
      restarts: [{ id: "1.3.1", reason: "the server ended: exit code 7" }],
      durationMs: 1234,
    },
    {
      ...{ id: "b", title: "Server B", restarts: [], durationMs: 10 },
      onlyLayer: "each of its messages is a packet",
      results: [{
        ...{ id: "6.2.1", verdict: "unimplemented", expected: "a close frame with 1007" },
        ...{ came: "close with 1009", durationMs: 3 },
      }],
      givenUp: "it accepted no handshake",
    },
  ],
  leftOut: [{ id: "c", title: "Server C", reason: "no c on the PATH" }],
};
