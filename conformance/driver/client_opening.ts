/** Opens the connection of a case as a server: reads what the client asks for, and answers as the case says. */

import {
  acceptKey,
  type AgreedDeflate,
  HandshakeRequestReader,
} from "../../clients/wire/handshake/handshake.ts";
import type { Head } from "../../clients/wire/handshake/head.ts";
import type { Case, SendStep } from "../types.ts";
import { joined } from "./bytes.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { answerTo } from "./deflate_answer.ts";
import { sentBytes } from "./frame_bytes.ts";
import { inflateOf } from "./inflate.ts";
import type { Opened, Peer } from "./run_case.ts";
import type { Transcript } from "./transcript.ts";

/** The lines of a usual answer. */
export const USUAL_ANSWER: readonly string[] = [
  "HTTP/1.1 101 Switching Protocols",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Accept: {accept}",
];

/** A connection that a client has opened, and what it asks for. */
export interface Asked {
  readonly connection: Connection;
  /** Path and query. */
  readonly path: string;
  readonly key: string;
  /** Names of fields in small letters. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What came after the head. */
  readonly rest: Uint8Array<ArrayBuffer>;
  /** Set if it does not ask for a WebSocket at all. */
  readonly isPlain?: true;
  /** What is wrong with the request, in words. */
  readonly problem?: string;
}

class RequestReader extends HandshakeRequestReader {
  head: Head | undefined;

  problem: string | undefined;

  protected override check(head: Head): void {
    this.head = head;
    try {
      super.check(head);
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }
}

/**
 * Reads what a client asks for.
 *
 * @param patienceMs how long it may take
 * @throws {HandshakeError} if it does not speak HTTP
 * @throws {Error} if it says nothing
 */
export async function readRequest(
  connection: Connection,
  clock: Clock,
  patienceMs: number,
): Promise<Asked> {
  const reader = new RequestReader();
  let isLate = false;
  using late = clock.after(patienceMs);
  late.over.then(() => {
    isLate = true;
    connection.close();
  });
  try {
    const target = new Uint8Array(2 ** 16);
    for (;;) {
      const count = await connection.read(target);
      if (count === null) throw new Error("the connection ended amid the request");
      const end = reader.push(target, 0, count);
      if (end < 0) continue;
      const { key, problem } = reader;
      const { startLine, fields } = reader.head!;
      return {
        ...{ connection, key, fields, rest: target.slice(end, count) },
        path: startLine.split(" ")[1] ?? "",
        ...(problem !== undefined && { problem }),
        ...(!fields.has("upgrade") && { isPlain: true as const }),
      };
    }
  } catch (error) {
    throw isLate ? new Error("no request in time") : error;
  }
}

/** A client that cases are run on. */
export interface ClientUnderTest {
  /** Waits for its connection; rejects with a message of one line. */
  connect(one: Case): Promise<Asked>;
  /** Set if it says something of its own that is no answer: messages are not looked at. */
  readonly isLayerOnly?: true;
}

/** A client as a peer of cases, one at a time: the suite is the server that it connects to. */
export function clientPeer(client: ClientUnderTest): Peer {
  let asked: Asked | undefined;
  return {
    side: "server",
    async connect(one) {
      asked = await client.connect(one);
      return asked.connection;
    },
    open: (one, { transcript }) => open(one, asked!, transcript),
    ...(client.isLayerOnly && { isLayerOnly: true }),
  };
}

async function open(
  one: Case,
  asked: Asked,
  transcript: Transcript,
): Promise<Opened | undefined> {
  if (asked.problem !== undefined) {
    transcript.violation = asked.problem;
    return undefined;
  }
  const deflate = await answer(one, asked, transcript);
  if (transcript.isDeclined) return undefined;
  return { rest: asked.rest, ...(deflate !== undefined && { inflate: inflateOf(deflate) }) };
}

/**
 * Answers as a case says; what comes after that is read by its conversation.
 *
 * @returns how the client may compress messages; undefined if that was not agreed on, and then also `isDeclined` if the
 * case needs it
 */
async function answer(
  one: Case,
  { connection, key, fields }: Asked,
  transcript: Transcript,
): Promise<AgreedDeflate | undefined> {
  const { head = USUAL_ANSWER, lineEnd = "\r\n", body = "", pieceBytes, ...opening } =
    one.opening ??
      {};
  const extension = opening.deflate === undefined
    ? undefined
    : answerTo(fields.get("sec-websocket-extensions")?.join(", ") ?? "");
  if (extension === undefined && opening.needsDeflate) transcript.isDeclined = true;
  const [offered = ""] = (fields.get("sec-websocket-protocol") ?? []).join(",").split(",");
  const lines = [
    ...head.map((line) =>
      line.replace("{accept}", acceptKey(key)).replace("{key}", key)
        .replace("{subprotocol}", offered.trim())
    ),
    ...extension === undefined ? [] : [`Sec-WebSocket-Extensions: ${extension}`],
  ];
  const text = lines.map((line) => line + lineEnd).join("") + lineEnd + body;
  const early = one.isEarly && !transcript.isDeclined
    ? (one.steps[0] as SendStep).send.map((sent) => sentBytes(sent, "server"))
    : [];
  const bytes = joined([new TextEncoder().encode(text), ...early]);
  await writeAll(connection, bytes, pieceBytes ?? bytes.length);
  return extension === undefined ? undefined : { serverTakeover: true, serverWindowBits: 15 };
}

async function writeAll(
  connection: Connection,
  bytes: Uint8Array<ArrayBuffer>,
  pieceBytes: number,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await connection.write(bytes.subarray(at, at + pieceBytes));
  }
}
