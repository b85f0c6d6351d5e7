/** Opens the connection of a case as a client: with the usual request, or an unusual one. */

import {
  createHandshake,
  HandshakeError,
  type HandshakeOffer,
  HandshakeReader,
} from "../../clients/wire/handshake/handshake.ts";
import type { Head } from "../../clients/wire/handshake/head.ts";
import type { Case, Opening, SendStep } from "../types.ts";
import { joined } from "./bytes.ts";
import type { Connection } from "./connection.ts";
import { type Agreed, checkDeflateAnswer } from "./deflate_answer.ts";
import { sentBytes } from "./frame_bytes.ts";
import { inflateOf } from "./inflate.ts";
import type { Opened, Opening as PeerOpening, Peer } from "./run_case.ts";

/** The lines of a usual request. */
export const USUAL_REQUEST: readonly string[] = [
  "GET {path} HTTP/1.1",
  "Host: {host}",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Key: {key}",
  "Sec-WebSocket-Version: 13",
];

/** A server that cases are run on. */
export interface ServerUnderTest {
  /** `ws://host:port/path` of what returns messages as they came. */
  readonly url: string;
  /** What the handshake has in addition. */
  readonly offer?: HandshakeOffer;
  /** Opens a connection to it; rejects with a message of one line. */
  connect(): Promise<Connection>;
  /** Set if it says something of its own that is no answer: messages are not looked at. */
  readonly isLayerOnly?: true;
}

/** A server as a peer of cases: the suite is its client. */
export function serverPeer(server: ServerUnderTest): Peer {
  const { url, offer, isLayerOnly } = server;
  return {
    side: "client",
    connect: () => server.connect(),
    open: (one, opening) => open(one, url, offer, opening),
    // But an answer in place of that to the handshake is wrong.
    isRefusal: (error) => !(error instanceof HandshakeError && error.kind === "not HTTP"),
    ...(isLayerOnly && { isLayerOnly }),
  };
}

async function open(
  one: Case,
  url: string,
  offer: HandshakeOffer | undefined,
  on: PeerOpening,
): Promise<Opened | undefined> {
  const early = one.isEarly
    ? (one.steps[0] as SendStep).send.map((sent) => sentBytes(sent, "client"))
    : [];
  if (one.opening !== undefined) return await openUnusual(one.opening, url, offer, early, on);
  const { request, reader } = createHandshake(url, offer);
  return { rest: await exchange(joined([request, ...early]), reader, on) };
}

/** Sends an unusual request; returns undefined if it was not accepted, or its answer was wrong. */
async function openUnusual(
  opening: Opening,
  url: string,
  offer: HandshakeOffer = {},
  early: readonly Uint8Array<ArrayBuffer>[],
  on: PeerOpening,
): Promise<Opened | undefined> {
  const { transcript } = on;
  const key = crypto.getRandomValues(new Uint8Array(16)).toBase64();
  const lines = requestLines(opening, url, offer, key);
  const reader = new UnusualReader(sentKey(lines), opening, offer);
  const { lineEnd = "\r\n", body = "" } = opening;
  const head = new TextEncoder().encode(
    lines.map((line) => line + lineEnd).join("") + lineEnd + body,
  );
  const bytes = joined([head, ...early]);
  try {
    const rest = await exchange(bytes, reader, on, opening.pieceBytes);
    const { deflate } = reader;
    const isEnough = deflate !== undefined && (deflate.clientTakeover || !opening.needsContext);
    if (!isEnough && opening.needsDeflate) {
      transcript.isDeclined = true;
      return undefined;
    }
    return { rest, ...(deflate !== undefined && { inflate: inflateOf(deflate) }) };
  } catch (error) {
    const { head } = reader;
    const { message } = error as Error;
    if (!(error instanceof HandshakeError)) {
      if (message === ENDED) transcript.end = "ended";
      else if (message === LATE) transcript.isAwaited = true;
      else transcript.end = "reset";
    } else if (error.kind === "refused" && head !== undefined) {
      transcript.refusal = { status: Number(head.startLine.split(" ")[1]), fields: head.fields };
    } else if (error.kind === "extension" && opening.needsDeflate && !opening.isAboutAnswer) {
      transcript.isDeclined = true;
      transcript.disagreement = message;
    } else {
      transcript.violation = message;
      transcript.isNotBegun = true;
    }
    return undefined;
  }
}

