/** The connection to a NATS server that carries what coordinator and agents say. */

import type { ConnectionOptions, NatsConnection } from "@nats-io/transport-node";
import { shown } from "../../../measure/text/shown.ts";
import { withoutSecrets } from "../../../measure/text/secrets.ts";
import { reasonOf } from "../../folder/files.ts";
import { readText } from "../../folder/read_text.ts";
import { after } from "../../process/delay.ts";
import { UsageError } from "../../usage.ts";
import { type Access, accessBy, type GivenAccess } from "./access.ts";
import { type Greeting, readGreeting } from "./greeting.ts";
import { CA_OPTION } from "./options.ts";
import { ignoreLateResets } from "./resets.ts";
import { nameOf, readBrokerUrl } from "./url.ts";

/** How long a server that cannot be reached is waited for before it counts as gone, in milliseconds. */
export const GONE_MS = 5000;
/** Between two attempts to reach it again, in milliseconds. */
const AGAIN_MS = 200;
/** How long one attempt may take, in milliseconds. */
const ATTEMPT_MS = 3000;
/** How often the server is asked whether it is there, and how many answers may be missing: a cut is seen in 3 s. */
const PING_MS = 1000;
const MOST_PINGS = 2;
/** How long what was said last may take to leave at the end, in milliseconds. */
const DRAIN_MS = 1000;
/** The largest file of certificates that is read, in bytes. */
const MOST_BYTES = 4_000_000;

/** Where NATS is, and who comes. */
export interface BrokerOptions {
  /** `nats://HOST:PORT`, or `tls://…`; with `TOKEN@` or `USER:PASSWORD@`; may have `{env.NAME}`. */
  readonly url: string;
  /** What lets in, by the options' names; what is not given comes from the environment. */
  readonly access?: GivenAccess | undefined;
  /** File of certificates to trust, as PEM, instead of what `WSMARK_NATS_CA` names. */
  readonly ca?: string | undefined;
  /** Whether a server will do that lets in everybody, and that other machines reach. */
  readonly mayBeOpen?: boolean | undefined;
  /** What the server's own monitoring calls this connection. */
  readonly name?: string | undefined;
}

/** What happens to a connection after it was there. */
export type BrokerNews =
  /** It is broken, and being made again. What is said now waits, and leaves when it is there again. */
  | { readonly kind: "away" }
  /** It has been away for {@linkcode GONE_MS}; it is tried again all the same. */
  | { readonly kind: "gone" }
  /** It is there again; the subscriptions are, too. What others said in between is lost. */
  | { readonly kind: "back" }
  /** The server does not allow something: a subject, most of the time. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It will not come back: the server lets this program in no more. */
  | { readonly kind: "closed"; readonly reason: string };

/** A connection to NATS; disposing sends what waits, and closes it. */
export interface Broker extends AsyncDisposable {
  readonly connection: NatsConnection;
  /** The server as messages name it: without secrets. */
  readonly name: string;
  readonly greeting: Greeting;
}

/**
 * Connects to a NATS server. Once connected it stays so: a broken connection is made again every 200 ms, for as long as
 * it takes, and `tell` hears of it.
 *
 * @throws {UsageError} if that is not possible, in one line without secrets: nobody there, no NATS server, an open one,
 * a wrong token, a certificate that is not trusted
 */
