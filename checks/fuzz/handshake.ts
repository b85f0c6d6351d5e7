/** Fuzzes the readers of both sides of the opening handshake. */

import { Finding, mutate, type Random, type Target } from "./target.ts";
import {
  acceptKey,
  HandshakeError,
  HandshakeReader,
  HandshakeRequestReader,
  MAX_HEAD_BYTES,
} from "../../clients/wire/handshake/handshake.ts";

interface Reader {
  readonly heldBytes: number;
  push(buffer: Uint8Array, start: number, end: number): number;
}

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const encoder = new TextEncoder();

/** The kind of the error, or where the head ends. */
function read(reader: Reader, input: Uint8Array, cuts: readonly number[]): string {
  let start = 0;
  for (const end of cuts) {
    try {
      const after = reader.push(input, start, end);
      if (after >= 0) return `accepted at ${after}`;
    } catch (error) {
      if (!(error instanceof HandshakeError)) throw error;
      if (error.message.includes("\n")) throw new Finding("has an error of two lines", input);
      if (reader.heldBytes > 0) throw new Finding("holds a buffer after its end", input);
      return error.kind;
    }
    if (reader.heldBytes > 2 * MAX_HEAD_BYTES) {
      throw new Finding(`holds ${reader.heldBytes} bytes`, input);
    }
    start = end;
  }
  return "incomplete";
}

const anyCase = (random: Random, text: string): string =>
  random.pick([text, text.toLowerCase(), text.toUpperCase()]);

/** Header lines in any order and spelling that the rules allow. */
function fieldLines(random: Random, fields: readonly (readonly [string, string])[]): string {
  const extra = Array.from(
    { length: random.below(4) },
    (_, index) => [`X-${index}`, "v".repeat(random.pick([0, 1, 40, 900]))] as const,
  );
  return [...fields, ...extra]
    .map(([name, value]) => ({ name, value, rank: random.uint32() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, value }) => {
      const before = random.pick(["", " ", "\t", "  "]);
      return `${anyCase(random, name)}:${before}${value}${random.pick(["", " ", "\t "])}\r\n`;
    })
    .join("");
}

function response(
  random: Random,
  more: readonly (readonly [string, string])[] = [],
): string {
  return "HTTP/1.1 101 Switching Protocols\r\n" + fieldLines(random, [
    ...more,
    ["Upgrade", anyCase(random, "websocket")],
    ["Connection", random.pick(["Upgrade", "keep-alive, upgrade", "UPGRADE,,x"])],
    ["Sec-WebSocket-Accept", acceptKey(KEY)],
  ]) + "\r\n";
}

/** An answer that agrees to compress. */
function compressedResponse(random: Random): string {
  const parameters = [
    "server_no_context_takeover",
    "client_no_context_takeover",
    `server_max_window_bits${random.pick(["=", " = "])}${random.pick(["8", "15", '"12"'])}`,
  ].filter(() => random.chance(0.5));
  const separator = random.pick([";", "; ", " ;\t"]);
  return response(random, [
    ["Sec-WebSocket-Extensions", ["permessage-deflate", ...parameters].join(separator)],
  ]);
}

function request(random: Random): string {
  return `GET /${"p".repeat(random.below(40))} HTTP/1.1\r\n` + fieldLines(random, [
    ["Host", "localhost:80"],
    ["Upgrade", random.pick(["websocket", "h2c, WebSocket"])],
    ["Connection", random.pick(["Upgrade", "keep-alive, upgrade"])],
    ["Sec-WebSocket-Key", KEY],
    ["Sec-WebSocket-Version", "13"],
  ]) + "\r\n";
}

/** A target: random bytes, valid heads with bytes after them, and mutated ones, whole and split. */
function handshakeTarget(
  name: string,
  head: (random: Random) => string,
  reader: () => Reader,
): Target {
  return {
    name,
    run(random) {
      const text = head(random);
      const valid = encoder.encode(text + "\x81\x02\r\n".slice(random.below(5)));
      const form = random.pick(
        ["random", "valid", "long", "mutated", "mutated", "mutated"] as const,
      );
      const input = form === "valid"
        ? valid
        : form === "random"
        ? random.bytes(random.below(100))
        : form === "long" && random.chance(0.02)
        ? encoder.encode(text.slice(0, -2) + `X: ${"x".repeat(random.below(20_000))}\r\n\r\n`)
        : mutate(random, valid);
      const whole = read(reader(), input, [input.length]);
      if (form === "valid" && whole !== `accepted at ${text.length}`) {
        throw new Finding(`takes a valid head as ${whole}`, input);
      }
      const split = read(reader(), input, random.cuts(input.length));
      if (split !== whole && input.length > 0) {
        throw new Finding(`is ${split} when split and ${whole} when whole`, input);
      }
      return whole.startsWith("accepted") ? "accepted" : whole;
    },
  };
}

export const handshakeTargets: readonly Target[] = [
  handshakeTarget(
    "handshake, client",
    (random) => response(random),
    () => new HandshakeReader(KEY),
  ),
  handshakeTarget(
    "handshake, client, compressed",
    compressedResponse,
    () => new HandshakeReader(KEY, { deflate: "takeover" }),
  ),
  handshakeTarget("handshake, server", request, () => new HandshakeRequestReader()),
];
