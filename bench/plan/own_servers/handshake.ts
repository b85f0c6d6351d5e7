/** How connections to a server of the user's own are opened: read from what a run is asked to do. */

import { resolve } from "node:path";
import type { HeaderField } from "../../../clients/wire/handshake/request.ts";
import { hasPlaceholder, ON_REQUESTS } from "../../../clients/wire/handshake/placeholders.ts";
import { placeholderProblem } from "../../../measure/text/placeholders.ts";
import { maskedField } from "../../../measure/text/secrets.ts";
import { shown } from "../../../measure/text/shown.ts";
import type { HandshakeOptions } from "../../../servers/types.ts";
import type { ForeignServer, ForeignTls } from "../run_options.ts";
import { UsageError } from "../../usage.ts";

/** A token of RFC 9110 §5.6.2: the name of a field, and of a subprotocol. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII, and spaces and tabs within. */
const VALUE = /^[!-~](?:[\t -~]*[!-~])?$/;
/** Fields that make a handshake what it is. */
const OWN: readonly string[] = [
  "connection",
  "upgrade",
  "content-length",
  "transfer-encoding",
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
];
/** The longest time that a server can be given, in milliseconds. */
const LONGEST_MS = 3_600_000;

/**
 * Reads how connections to a server are opened; undefined if nothing is said of it.
 *
 * @throws {UsageError} for what no handshake can have
 */
export function handshakeOf(server: ForeignServer): HandshakeOptions | undefined {
  const { name, subprotocols, follow, tls, startTimeoutMs, replyTimeoutMs } = server;
  const options: HandshakeOptions = {
    ...(server.headers !== undefined && sealedHeaders(headersOf(server))),
    ...(subprotocols !== undefined && { subprotocols: checkedSubprotocols(name, subprotocols) }),
    ...(follow === true && { follow }),
    ...(tls !== undefined && { tls: tlsOf(server, tls) }),
    ...(startTimeoutMs !== undefined && {
      startTimeoutMs: time(`time to start of ${name}`, startTimeoutMs),
    }),
    ...(replyTimeoutMs !== undefined && {
      replyTimeoutMs: time(`time to reply of ${name}`, replyTimeoutMs),
    }),
  };
  if (follow === true && hasPlaceholder(`${server.url ?? ""}${server.path ?? ""}`)) {
    throw new UsageError(
      `Redirects of ${name} cannot be followed, as its URL is another one for each connection: leave --follow out, or ` +
        "{connection}, {group} and {random}",
    );
  }
  return Object.keys(options).length === 0 ? undefined : options;
}

/** The same as a configuration says it, secrets masked. */
export function sayHandshake(
  { headers, whole: _, tls, ...rest }: HandshakeOptions,
): Partial<ForeignServer> {
  const names = Map.groupBy(headers ?? [], ([name]) => name);
  return {
    ...rest,
    ...(headers !== undefined && {
      headers: Object.fromEntries(
        [...names].map(([name, fields]) => [name, fields.map(([, value]) => value)]),
      ),
    }),
    ...(tls !== undefined && { tls }),
  };
}

function headersOf({ name, url, headers = {} }: ForeignServer): HeaderField[] {
  const fields = Object.entries(headers).flatMap(([field, values]) =>
    [values].flat().map((value): HeaderField => [field, value])
  );
  for (const [field, value] of fields) checkField(name, field, value);
  if (url !== undefined && /^\w+:\/\/[^/?#]*@/.test(url) && has(fields, "authorization")) {
    throw new UsageError(
      `${name} has a user in its URL and the header Authorization, of which only one is sent: give one of them`,
    );
  }
  return fields;
}

/** Whether there is a field with a name, which is given in lower case. */
export function has(fields: readonly HeaderField[], wanted: string): boolean {
  return fields.some(([name]) => name.toLowerCase() === wanted);
}

/** Its value may be a secret, and is not shown. */
function checkField(server: string, field: string, value: string): void {
  if (!TOKEN.test(field)) {
    throw new UsageError(
      `The header of ${server} must have a name of letters, digits and "-": received "${
        shown(field, 100)
      }"`,
    );
  }
  const lower = field.toLowerCase();
  if (lower === "sec-websocket-protocol") {
    throw new UsageError(`Subprotocols of ${server} are not a header: name them by --subprotocol`);
  }
  if (OWN.includes(lower)) {
    throw new UsageError(`The header ${field} of ${server} is the handshake's own: leave it out`);
  }
  checkPlaceholders(`The header ${field} of ${server}`, value, maskedField(field, value));
  if (VALUE.test(value)) return;
  throw new UsageError(
    `The value of the header ${field} of ${server} must be visible ASCII: percent-encode what is not`,
  );
}

/**
 * Refuses a placeholder in a URL or a header that stands for nothing.
 *
 * @param masked the text without its secrets, which may look like one
 */
export function checkPlaceholders(what: string, text: string, masked: string): void {
  const problem = placeholderProblem(text, ON_REQUESTS, (found) => masked.includes(found));
  if (problem !== undefined) throw new UsageError(`${what} ${problem}`);
}

function sealedHeaders(
  whole: readonly HeaderField[],
): Pick<HandshakeOptions, "headers" | "whole"> {
  const headers = whole.map(([name, value]): HeaderField => [name, maskedField(name, value)]);
  const isSame = headers.every(([, value], at) => value === whole[at]![1]);
  return { headers, ...(!isSame && { whole: () => whole }) };
}

function checkedSubprotocols(server: string, subprotocols: readonly string[]): readonly string[] {
  const wrong = subprotocols.find((one) => !TOKEN.test(one));
  const twice = subprotocols.find((one, index) => subprotocols.indexOf(one) < index);
  if (subprotocols.length > 0 && wrong === undefined && twice === undefined) return subprotocols;
  throw new UsageError(
    `The subprotocols of ${server} must be different names without spaces, such as mqtt: received ${
      JSON.stringify(shown(subprotocols.join(","), 100))
    }`,
  );
}

function tlsOf(
  { name, url, follow }: ForeignServer,
  tls: ForeignTls,
): NonNullable<HandshakeOptions["tls"]> {
  const { ca, cert, key, insecure, serverName } = tls;
  if (url !== undefined && !/^(?:wss|https):/i.test(url) && follow !== true) {
    throw new UsageError(
      `${name} has options of TLS, and its URL begins with ws:; give it as wss:, or leave them out`,
    );
  }
  if ((cert === undefined) !== (key === undefined)) {
    const [there, missing] = cert === undefined ? ["key", "cert"] : ["cert", "key"];
    throw new UsageError(
      `The client certificate of ${name} needs both files: received --${there} without --${missing}`,
    );
  }
  if (insecure === true && (ca !== undefined || serverName !== undefined)) {
    throw new UsageError(
      `${name} takes any certificate (--insecure), and has one to check it by: leave --insecure out, or --ca and ` +
        "--server-name",
    );
  }
  if (serverName !== undefined && !/^[\w.:-]{1,253}$/.test(serverName)) {
    throw new UsageError(
      `The server name of ${name} must be as app.example: received "${shown(serverName, 100)}"`,
    );
  }
  return {
    ...(ca !== undefined && { ca: resolve(ca) }),
    ...(cert !== undefined && key !== undefined && { cert: resolve(cert), key: resolve(key) }),
    ...(insecure === true && { insecure }),
    ...(serverName !== undefined && { serverName }),
  };
}

function time(what: string, ms: number): number {
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new UsageError(
    `The ${what} must be above 0 and at most ${LONGEST_MS / 1000} s: received ${ms / 1000} s`,
  );
}
