/** Fragments of compressed messages, what comes between them, and bits in wrong places (RFC 7692 §6). */

import type { Frame } from "../../types.ts";
import {
  close,
  continuation,
  ended,
  fails,
  part,
  ping,
  PROTOCOL_ERROR,
  send,
  text,
} from "../judgements.ts";
import { CHANGES, COMMON, COMPRESSED, deflated, echoed, fixed, having, HELLO } from "./messages.ts";

/** A message that is cut into fragments: RSV1 is set in the first alone (§6.1). */
function inPieces(payload: readonly Uint8Array<ArrayBuffer>[]): readonly Frame[] {
  return payload.map((bytes, index) => ({
    opcode: index === 0 ? 1 : 0,
    payload: bytes,
    ...(index === 0 && COMPRESSED),
    ...(index < payload.length - 1 && { fin: false as const }),
  }));
}

const pieces = (...ends: readonly number[]): readonly Uint8Array<ArrayBuffer>[] =>
  [...ends, HELLO.length].map((end, index) => HELLO.slice(ends[index - 1] ?? 0, end));

/** Messages in fragments. */
export const fragmented = part(
  "14.5",
  { ...COMMON, integrity: CHANGES, section: "RFC 7692 §6.1, §7.2.1" },
  [
    {
      title: "two fragments",
      steps: [{ send: inPieces(pieces(3)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "fragments of one byte",
      steps: [{ send: inPieces(pieces(1, 2, 3, 4, 5, 6)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "an empty first fragment",
      steps: [{ send: inPieces(pieces(0)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "an empty last fragment",
      steps: [{ send: inPieces(pieces(7)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "empty fragments between",
      steps: [{ send: inPieces(pieces(3, 3, 3)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "a ping between two fragments",
      section: "RFC 7692 §6.1",
      steps: [{ send: between(inPieces(pieces(3)), ping("ping")) }],
      judgement: echoed({ pong: "ping" }, { text: "Hello" }),
    },
    {
      title: "a pong between two fragments",
      section: "RFC 7692 §6.1",
      steps: [{ send: between(inPieces(pieces(3)), { opcode: 10, payload: "pong" }) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "a message that is not compressed, in fragments, after one that is",
      steps: [{
        send: [...inPieces(pieces(3)), text("one ", { fin: false }), continuation("two")],
      }],
      judgement: echoed({ text: "Hello" }, { text: "one two" }),
    },
    {
      title: "a fragment a byte, each byte in a write of its own",
      steps: [{ send: inPieces(pieces(1, 2, 3, 4, 5, 6)), pieceBytes: 1, pauseMs: 2 }],
      judgement: echoed({ text: "Hello" }),
    },
  ],
);

function between([first, ...rest]: readonly Frame[], frame: Frame): readonly Frame[] {
  return [first!, frame, ...rest];
}

/** What is not compressed beside what is. */
export const mixed = part("14.6", { ...COMMON, integrity: CHANGES, section: "RFC 7692 §6" }, [
  {
    title: "a text that is not compressed",
    steps: [send(text("plain"))],
    judgement: echoed({ text: "plain" }),
  },
  {
    title: "an empty text that is not compressed",
    steps: [send(text(""))],
    judgement: echoed({ text: "" }),
  },
  {
    title: "one that is not compressed between two that are",
    steps: [send(deflated(1, fixed("one")), text("two"), deflated(2, fixed("three")))],
    judgement: echoed({ text: "one" }, { text: "two" }, { binary: "three" }),
  },
  {
    title: "a ping, which is never compressed",
    steps: [send(ping("Hello"))],
    judgement: echoed({ pong: "Hello" }),
  },
  {
    title: "a compressed message and a close frame in one write",
    section: "RFC 6455 §5.5.1",
    steps: [send(deflated(1, fixed("Hello"))), { answers: 1 }, send(close(1000))],
    judgement: having({
      should: [{ answers: [{ text: "Hello" }], ending: { is: "closed", codes: [1000, 1005] } }],
      must: [{ answers: [{ text: "Hello" }], ending: { is: "closed" } }],
    }),
  },
]);

/** Which bits must not be set although the extension is there (§6.1; RFC 6455 §5.2). */
export const bits = part("14.7", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §6.1",
  judgement: having(fails(PROTOCOL_ERROR)),
}, [
  {
    title: "RSV1 in the second fragment",
    steps: [
      send({ opcode: 1, ...COMPRESSED, fin: false, payload: HELLO.slice(0, 3) }, {
        opcode: 0,
        ...COMPRESSED,
        payload: HELLO.slice(3),
      }),
    ],
  },
  {
    title: "RSV1 in the second fragment alone",
    steps: [send(text("one ", { fin: false }), { opcode: 0, ...COMPRESSED, payload: HELLO })],
  },
  { title: "RSV1 in a ping", steps: [send(ping("Hello", COMPRESSED))] },
  { title: "RSV1 in a pong", steps: [send({ opcode: 10, ...COMPRESSED, payload: "Hello" })] },
  {
    title: "RSV1 in a close frame",
    steps: [send({ ...close(1000), ...COMPRESSED })],
    judgement: having({
      should: fails(PROTOCOL_ERROR).should!,
      must: ended(),
    }),
  },
  {
    title: "RSV2 in a compressed message",
    steps: [send({ ...deflated(1, fixed("Hello")), rsv: 6 })],
  },
  {
    title: "RSV3 in a compressed message",
    steps: [send({ ...deflated(1, fixed("Hello")), rsv: 5 })],
  },
  { title: "RSV2 in a message that is not compressed", steps: [send(text("Hello", { rsv: 2 }))] },
  {
    title: "a reserved opcode with RSV1",
    steps: [send({ opcode: 3, ...COMPRESSED, payload: HELLO })],
  },
]);
