/** Masking: a client masks every frame, with any key; a server none (RFC 6455 §5.1, §5.3). */

import type { Frame, Group } from "../types.ts";
import {
  answered,
  binary,
  close,
  continuation,
  ended,
  fails,
  noise,
  part,
  ping,
  pong,
  PROTOCOL_ERROR,
  send,
  text,
  words,
} from "./judgements.ts";

const CHANGES = "changes what it is sent";

const KEYS = [0, 0xffffffff, 0xff000000, 0x00ff0000, 0x0000ff00, 0x000000ff, 0x80808080];

const keys = part(
  "3.1",
  { section: "RFC 6455 §5.3", integrity: CHANGES, role: "server" },
  KEYS.map((mask) => ({
    title: `binary data with the key ${mask.toString(16).padStart(8, "0")}`,
    steps: [send(binary(noise(300), { mask }))],
    judgement: answered({ binary: noise(300) }),
  })),
);

const lengths = part(
  "3.2",
  { section: "RFC 6455 §5.3", integrity: CHANGES, role: "server" },
  [3, 4, 5, 7, 8, 9, 15, 31, 33, 1023].map((length) => ({
    title: `text of ${length} bytes: its end is ${length % 4} bytes after a key`,
    steps: [send(text(words(length), { mask: 0x12345678 }))],
    judgement: answered({ text: words(length) }),
  })),
);

const messages = part("3.3", {
  section: "RFC 6455 §5.3",
  integrity: CHANGES,
  role: "server",
}, [
  {
    title: "three fragments with a key each",
    steps: [send(
      text("one ", { fin: false, mask: 0x01020304 }),
      continuation("two ", { fin: false, mask: 0xa0b0c0d0 }),
      continuation("three", { mask: 0 }),
    )],
    judgement: answered({ text: "one two three" }),
  },
  {
    title: "a ping with a key whose bytes look like a frame",
    steps: [send(ping("Hello", { mask: 0x89058905 }))],
    judgement: answered({ pong: "Hello" }),
  },
]);

/** A server must end the connection; that it says why is left to it. */
const UNMASKED = { section: "RFC 6455 §5.1", role: "server" } as const;

const UNMASKED_FRAMES: readonly (readonly [string, Frame])[] = [
  ["text", text("Hello", { mask: false })],
  ["text without content", text("", { mask: false })],
  ["binary data", binary(noise(200), { mask: false })],
  ["a ping", ping("Hello", { mask: false })],
  ["a ping without content", ping("", { mask: false })],
  ["a pong", pong("Hello", { mask: false })],
];

const unmasked = part("3.4", UNMASKED, [
  ...UNMASKED_FRAMES.map(([what, frame]) => ({
    title: `${what} without a mask`,
    steps: [send(frame)],
    judgement: { must: ended() },
  })),
  {
    title: "text without a mask when a masked one has come back",
    steps: [send(text("first")), { answers: 1 }, send(text("second", { mask: false }))],
    judgement: { must: ended([{ text: "first" }]) },
  },
  {
    title: "a second fragment without a mask",
    steps: [send(text("one ", { fin: false }), continuation("two", { mask: false }))],
    judgement: { must: ended() },
  },
  {
    title: "a close frame without a mask",
    steps: [send({ ...close(1000), mask: false })],
    judgement: { must: ended() },
  },
]);

const masked = part("3.5", { section: "RFC 6455 §5.1", role: "client" }, [
  ...([
    ["text", text("Hello", { mask: 0x37fa213d })],
    ["binary data", binary(noise(200), { mask: 0x37fa213d })],
    ["a ping", ping("Hello", { mask: 0x37fa213d })],
  ] as const).map(([what, frame]) => ({
    title: `${what} with a mask from a server`,
    steps: [send(frame)],
    judgement: fails(PROTOCOL_ERROR),
  })),
]);

/** Masking. */
export const masking: Group = {
  id: "3",
  title: "Masking",
  cases: [...keys, ...lengths, ...messages, ...unmasked, ...masked],
};
