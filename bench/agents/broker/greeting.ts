/**
 * What a NATS server says of itself when somebody connects, before anything is shown to it: so no secret reaches what is
 * no NATS server, or one that would not encrypt it although it should.
 */

import { z } from "zod";
import { shown } from "../../../measure/text/shown.ts";
import { reasonOf } from "../../folder/files.ts";
import { UsageError } from "../../usage.ts";
import { LOOPBACK } from "../ranges.ts";
import { type BrokerUrl, nameOf } from "./url.ts";

/** How long a server may take to accept a connection and to greet, in milliseconds. */
const PATIENCE_MS = 5000;
/** The longest greeting that is read, in bytes: one of a cluster of 100 servers has some 3,000. */
const MOST_BYTES = 65_536;
/** Headers, and the answer that nobody listens to a subject, came with it. */
const OLDEST = "2.2.0";

const infoSchema = z.object({
  version: z.string().max(100),
  host: z.string().max(1000).default(""),
  headers: z.boolean().default(false),
  max_payload: z.int().positive(),
  auth_required: z.boolean().default(false),
  tls_required: z.boolean().default(false),
  tls_available: z.boolean().default(false),
  tls_verify: z.boolean().default(false),
});

/** What a server says of itself. */
export interface Greeting {
  readonly version: string;
  /** The largest message that it carries, in bytes. */
  readonly maxPayload: number;
  /** Whether it asks who comes. */
  readonly asksWho: boolean;
  /** Whether it can be reached from other machines: by its address, or by what it says that it listens on. */
  readonly isReachable: boolean;
  /** Whether the connection is encrypted: the library does so wherever the server can. */
  readonly isEncrypted: boolean;
}

/**
 * Connects, reads the greeting, and checks that the server will do.
 *
 * @throws {UsageError} if nobody is there, it is no NATS server, too old, or cannot encrypt
 */
export async function readGreeting(
  url: BrokerUrl,
  patienceMs: number = PATIENCE_MS,
): Promise<Greeting> {
  const name = nameOf(url);
  const signal = AbortSignal.timeout(patienceMs);
  using connection = await connect(url, name, signal, patienceMs);
  // A read cannot be aborted.
  const close = (): void => connection.close();
  signal.addEventListener("abort", close);
  let line: string;
  try {
    line = await firstLine(connection);
  } catch (error) {
    throw new UsageError(
      signal.aborted
        ? `${name} says nothing within ${patienceMs / 1000} s, and a NATS server greets at once: ` +
          "correct the address, or let it greet before the encryption begins"
        : `${name} broke the connection (${reasonOf(error)}): is it a NATS server?`,
    );
  } finally {
    signal.removeEventListener("abort", close);
  }
  return checked(line, url, connection.remoteAddr.hostname);
}

async function connect(
  { hostname, port }: BrokerUrl,
  name: string,
  signal: AbortSignal,
  patienceMs: number,
): Promise<Deno.TcpConn> {
  try {
    return await Deno.connect({ hostname, port, signal });
  } catch (error) {
    if (signal.aborted || error instanceof Deno.errors.TimedOut) {
      throw new UsageError(
        `${name} does not answer within ${patienceMs / 1000} s: correct the address, or open the ` +
          "port in the firewalls between here and there",
      );
    }
    if (error instanceof Deno.errors.ConnectionRefused) {
      throw new UsageError(
        `Nobody listens at ${name}: start NATS there (deno task nats), or correct the address`,
      );
    }
    const reason = reasonOf(error);
    throw new UsageError(
      /lookup address/.test(reason)
        ? `There is no host "${hostname}" (${reason}): correct the URL of NATS`
        : `Cannot connect to ${name}: ${reason}`,
    );
  }
}

/** The first line that a server sends, or all that it sent before it closed the connection. */
async function firstLine(connection: Deno.TcpConn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  let text = "";
  let bytes = 0;
  for (let count; bytes < MOST_BYTES && (count = await connection.read(buffer)) !== null;) {
    bytes += count;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  return text;
}

/** @param address of the server, as the connection has it */
function checked(line: string, url: BrokerUrl, address: string): Greeting {
  const name = nameOf(url);
  const info = infoIn(line);
  if (info === undefined) {
    const said = line.trim() === ""
      ? "it closed the connection"
      : `it says "${shown(line.trim(), 80)}"`;
    throw new UsageError(`${name} is no NATS server, as ${said}: correct the address`);
  }
  const { version } = info;
  if (isOlder(version, OLDEST) || !info.headers) {
    throw new UsageError(
      `The NATS at ${name} is too old or has no headers: give it nats-server ${OLDEST} or later, ` +
        `received ${shown(version, 40)}`,
    );
  }
  if (url.isEncrypted && !info.tls_required && !info.tls_available) {
    throw new UsageError(
      `The NATS at ${name} cannot encrypt, as it has no certificate: give it one, or do without ` +
        "encryption (nats:// and no certificates to trust)",
    );
  }
  if (info.tls_verify) {
    throw new UsageError(
      `The NATS at ${name} asks for a client certificate, and wsmark has none: have it ask for a ` +
        "token, a password, credentials or an NKey",
    );
  }
  return {
    version,
    maxPayload: info.max_payload,
    asksWho: info.auth_required,
    isReachable: !LOOPBACK.has(address) ||
      !(info.host === "localhost" || LOOPBACK.has(info.host)),
    isEncrypted: info.tls_required || info.tls_available,
  };
}

/** What the line of a greeting holds (https://docs.nats.io/reference/reference-protocols/nats-protocol#info). */
function infoIn(line: string): z.infer<typeof infoSchema> | undefined {
  const [, json] = /^INFO\s+(\{.*\})\s*$/is.exec(line) ?? [];
  if (json === undefined) return undefined;
  try {
    return infoSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** Whether a version of the form 1.2.3 is before another one. */
function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(/[.-]/, 3).map(Number));
  const at = one!.findIndex((part, index) => part !== other![index]);
  return at >= 0 && !(one![at]! > other![at]!);
}
