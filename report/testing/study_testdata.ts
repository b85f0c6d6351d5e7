/** A run of seven rounds that repeats a study, with a claim for each verdict, and that left a server out. */

import type { Claim, RelationClaim, Result } from "../../measure/model/result.ts";
import { ROUNDS } from "./rounds_testdata.ts";

const RATE: RelationClaim = {
  kind: "relation",
  text: "ws gets fewer small messages through than Deno.serve.",
  scenario: "throughput",
  case: "size=64",
  metric: "rate",
  server: "ws",
  than: "native",
  relation: "lower",
};

const CLAIMS: readonly Claim[] = [
  { ...RATE, published: { server: 80_000, than: 100_000 } },
  {
    ...RATE,
    text: "Socket.IO gets more small messages through than ws.",
    server: "socketio",
    than: "ws",
    relation: "higher",
    published: { server: 40_000, than: 2300 },
    remark:
      "A client that sends without waiting counts what it sent; here a reply counts, and nothing else.",
  },
  {
    ...RATE,
    text: "Large messages make no difference.",
    case: "size=16384",
    relation: "same",
    published: { server: 30.28, than: 30.3 },
    remark: "A claim of no difference.",
  },
  {
    ...RATE,
    text: "ws needs less CPU time for a large message.",
    case: "size=16384",
    metric: "cpu.message",
  },
  {
    ...RATE,
    text: "Connecting to Socket.IO takes longer.",
    scenario: "connect",
    case: "concurrency=32",
    metric: "handshake.p50",
    server: "socketio",
    than: "ws",
    relation: "higher",
  },
  { ...RATE, text: "Tornado is as fast as ws.", server: "tornado", than: "ws", relation: "same" },
  { kind: "intact", text: "No reply is lost or changed.", scenario: "throughput" },
];

/** The result. */
export const STUDIED: Result = {
  ...ROUNDS,
  study: {
    id: "servers-elsewhere",
    title: "Servers elsewhere",
    about: [
      "Somebody compared three servers on a machine of their own.",
      "A client sent a short text and waited for its reply.",
    ],
    claims: CLAIMS,
  },
  leftOut: [{
    id: "tornado",
    title: "Tornado",
    reason: "python3 has no module tornado: install it with pip install tornado",
  }],
};
