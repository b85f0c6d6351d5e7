/**
 * A small fuzzing server that is asked as that of the Autobahn suite is. Its cases are derived from RFC 6455, and have
 * the numbers that the suite gives to what they are about; it has no word of the suite itself.
 *
 * `deno run -A checks/autobahn/testing/server.ts`: prints its URL.
 */

import { FrameDecoder } from "../../../clients/wire/frame/frame.ts";
import {
  acceptResponse,
  HandshakeRequestReader,
} from "../../../clients/wire/handshake/handshake.ts";
import { print } from "../../../cli/output/terminal.ts";
import { rawFrame } from "../../fuzz/frame_stream.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A frame of the server, however wrong. */
function frame(first: number, payload: string | readonly number[] = ""): Uint8Array {
  const bytes = typeof payload === "string" ? encoder.encode(payload) : Uint8Array.from(payload);
  return rawFrame({ first, payload: bytes });
}

const TEXT = 0x81;
const TEXT_BEGINS = 0x01;
const GOES_ON = 0x00;
const CLOSE = 0x88;
const PING = 0x89;
const NORMAL = [0x03, 0xe8];
const close = frame(CLOSE, NORMAL);
const pings = Array.from({ length: 10 }, (_, number) => frame(PING, `payload-${number}`));
const pongs = Array.from({ length: 10 }, (_, number) => `pong payload-${number}`);

interface Case {
  readonly id: string;
  readonly about: string;
  /** What is sent, each part in a write of its own; nothing follows if the client should have had enough. */
  readonly sends: readonly Uint8Array[];
  /** What must come back before the end, in this order. */
  readonly expects: readonly string[];
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const octets = (bytes: Uint8Array): Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte));

const CASES: readonly Case[] = [
  {
    id: "1.1.2",
    about: "text of 125 bytes",
    sends: [join(frame(TEXT, "x".repeat(125)), close)],
    expects: [`text ${"x".repeat(125)}`, "close 1000"],
  },
  {
    id: "2.5",
    about: "a ping of 126 bytes",
    sends: [frame(PING, "x".repeat(126))],
    expects: ["close 1002"],
  },
  {
    id: "2.10",
    about: "ten pings at once, and a close behind them",
    sends: [join(...pings, close)],
    expects: [...pongs, "close 1000"],
  },
  {
    id: "2.11",
    about: "ten pings byte by byte",
    sends: [...octets(join(...pings)), close],
    expects: [...pongs, "close 1000"],
  },
  {
    id: "3.2",
    about: "a reserved bit behind a text, and a ping behind it",
    sends: [join(frame(TEXT, "a"), frame(0xa1, "b"), frame(PING))],
    expects: ["text a", "close 1002"],
  },
  {
    id: "4.1.3",
    about: "a reserved opcode behind a text",
    sends: [join(frame(TEXT, "a"), frame(0x85), frame(PING))],
    expects: ["text a", "close 1002"],
  },
  {
    id: "5.6",
    about: "a ping between fragments",
    sends: [join(frame(TEXT_BEGINS, "a"), frame(PING, "p"), frame(0x80, "b"), close)],
    expects: ["pong p", "text ab", "close 1000"],
  },
  {
    id: "5.18",
    about: "a message that begins amid another",
    sends: [join(frame(TEXT_BEGINS, "a"), frame(TEXT, "b"))],
    expects: ["close 1002"],
  },
  {
    id: "6.3.1",
    about: "a text that is not UTF-8",
    sends: [frame(TEXT, [0x61, 0xed, 0xa0, 0x80])],
    expects: ["close 1007"],
  },
  {
    id: "6.4.1",
    about: "a fragment that is not UTF-8, of a message that has not ended",
    sends: [frame(TEXT_BEGINS, "κόσμε"), frame(GOES_ON, [0xf4, 0x90, 0x80, 0x80])],
    expects: ["close 1007"],
  },
  {
    id: "6.4.4",
    about: "the byte that makes a text wrong, in a frame that has not ended",
    sends: octets(frame(TEXT, [0xce, 0xba, 0xf4, 0x90, 0x80, 0x80]).subarray(0, 6)),
    expects: ["close 1007"],
  },
  {
    id: "7.1.5",
    about: "a close amid a message",
    sends: [join(frame(TEXT_BEGINS, "a"), close)],
    expects: ["close 1000"],
  },
  { id: "7.3.1", about: "a close without a code", sends: [frame(CLOSE)], expects: ["close 1000"] },
  {
    id: "7.3.2",
    about: "a close of one byte",
    sends: [frame(CLOSE, [0x03])],
    expects: ["close 1002"],
  },
  {
    id: "7.5.1",
    about: "a reason that is not UTF-8",
    sends: [frame(CLOSE, [...NORMAL, 0xce, 0xf4, 0x90])],
    expects: ["close 1007"],
  },
  { id: "7.9.1", about: "code 0", sends: [frame(CLOSE, [0, 0])], expects: ["close 1002"] },
  {
    id: "RFC 6455 §7.4.1",
    about: "a frame of 1 TiB",
    sends: [Uint8Array.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0)],
    expects: ["close 1009"],
  },
];

