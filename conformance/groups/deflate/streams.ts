/** Streams of DEFLATE that are broken, cut off, or ended by a message (RFC 7692 §7.2). */

import type { Case, Judgement } from "../../types.ts";
import { ended, INVALID_DATA, part, PROTOCOL_ERROR, send } from "../judgements.ts";
import { COMMON, COMPRESSED, deflated, echoed, fixed, having } from "./messages.ts";

/** Hardly anybody ends the stream of DEFLATE with a message, but it may be done. */
export const lastBlocks = part("14.13", { ...COMMON, section: "RFC 7692 §7.2.3.4" }, [
  {
    title: "a last block (BFINAL), and a byte after it",
    steps: [send(deflated(1, { fixed: ["Hello"], isLast: true }))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "a stored block that is the last (BFINAL)",
    steps: [send(deflated(1, { stored: "Hello", isLast: true }))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "two messages with a last block (BFINAL) each",
    steps: [
      send(
        deflated(1, { fixed: ["one"], isLast: true }),
        deflated(1, { fixed: ["two"], isLast: true }),
      ),
    ],
    judgement: echoed({ text: "one" }, { text: "two" }),
  },
]);

/** What cannot be inflated: the connection fails, with which code nobody says. */
const BROKEN: Judgement = having({
  should: [{ ending: { is: "closed", codes: [PROTOCOL_ERROR, INVALID_DATA] } }],
  must: ended(),
});

const compressedBytes = (
  title: string,
  ...bytes: readonly number[]
): Pick<Case, "title" | "steps"> => ({
  title,
  steps: [send({ opcode: 2, ...COMPRESSED, payload: Uint8Array.from(bytes) })],
});

/** Streams that are broken. */
export const broken = part("14.8", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §7.2.2",
  judgement: BROKEN,
}, [
  compressedBytes("a block of the reserved kind", 0x07, 0x00),
  compressedBytes("bytes of which none is a block", 0xff, 0xff, 0xff, 0xff),
  compressedBytes(
    "a stored block whose length does not match its complement",
    0x00,
    0x05,
    0x00,
    0x00,
    0x00,
    0x48,
  ),
  {
    title: "a copy of what was never there",
    steps: [send(deflated(2, { fixed: [{ copy: 5, back: 100 }] }))],
  },
  {
    title: "a copy further back than the first message",
    steps: [send(deflated(2, fixed("Hello"), { fixed: [{ copy: 5, back: 6 }] }))],
  },
  compressedBytes(
    "codes of their own that are too many",
    0x04,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
  ),
  {
    title: "a broken message after a right one",
    steps: [
      send(deflated(1, fixed("Hello"))),
      { answers: 1 },
      send({ opcode: 1, ...COMPRESSED, payload: Uint8Array.of(0x07, 0x00) }),
    ],
    judgement: having({
      should: [{
        answers: [{ text: "Hello" }],
        ending: { is: "closed", codes: [PROTOCOL_ERROR, INVALID_DATA] },
      }],
      must: ended([{ text: "Hello" }]),
    }),
  },
]);

/** What is cut off cannot be told from a flush by everybody. */
export const cutOff = part("14.9", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §7.2.2",
  judgement: { ...BROKEN, may: "anything" },
}, [
  compressedBytes("a stored block that is cut off", 0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65),
  compressedBytes("a message of no byte, not even of an empty block"),
]);
