/**
 * What a library for TLS says where a connection fails, in words that tell what is wrong.
 *
 * @module
 */

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
