/**
 * Amounts of memory in words.
 *
 * @module
 */

/**
 * Writes an amount of memory in mebibytes or kibibytes, whichever is the largest that needs no
 * fraction.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatBytes(32 * 1024), "32 KiB");
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20} MiB`;
  return bytes % 2 ** 10 === 0 ? `${bytes / 2 ** 10} KiB` : `${bytes} bytes`;
}