export async function connectBroker(
  { url: text, access: given = {}, ca, mayBeOpen = false, name: called }: BrokerOptions,
  tell: (news: BrokerNews) => void = () => {},
): Promise<Broker> {
  const typed = readBrokerUrl(text);
  const access = accessBy(typed, given);
  const trusted = trustedBy(ca);
  // Whoever names a certificate wants it checked.
  const url = { ...typed, isEncrypted: typed.isEncrypted || trusted !== undefined };
  const name = nameOf(url);
  const greeting = await readGreeting(url);
  if (!greeting.asksWho && greeting.isReachable && !mayBeOpen) {
    throw new UsageError(
      `The NATS at ${name} lets in everybody, and other machines reach it, so that anybody could ` +
        "start load from here: give it a token (deno task nats does), or add --nats-open",
    );
  }
  const { connect, ...keys } = await import("@nats-io/transport-node");
  ignoreLateResets();
  const { hostname, port } = url;
  let connection: NatsConnection;
  try {
    connection = await connect({
      servers: hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`,
      ...shownBy(access, keys),
      ...(url.isEncrypted && { tls: trusted === undefined ? {} : { ca: trusted } }),
      ...(called !== undefined && { name: called }),
      timeout: ATTEMPT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: AGAIN_MS,
      reconnectJitterTLS: AGAIN_MS,
      pingInterval: PING_MS,
      maxPingOut: MOST_PINGS,
      // Only what the user named is connected to.
      ignoreClusterUpdates: true,
    });
  } catch (error) {
    throw problemOf(error as Error, name, access);
  }
  const following = follow(connection, access, tell);
  return {
    connection,
    name,
    greeting,
    async [Symbol.asyncDispose]() {
      await close(connection);
      await following;
    },
  };
}

/** Tells what happens to a connection until it is closed. */
async function follow(
  connection: NatsConnection,
  access: Access,
  tell: (news: BrokerNews) => void,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const status of connection.status()) {
    if (status.type === "disconnect") {
      tell({ kind: "away" });
      clearTimeout(timer);
      timer = setTimeout(() => tell({ kind: "gone" }), GONE_MS);
    } else if (status.type === "reconnect") {
      clearTimeout(timer);
      tell({ kind: "back" });
    } else if (status.type === "error") {
      tell({ kind: "refused", reason: hushed(status.error.message, access) });
    }
  }
  clearTimeout(timer);
  const error = await connection.closed();
  if (error instanceof Error) tell({ kind: "closed", reason: hushed(error.message, access) });
}

/** Closes a connection, once what was said has left. */
async function close(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return;
  using late = after(DRAIN_MS);
  // There is nothing to send to if the server is away.
  await Promise.race([connection.flush().catch(() => {}), late.over]);
  await connection.close();
}

/** The certificates of an option, or of the environment. */
function trustedBy(option: string | undefined): string | undefined {
  const path = option ?? (Deno.env.get(CA_OPTION.variable) || undefined);
  if (path === undefined) return undefined;
  const file = `The file ${path} of ${
    option === undefined ? CA_OPTION.variable : `--${CA_OPTION.name}`
  }`;
  let text: string;
  try {
    text = readText(path, MOST_BYTES);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
  }
  if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) return text;
  throw new UsageError(
    `${file} has no certificate in PEM form: make it with openssl x509 -inform DER -in FILE -out FILE`,
  );
}

/** What the library needs to show. */
function shownBy(
  access: Access,
  { credsAuthenticator, nkeyAuthenticator }: Pick<
    typeof import("@nats-io/transport-node"),
    "credsAuthenticator" | "nkeyAuthenticator"
  >,
): Pick<ConnectionOptions, "token" | "user" | "pass" | "authenticator"> {
  const encoder = new TextEncoder();
  switch (access.by) {
    case "nothing":
      return {};
    case "token":
      return { token: access.token };
    case "password":
      return { user: access.user, pass: access.password };
    case "credentials":
      return { authenticator: credsAuthenticator(encoder.encode(access.text)) };
    case "NKey":
      return { authenticator: nkeyAuthenticator(encoder.encode(access.seed)) };
  }
}

/** What messages call what was shown. */
const WAYS = {
  nothing: "nothing",
  token: "the token",
  password: "the user or the password",
  credentials: "the credentials",
  NKey: "the NKey",
} as const satisfies Readonly<Record<Access["by"], string>>;

/** The library's error in one line with the remedy. */
function problemOf(error: Error, name: string, access: Access): UsageError {
  const { code = "" } = error as { code?: unknown };
  const reason = hushed(error.message, access);
  if (error.name === "AuthorizationError" || error.name === "UserAuthenticationExpiredError") {
    return new UsageError(
      access.by === "nothing"
        ? `The NATS at ${name} asks who comes: give its token in the URL (before the host, with ` +
          "an @), as --nats-token, or as WSMARK_NATS_TOKEN; --help has what else it may ask for"
        : `The NATS at ${name} does not accept ${WAYS[access.by]} (${reason}): correct it`,
    );
  }
  if (/cert|altname|self.signed|issuer/i.test(`${code} ${error.message}`)) {
    return new UsageError(
      `The certificate of the NATS at ${name} is not trusted (${reason}): name the certificate ` +
        "of its CA, or its own, as --nats-ca FILE, and the host as the certificate does",
    );
  }
  return new UsageError(`Cannot connect to ${name}: ${reason}`);
}

/** What the library or the server said, without what was shown. */
function hushed(message: string, access: Access): string {
  const secrets = access.by === "token"
    ? [access.token]
    : access.by === "password"
    ? [access.password]
    : access.by === "NKey"
    ? [access.seed]
    : access.by === "credentials"
    ? access.text.split(/\s+/).filter((word) => word.length > 20)
    : [];
  return shown(withoutSecrets(message, secrets));
}
