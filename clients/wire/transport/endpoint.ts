/** Where connections go, and what their failures mean. */

/** Where connections go. */
export interface Endpoint {
  /** Address of IPv4 or IPv6, or a host name. */
  readonly hostname: string;
  readonly port: number;
  /** Set if they are encrypted. */
  readonly tls?: EndpointTls;
}

/** Whom an encrypted connection is to reach. */
export interface EndpointTls {
  /** The name or address that the server's certificate must be for; a name is sent to the server, too (SNI). */
  readonly hostname: string;
  /** Certificates that are trusted in addition to the usual ones, as PEM. */
  readonly caCerts?: string[];
}

/** The endpoint that a URL of the scheme `ws:` or `wss:` names; a host name stays one. */
export function endpointAt(url: URL | string): Endpoint {
  const { protocol, hostname, port } = new URL(url);
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    hostname: name,
    port: Number(port || (protocol === "wss:" ? 443 : 80)),
    ...(protocol === "wss:" && { tls: { hostname: name } }),
  };
}

/** Messages of rustls (Deno) and OpenSSL (Node, whose texts Deno's node:tls repeats), and what they mean. */
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

/** What a library's message about a failed TLS connection means, as a phrase; the message itself if unknown. */
export function describeTlsFailure(said: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? said;
}