/** What came of each case. */
const behaviors = new Map<number, string>();

/** Answers a question in one message, or carries out a case; returns what is sent and what must come back. */
function respond(path: string, query: URLSearchParams): Pick<Case, "sends" | "expects"> {
  const number = Number(query.get("case"));
  const one = CASES[number - 1];
  const say = (value: unknown): Pick<Case, "sends" | "expects"> => ({
    sends: [frame(TEXT, JSON.stringify(value)), close],
    expects: ["close 1000"],
  });
  switch (path) {
    case "/getCaseCount":
      return say(CASES.length);
    case "/getCaseInfo":
      return say({ id: one!.id, description: one!.about });
    case "/getCaseStatus":
      return say({ behavior: behaviors.get(number) ?? "FAILED" });
    case "/runCase":
      return one!;
    default:
      return { sends: [close], expects: ["close 1000"] };
  }
}

async function serve(connection: Deno.TcpConn): Promise<void> {
  connection.setNoDelay(true);
  const reader = new HandshakeRequestReader();
  const came: string[] = [];
  const note = (kind: string) => (buffer: Uint8Array, start: number, end: number): void =>
    void came.push(`${kind} ${decoder.decode(buffer.subarray(start, end))}`);
  let hasEnded = false;
  const frames = new FrameDecoder({
    message: (isText, buffer, start, end) => note(isText ? "text" : "binary")(buffer, start, end),
    ping: note("ping"),
    pong: note("pong"),
    close(code) {
      came.push(`close ${code}`);
      hasEnded = true;
    },
  }, { role: "server", maxMessageBytes: 2 ** 20, checkUtf8: true });
  const buffer = new Uint8Array(64 * 1024);
  try {
    let at = -1;
    while (at < 0) {
      const count = await connection.read(buffer);
      if (count === null) return;
      at = reader.push(buffer, 0, count);
    }
    const { pathname, searchParams } = new URL(reader.path, "ws://any");
    const { sends, expects } = respond(pathname, searchParams);
    await write(connection, acceptResponse(reader.key));
    const sending = sendAll(connection, sends);
    while (!hasEnded) {
      const count = await connection.read(buffer);
      if (count === null) break;
      frames.push(buffer, 0, count);
    }
    await sending;
    if (pathname !== "/runCase") return;
    const isRight = JSON.stringify(came) === JSON.stringify(expects);
    behaviors.set(Number(searchParams.get("case")), isRight ? "OK" : `FAILED: ${came}`);
  } finally {
    connection.close();
  }
}

async function sendAll(connection: Deno.Conn, sends: readonly Uint8Array[]): Promise<void> {
  // A client that has had enough does not read the rest.
  for (const bytes of sends) await write(connection, bytes).catch(() => {});
}

async function write(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
print(JSON.stringify({ url: `ws://127.0.0.1:${(listener.addr as Deno.NetAddr).port}` }));
for await (const connection of listener) serve(connection).catch(() => {});
