/**
 * Where connections go.
 *
 * @module
 */

/** Where connections go. */
export interface Endpoint {
  /** Address of IPv4 or IPv6, or a host name. */
  readonly hostname: string;
  /** The port. */
  readonly port: number;
  /** Set where they are encrypted. */
  readonly tls?: EndpointTls;
}

/** Whom an encrypted connection is to reach. */
export interface EndpointTls {
  /** The name or address that the server's certificate must be for; a name is told the server, too (SNI). */
  readonly hostname: string;
  /** Certificates that are trusted beside the usual ones, as PEM. */
  readonly caCerts?: string[];
}

/** Ports of URLs that name none. */
const PORTS: Readonly<Record<string, number>> = { "ws:": 80, "wss:": 443 };

/** The endpoint that a URL of the scheme `ws:` or `wss:` names; a host name stays one. */
export function endpointAt(url: URL | string): Endpoint {
  const { protocol, hostname, port } = new URL(url);
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    hostname: name,
    port: Number(port || PORTS[protocol]),
    ...(protocol === "wss:" && { tls: { hostname: name } }),
  };
}
