/** The closing handshake, and what comes around it (RFC 6455 §5.5.1, §7.1). */

import type { Case, Group, Judgement } from "../types.ts";
import {
  binary,
  close,
  continuation,
  ended,
  fails,
  INVALID_DATA,
  noise,
  OPEN,
  part,
  ping,
  pong,
  PROTOCOL_ERROR,
  send,
  text,
} from "./judgements.ts";

/** Answered by a close frame, which should say the same or nothing against it. */
export function closes(codes: readonly number[]): Judgement {
  return {
    should: [{ ending: { is: "closed", codes } }],
    must: [{ ending: { is: "closed" } }],
  };
}

const NORMAL = [1000, 1005];

const handshake = part("7.1", { section: "RFC 6455 §5.5.1, §7.1" }, [
  {
    title: "a close frame with 1000",
    steps: [send(close(1000))],
    judgement: closes(NORMAL),
  },
  {
    title: "a close frame without content",
    steps: [send(close())],
    judgement: closes(NORMAL),
  },
  {
    title: "a close frame with 1000 and a reason",
    steps: [send(close(1000, "Good bye"))],
    judgement: closes(NORMAL),
  },
  {
    title: "a close frame, and the end of the connection, which is the server's to make",
    role: "server",
    section: "RFC 6455 §7.1.1",
    steps: [send(close(1000))],
    judgement: {
      should: [{ ending: { is: "closed", codes: NORMAL, isEnded: true } }],
      must: [{ ending: { is: "closed" } }],
    },
  },
  {
    title: "text, and a close frame when it has come back",
    steps: [send(text("Hello")), { answers: 1 }, send(close(1000))],
    judgement: {
      should: [{ answers: [{ text: "Hello" }], ending: { is: "closed", codes: NORMAL } }],
      must: [{ answers: [{ text: "Hello" }], ending: { is: "closed" } }],
    },
  },
  {
    title: "text and a close frame in one write",
    steps: [send(text("Hello"), close(1000))],
    judgement: {
      should: [{
        answers: [{ text: "Hello" }],
        atLeast: 0,
        ending: { is: "closed", codes: NORMAL },
      }],
      must: [{ answers: [{ text: "Hello" }], atLeast: 0, ending: { is: "closed" } }],
    },
  },
  {
    title: "a ping and a close frame in one write",
    steps: [send(ping("Hello"), close(1000))],
    judgement: {
      should: [{
        answers: [{ pong: "Hello" }],
        atLeast: 0,
        ending: { is: "closed", codes: NORMAL },
      }],
      must: [{ answers: [{ pong: "Hello" }], atLeast: 0, ending: { is: "closed" } }],
    },
  },
  {
    title: "a close frame between two fragments",
    steps: [send(text("one ", { fin: false }), close(1000))],
    judgement: closes(NORMAL),
  },
  {
    title: "a close frame byte by byte",
    steps: [{ send: [close(1000, "Good bye")], pieceBytes: 1, pauseMs: 2 }],
    judgement: closes(NORMAL),
  },
]);

/** Whatever comes after a close frame is not looked at any more (§5.5.1, §7.1.4). */
const AFTER = "answers what is sent after the close";

const after = part("7.2", {
  section: "RFC 6455 §5.5.1",
  integrity: AFTER,
  judgement: closes(NORMAL),
}, [
  { title: "text after a close frame", steps: [send(close(1000), text("Hello"))] },
  { title: "binary data after a close frame", steps: [send(close(1000), binary(noise(100)))] },
  { title: "a ping after a close frame", steps: [send(close(1000), ping("Hello"))] },
  { title: "a pong after a close frame", steps: [send(close(1000), pong("Hello"))] },
  {
    title: "a second close frame",
    steps: [send(close(1000), close(1000))],
  },
  {
    title: "a close frame between two fragments, and the second one after it",
    steps: [send(text("one ", { fin: false }), close(1000), continuation("two"))],
  },
  {
    title: "a hundred texts after a close frame",
    steps: [{ send: [close(1000), ...Array.from({ length: 100 }, () => text("Hello"))] }],
  },
  {
    title: "a frame with a reserved opcode after a close frame",
    steps: [send(close(1000), { opcode: 3 })],
  },
]);

const afterFailure = part("7.3", {
  section: "RFC 6455 §7.1.7",
  integrity: "answers what is sent after it has failed the connection",
  judgement: fails(PROTOCOL_ERROR),
}, [
  { title: "text after a reserved opcode", steps: [send({ opcode: 3 }, text("Hello"))] },
  { title: "a ping after a reserved opcode", steps: [send({ opcode: 3 }, ping("Hello"))] },
  {
    title: "text after a text that is not UTF-8",
    steps: [send(text(Uint8Array.of(0xff)), text("Hello"))],
    judgement: fails(INVALID_DATA),
  },
]);

const GONE: Judgement = {
  must: ended(),
  // The sending half may be closed, and the other stay open as long as the server likes.
  may: [{ ending: OPEN }],
};

const halves = part(
  "7.4",
  { section: "RFC 6455 §7.1.4", deadlineMs: 4000 },
  [
    {
      title: "the end of sending without a close frame",
      steps: [{ end: "sending" }],
      judgement: GONE,
    },
    {
      title: "text, and the end of sending when it has come back",
      steps: [send(text("Hello")), { answers: 1 }, { end: "sending" }],
      judgement: {
        must: ended([{ text: "Hello" }]),
        may: [{ answers: [{ text: "Hello" }], ending: OPEN }],
      },
    },
    {
      title: "text and the end of sending at once",
      steps: [send(text("Hello")), { end: "sending" }],
      judgement: {
        must: ended([{ text: "Hello" }]),
        may: [{ answers: [{ text: "Hello" }], atLeast: 0, ending: OPEN }],
      },
    },
    {
      title: "a close frame and the end of sending at once",
      steps: [send(close(1000)), { end: "sending" }],
      judgement: {
        should: [{ ending: { is: "closed", codes: NORMAL } }],
        must: [{ ending: { is: "closed" } }, { ending: { is: "dropped" } }],
      },
    },
  ] as const satisfies readonly (Pick<Case, "title" | "steps" | "judgement">)[],
);

const broken = part("7.5", {
  section: "RFC 6455 §5.5.1, §8.1",
  judgement: fails(PROTOCOL_ERROR),
}, [
  { title: "a close frame of one byte", steps: [send({ opcode: 8, payload: Uint8Array.of(3) })] },
  {
    title: "a close frame of 127 bytes",
    steps: [send(close(1000, new Uint8Array(125).fill(0x61)))],
  },
  ...([
    ["the byte ff", [0xff]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["a character that is cut by the end", [0x61, 0xe2, 0x82]],
    ["what is above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ] as const).map(([what, bytes]) => ({
    title: `a close frame whose reason has ${what}`,
    steps: [send(close(1000, Uint8Array.from(bytes)))],
    judgement: {
      should: [{ ending: { is: "closed" as const, codes: [INVALID_DATA, PROTOCOL_ERROR] } }],
      must: ended(),
    },
  })),
]);

/** The closing handshake. */
export const closing: Group = {
  id: "7",
  title: "Closing",
  cases: [...handshake, ...after, ...afterFailure, ...halves, ...broken],
};
