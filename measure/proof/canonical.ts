/** The same value as the same text, whatever the order of its keys: RFC 8785, JSON Canonicalization Scheme. */

/**
 * A plain value as canonical JSON: without spaces, keys in the order of their UTF-16 code units, numbers as ECMAScript
 * writes them (which RFC 8785 prescribes). Members that are undefined are left out, as JSON.stringify() does.
 *
 * @throws {TypeError} for a number that is not finite, which JSON cannot hold
 */
export function canonical(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`Cannot write ${value} as JSON: numbers must be finite`);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

/** SHA-256 of a value's canonical JSON, as 64 hexadecimal digits. */
export async function digestOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(value));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
