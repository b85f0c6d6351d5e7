/** What tells one state of the suite from another: results of one are not those of another. */

import { sha1 } from "../clients/wire/handshake/sha1.ts";
import type { Case } from "./types.ts";

/** Twelve hexadecimal digits of a hash of the cases. */
export function suiteId(cases: readonly Case[]): string {
  const text = JSON.stringify(
    cases,
    (_, value) => typeof value === "bigint" ? `${value}n` : value,
  );
  return sha1(text).toHex().slice(0, 12);
}
