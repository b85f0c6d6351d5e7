/** Where connections go, and what it means where they fail. */

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

/** What rustls (of Deno) and OpenSSL (of Node, whose texts Deno's node:tls repeats) say, by what it means. */
const MEANINGS: readonly (readonly [said: RegExp, meaning: string])[] = [
  [
    /UnknownIssuer|BadSignature|self.signed certificate|unable to (verify|get)\b.*certificate|UNABLE_TO_/i,
    "the server's certificate is not trusted",
  ],
  [/\bexpired\b/i, "the server's certificate has expired"],
  [/not valid yet|NotValidYet/i, "the server's certificate is not valid yet"],
  [
    /not valid for name|NotValidForName|does not match certificate|ALTNAME/i,
    "the server's certificate is for another name",
  ],
  [
    /InvalidContentType|wrong version number|packet length too long/i,
    "the server does not speak TLS",
  ],
  [/without sending TLS close_notify/, "end of the stream"],
];

/**
 * Says what a failure of a TLS connection means.
 *
 * @param said the library's message
 * @returns a phrase; the message itself where nothing is known of it
 */
export function describeTlsFailure(said: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? said;
}
