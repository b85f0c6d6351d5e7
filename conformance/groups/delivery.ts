/** How bytes arrive: TCP may cut them anywhere, put them together, and they may come early (RFC 6455 §4.1, §5). */

import type { Case, Group, Step } from "../types.ts";
import {
  allAnswered,
  answered,
  binary,
  continuation,
  fails,
  noise,
  part,
  ping,
  PROTOCOL_ERROR,
  send,
  text,
  words,
} from "./judgements.ts";

const CHANGES = "changes what it is sent";

/** So long that each byte is a segment of its own, and so short that the case ends. */
const PAUSE_MS = 2;

const byByte = part("10.1", { section: "RFC 6455 §5", integrity: CHANGES }, [
  {
    title: "text of 40 bytes, byte by byte",
    steps: [{ send: [text(words(40))], pieceBytes: 1, pauseMs: PAUSE_MS }],
    judgement: answered({ text: words(40) }),
  },
  {
    title: "binary data of 126 bytes, byte by byte",
    steps: [{ send: [binary(noise(126))], pieceBytes: 1, pauseMs: PAUSE_MS }],
    judgement: answered({ binary: noise(126) }),
  },
  {
    title: "a ping, byte by byte",
    steps: [{ send: [ping("Hello")], pieceBytes: 1, pauseMs: PAUSE_MS }],
    judgement: answered({ pong: "Hello" }),
  },
  {
    title: "text in three fragments, byte by byte",
    steps: [{
      send: [text("one ", { fin: false }), continuation("two ", { fin: false }), continuation("3")],
      pieceBytes: 1,
      pauseMs: PAUSE_MS,
    }],
    judgement: answered({ text: "one two 3" }),
  },
  {
    title: "two fragments with a ping between them, byte by byte",
    steps: [{
      send: [text("one ", { fin: false }), ping("amid"), continuation("two")],
      pieceBytes: 1,
      pauseMs: PAUSE_MS,
    }],
    judgement: answered({ pong: "amid" }, { text: "one two" }),
  },
  {
    title: "text without content, byte by byte",
    steps: [{ send: [text("")], pieceBytes: 1, pauseMs: PAUSE_MS }],
    judgement: answered({ text: "" }),
  },
  {
    title: "a reserved opcode, byte by byte",
    steps: [{ send: [{ opcode: 3, payload: "Hello" }], pieceBytes: 1, pauseMs: PAUSE_MS }],
    judgement: fails(PROTOCOL_ERROR),
  },
]);

const TEN = Array.from({ length: 10 }, (_, index) => `message ${index}`);

const inPieces = part("10.2", { section: "RFC 6455 §5", integrity: CHANGES }, [
  ...[2, 3, 7, 13].map((pieceBytes) => ({
    title: `ten texts in pieces of ${pieceBytes} bytes`,
    steps: [{
      send: TEN.map((one) => text(one)),
      pieceBytes,
      pauseMs: PAUSE_MS,
    }],
    judgement: allAnswered(TEN.map((text) => ({ text }))),
  })),
  ...[997, 4096, 65_537].map((pieceBytes) => ({
    title: `text of 256 KiB in pieces of ${pieceBytes.toLocaleString("en-US")} bytes`,
    steps: [{ send: [text(words(2 ** 18))], pieceBytes }],
    judgement: answered({ text: words(2 ** 18) }),
  })),
]);

/** What comes first of the 14 bytes of a header. */
const headers = part(
  "10.3",
  { section: "RFC 6455 §5.2", integrity: CHANGES },
  [1, 2, 3, 6, 9, 10, 13, 14].map((firstBytes) => ({
    title: `text of 65,536 bytes, of which ${
      firstBytes === 1 ? "one byte comes" : `${firstBytes} bytes come`
    } first`,
    steps: [{ send: [text(words(65_536))], firstBytes, pauseMs: 10 }],
    judgement: answered({ text: words(65_536) }),
  })),
);

const slow = part(
  "10.4",
  { section: "RFC 6455 §5", integrity: CHANGES },
  [
    {
      title: "the first byte of a text, and the rest half a second later",
      steps: [{ send: [text("Hello")], pieceBytes: 1, pauseMs: 100 }],
      judgement: answered({ text: "Hello" }),
    },
    {
      title: "a first fragment, and the last one a second later",
      steps: [send(text("one ", { fin: false })), { waitMs: 1000 }, send(continuation("two"))],
      judgement: answered({ text: "one two" }),
    },
  ] as const satisfies readonly {
    title: string;
    steps: readonly Step[];
    judgement: Case["judgement"];
  }[],
);

/** A client must wait for the answer to its handshake; what a server does with frames that come before is its own. */
const early = part("10.5", {
  section: "RFC 6455 §4.1",
  isEarly: true,
  role: "server",
}, [
  {
    title: "text in the same write as the handshake",
    steps: [send(text("Hello"))],
    judgement: { ...answered({ text: "Hello" }), may: "anything" },
  },
  {
    title: "a ping in the same write as the handshake",
    steps: [send(ping("Hello"))],
    judgement: { ...answered({ pong: "Hello" }), may: "anything" },
  },
  {
    title: "ten texts in the same write as the handshake",
    steps: [{ send: TEN.map((one) => text(one)) }],
    judgement: {
      ...allAnswered(TEN.map((text) => ({ text }))),
      may: "anything",
    },
  },
]);

/** How bytes arrive. */
export const delivery: Group = {
  id: "10",
  title: "Delivery",
  cases: [...byByte, ...inPieces, ...headers, ...slow, ...early],
};
