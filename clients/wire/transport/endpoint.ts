/** Where connections go, and what their failures mean. */

/** Where connections go. */
export interface Endpoint {
  /** Address of IPv4 or IPv6, or a host name. */
  readonly hostname: string;
  readonly port: number;
  /** Local addresses that they come from in turn; the system chooses when left out. */
  readonly sources?: readonly string[];
  /** Set if they are encrypted. */
  readonly tls?: EndpointTls;
}

/** How an encrypted connection is made. */
export interface TlsOptions {
  /** Certificates that are trusted, as PEM: in addition to the usual ones, with a client certificate in their place. */
  readonly ca?: string;
  /** Set if one of them is the server's own and a CA's, as most self-signed ones are, which rustls refuses. */
  readonly isCaItself?: true;
  /** The client's certificate, as PEM, with those that lead to its issuer. */
  readonly cert?: string;
  /** The private key of that, as PEM. */
  readonly key?: string;
  /** Set if any certificate is taken. */
  readonly insecure?: true;
  /** The name that the server is asked for, and that its certificate must be for, if not that of the URL. */
  readonly serverName?: string;
}

/** Whom an encrypted connection is to reach. */
export interface EndpointTls extends Omit<TlsOptions, "serverName"> {
  /** The name or address that the server's certificate must be for; a name is sent to the server, too (SNI). */
  readonly hostname: string;
}

/** The endpoint that a URL of the scheme `ws:` or `wss:` names; a host name stays one. */
export function endpointAt(url: URL | string, options: TlsOptions = {}): Endpoint {
  const { protocol, hostname, port } = new URL(url);
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  const { serverName = name, ...rest } = options;
  return {
    hostname: name,
    port: Number(port || (protocol === "wss:" ? 443 : 80)),
    ...(protocol === "wss:" && { tls: { ...rest, hostname: serverName } }),
  };
}

/** Whether connections are made by node:tls, because `Deno.startTls` has no such option. */
export function needsNode({ isCaItself, cert, insecure }: TlsOptions): boolean {
  return isCaItself === true || cert !== undefined || insecure === true;
}

/** What is said of a certificate that rustls takes from an issuer only, whether it is trusted or not. */
export const CA_ITSELF = "the server's certificate is a CA's own, as most self-signed ones are";

/** Messages of rustls (Deno) and OpenSSL (Node, whose texts Deno's node:tls repeats), and what they mean. */
const MEANINGS: readonly (readonly [said: RegExp, meaning: string])[] = [
  [/CaUsedAsEndEntity/, CA_ITSELF],
  [/alert: CertificateRequired/, "the server demands a client certificate"],
  [
    /alert: (UnknownCA|BadCertificate|CertificateUnknown|CertificateExpired|AccessDenied)/,
    "the server demands another client certificate",
  ],
  [/alert: Unrecogni[sz]edName/, "the server has no certificate for this name"],
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
  const meaning = MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? said;
  // rustls says which: `certificate is only valid for DnsName("a") or DnsName("b")`.
  const [, names = ""] = /only valid for (.*)$/.exec(said) ?? [];
  const list = [...names.matchAll(/\("?([^")]+)"?\)/g)].map(([, name]) => name);
  return list.length === 0 ? meaning : `${meaning}, ${list.join(" or ")}`;
}
