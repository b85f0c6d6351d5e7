/**
 * The limit of open files, for those who meet it.
 *
 * @module
 */

/** How many files this process may have open; undefined where the system does not tell. */
export function fileLimit(): string | undefined {
  try {
    const limits = Deno.readTextFileSync("/proc/self/limits");
    return /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Adds limit and remedy to a reason that says that too many files are open, each program in its own words.
 *
 * @param limit as {@linkcode fileLimit} told it before: at the limit no file can be read
 */
export function withFileLimit(reason: string, limit: string | undefined): string {
  const known = limit === undefined ? "" : `the limit is ${limit}, `;
  return reason.replace(
    // Deno's WebSocket says no more than that a socket could not be made.
    /(?:connect )?(?:too many open files|EMFILE|tcp open error).*$/is,
    `too many open files: ${known}raise it with ulimit -n`,
  );
}
