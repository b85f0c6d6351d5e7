/** The user and the password of a URL, as the field `Authorization` of a handshake. */

/** The value of the field (RFC 7617, in UTF-8) for a URL, which has both percent-encoded; undefined if it has none. */
export function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return `Basic ${bytes.toBase64()}`;
}

/** A URL without its user and password, which are in the field. */
export function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain;
}

/** What a percent-encoded text means; a `%` that begins no code stays as it is. */
export function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
