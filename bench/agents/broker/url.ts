/** The URL of a NATS server. */

import { UsageError } from "../../usage.ts";
import { NATS_PORT } from "./options.ts";
import { withEnvironment } from "../../plan/own_servers/environment.ts";

/** Where a NATS server is, and what its URL says of who comes. */
export interface BrokerUrl {
  /** Name or address; an IPv6 address has no brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Whether the connection must be encrypted: `tls://`. */
  readonly isEncrypted: boolean;
  /** `nats://TOKEN@…` */
  readonly token?: string;
  /** `nats://USER:PASSWORD@…` */
  readonly user?: string;
  readonly password?: string;
}

/**
 * Reads the URL of a NATS server: `nats://HOST:PORT`, or `tls://HOST:PORT` for a connection that must be encrypted, each
 * with `TOKEN@` or `USER:PASSWORD@` before the host. `{env.NAME}` is what the environment says.
 *
 * @throws {UsageError} for any other; it has nothing of what is before the `@`
 */
export function readBrokerUrl(text: string): BrokerUrl {
  const wrong = (remedy: string): UsageError =>
    new UsageError(`The URL of NATS ${remedy}: received "${withoutUser(text)}"`);
  const filled = withEnvironment(text, "The URL of NATS", encodeURIComponent);
  const url = URL.parse(filled);
  if (url === null || url.hostname === "" || !/^(?:nats|tls):$/.test(url.protocol)) {
    throw wrong(
      filled.includes(",")
        ? "must be a single one, as nats://HOST:4222; a name may have several addresses"
        : "must be as nats://HOST:4222, or tls://HOST:4222 to encrypt",
    );
  }
  if (!/^\/?$/.test(url.pathname) || url.search !== "" || url.hash !== "") {
    throw wrong('must end with the port; write a "/", "?" or "#" in a token as %2F, %3F, %23');
  }
  if (url.port === "0") throw wrong("must have a port from 1 to 65535");
  const [user, password] = [url.username, url.password].map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw wrong('must have a "%" in a token or a password as %25');
    }
  }) as [string, string];
  if (user === "" && password !== "") throw wrong("must have a user before the password");
  return {
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? NATS_PORT : Number(url.port),
    isEncrypted: url.protocol === "tls:",
    ...(password !== "" ? { user, password } : user !== "" && { token: user }),
  };
}

/** A text that may be a URL, without all that may be meant as its token, user or password. */
function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, "$1***@");
}

/** A server as messages name it: `nats://host:4222`. */
export function nameOf({ hostname, port, isEncrypted }: BrokerUrl): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${isEncrypted ? "tls" : "nats"}://${host}:${port}`;
}