/** Reads an answer, and compares its extension with what is offered in whatever words. */
class UnusualReader extends HandshakeReader {
  head: Head | undefined;
  readonly #offers: string;
  #deflate: Agreed | undefined;

  constructor(key: string, { subprotocols = [], deflate = "" }: Opening, user: HandshakeOffer) {
    super(key, { subprotocols: [...subprotocols, ...user.subprotocols ?? []] });
    this.#offers = deflate;
  }

  override get deflate(): Agreed | undefined {
    return this.#deflate;
  }

  protected override check(head: Head): void {
    this.head = head;
    const fields = new Map(head.fields);
    const values = fields.get("sec-websocket-extensions") ?? [];
    if (this.#offers !== "") fields.delete("sec-websocket-extensions");
    super.check({ ...head, fields });
    if (this.#offers === "") return;
    try {
      this.#deflate = checkDeflateAnswer(this.#offers, values);
    } catch (error) {
      throw new HandshakeError("extension", (error as Error).message);
    }
  }
}

/** The request with what the user's server needs in addition. */
function requestLines(
  { head = USUAL_REQUEST, subprotocols, deflate }: Opening,
  url: string,
  { headers = [], subprotocols: ofUser = [] }: HandshakeOffer,
  key: string,
): readonly string[] {
  const { pathname, search, host } = new URL(url);
  const filled = head.map((line) =>
    line.replace("{path}", pathname + search).replace("{host}", host).replace("{key}", key)
  );
  const offered = subprotocols ?? ofUser;
  const isAsked = head === USUAL_REQUEST && offered.length > 0;
  return [
    ...filled,
    ...isAsked ? [`Sec-WebSocket-Protocol: ${offered.join(", ")}`] : [],
    ...deflate === undefined ? [] : [`Sec-WebSocket-Extensions: ${deflate}`],
    ...headers.filter(([name]) => name.toLowerCase() !== "host")
      .map(([name, value]) => `${name}: ${value}`),
  ];
}

/** The key as a request says it, for one that takes it: it may be a wrong one. */
function sentKey(lines: readonly string[]): string {
  const line = lines.find((one) => /^Sec-WebSocket-Key:/i.test(one)) ?? "";
  return line.slice(line.indexOf(":") + 1).trim();
}

const ENDED = "the connection ended amid the handshake";
const LATE = "no answer to the handshake in time";

/**
 * Sends a request and reads the answer; resolves to what came after its head.
 *
 * @param pieceBytes a write; all in one by default
 */
async function exchange(
  request: Uint8Array<ArrayBuffer>,
  reader: HandshakeReader,
  { connection, clock, deadline }: PeerOpening,
  pieceBytes: number = request.length,
): Promise<Uint8Array<ArrayBuffer>> {
  let isLate = false;
  using late = clock.after(deadline - clock.now());
  late.over.then(() => {
    isLate = true;
    connection.close();
  });
  try {
    for (let at = 0; at < request.length; at += pieceBytes) {
      await writeAll(connection, request.subarray(at, at + pieceBytes));
    }
    const target = new Uint8Array(2 ** 16);
    for (;;) {
      const count = await connection.read(target);
      if (count === null) throw new Error(ENDED);
      const end = reader.push(target, 0, count);
      if (end >= 0) return target.slice(end, count);
    }
  } catch (error) {
    throw isLate ? new Error(LATE) : error;
  }
}

async function writeAll(connection: Connection, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
