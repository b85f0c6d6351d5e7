/**
 * What the tests of Socket.IO share with the fuzzing of all that reads the network: texts and
 * random servers whose messages socket.io-parser reads, too.
 */

import assert from "node:assert/strict";
import { Decoder, type Packet } from "npm:socket.io-parser@^4";
import { remember } from "../../testing/handlers.ts";
import { SocketIoConversation } from "../conversation.ts";
import { SocketIoError } from "../error.ts";
import { SocketIoPackets } from "../packets.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Feeds a message at an offset, between bytes that must not matter. */
export function feed(to: SocketIoConversation, message: string | Uint8Array): void {
  const isText = typeof message === "string";
  const bytes = isText ? encoder.encode(message) : message;
  const buffer = new Uint8Array(bytes.length + 16).fill(0x22);
  buffer.set(bytes, 5);
  to.receive(isText, buffer, 5, 5 + bytes.length);
}

const PIECES = [
  '"',
  "\\",
  "\n",
  "\0",
  "\x1f",
  "\x7f",
  "\u2028",
  "\u00e9",
  "\u6f22",
  "🦕",
  "\ufeff",
  "\\u0041",
  '"]',
  "a",
  "plain text that goes on for more than one short run, ".repeat(3),
  "b".repeat(300),
];

/** A text with all that needs care, of at most about `length` UTF-16 units. */
export function randomText(random: () => number, length: number): string {
  let text = "";
  while (text.length < length) text += PIECES[Math.floor(random() * PIECES.length)];
  return text;
}

/** The same text as another JSON library may write it: every unit escaped, or some, with either case of digits. */
export function escapedText(random: () => number, text: string): string {
  return text.split("").map((unit) => {
    const chance = random();
    if (chance < 0.4) return JSON.stringify(unit).slice(1, -1);
    const digits = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${chance < 0.7 ? digits : digits.toUpperCase()}`;
  }).join("");
}

const packets = new SocketIoPackets("/echo");
const OPENING = ['0{"sid":"a","upgrades":[],"pingInterval":1}', '40/echo,{"sid":"b"}'];
const SEEDS = [
  ...OPENING,
  '42/echo,["message","plain text"]',
  '42/echo,["message","\\u00e9\\ud83e\\udd95\\n\\"\\\\"]',
  '42/echo,7[ "message" , "text" ]',
  '451-/echo,["message",{"_placeholder":true,"num":0}]',
  '44/echo,{"message":"Invalid namespace"}',
  "40/echo,",
  '43/echo,1["message"]',
  "41/echo,",
  "1",
  "2",
  "6",
];
const GRIT = encoder.encode('0123456789[]{}",/\\-u e\0\x80\xc3\xff');

function randomMessage(random: () => number): Uint8Array {
  const pick = (count: number) => Math.floor(random() * count);
  if (random() < 0.1) {
    return Uint8Array.from({ length: pick(80) }, () => random() < 0.5 ? pick(256) : 0x30 + pick(7));
  }
  const bytes = [...encoder.encode(SEEDS[pick(SEEDS.length)])];
  for (let changes = pick(4); changes > 0; changes--) {
    const grit = Array.from({ length: pick(3) }, () => GRIT[pick(GRIT.length)]!);
    bytes.splice(pick(bytes.length + 1), pick(3), ...grit);
  }
  return Uint8Array.from(bytes);
}

/** What socket.io-parser makes of the text of an event; undefined if it refuses it. */
function eventOf(message: Uint8Array): unknown[] | undefined {
  const theirs = new Decoder();
  let packet: Packet | undefined;
  theirs.on("decoded", (decoded) => packet = decoded);
  try {
    theirs.add(decoder.decode(message).slice(1));
  } catch {
    return undefined;
  }
  return packet && [packet.nsp, ...packet.data];
}

/**
 * A server that says up to six things, right or wrong, to be fuzzed with numbers in [0, 1). A text that is taken must be
 * the one that socket.io-parser reads. What becomes of it is the last call or the last error's kind.
 */
export const fuzzTarget = {
  name: "engine.io",
  run(random: () => number): string {
    let outcome = "";
    const { handlers, told } = remember();
    const ours = new SocketIoConversation(packets, handlers);
    if (random() < 0.9) { for (const message of OPENING) feed(ours, message); }
    for (let count = Math.ceil(random() * 6); count > 0; count--) {
      const message = randomMessage(random);
      const isText = random() < 0.9;
      const before = told.length;
      try {
        ours.receive(isText, message, 0, message.length);
      } catch (error) {
        if (!(error instanceof SocketIoError)) throw error;
        // deno-lint-ignore no-control-regex -- that is the point
        assert.doesNotMatch(error.message, /[\0-\x1f]/);
        assert.equal(told.length, before);
        outcome = error.kind;
      }
      assert.ok(told.length <= before + 1);
      const [call, text] = told[before] ?? [];
      outcome = call ?? outcome;
      if (!isText || call !== "reply") continue;
      const theirs = eventOf(message)?.map((part) => String(part).toWellFormed());
      assert.deepEqual(theirs, ["/echo", "message", text]);
    }
    return outcome;
  },
};
