/** What Deno lets the program do. */

import { UsageError } from "../bench/usage.ts";

const ALL = ["read", "write", "net", "env", "run", "sys", "ffi"] as const;

/**
 * Checks that all permissions are granted, before anything is started: a trial needs most of them, and Deno shows
 * `/proc` only to a program that has all.
 *
 * @throws {UsageError} that names what is missing
 */
export function requirePermissions(): void {
  const missing = ALL.filter((name) => {
    const { state, partial } = Deno.permissions.querySync({ name });
    return state !== "granted" || partial;
  });
  if (missing.length === 0) return;
  throw new UsageError(
    `Trials need all of Deno's permissions, and not all are granted for ${missing.join(", ")}: ` +
      "start wsmark with --allow-all alone",
  );
}
