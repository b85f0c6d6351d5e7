/** The limit of open files, for those who meet it. */

/** How many files a process may have open; undefined if the system does not say. */
export function fileLimit(pid: number | "self" = "self"): string | undefined {
  try {
    const limits = Deno.readTextFileSync(`/proc/${pid}/limits`);
    return /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Adds limit and remedy to a reason that says that too many files are open, each program in its own words.
 *
 * @param limit what {@linkcode fileLimit} returned before: at the limit no file can be read
 */
export function withFileLimit(reason: string, limit: string | undefined): string {
  const known = limit === undefined ? "" : `the limit is ${limit}, `;
  return reason.replace(
    // Deno's WebSocket says no more than that a socket could not be made.
    /(?:connect )?(?:too many open files|EMFILE|tcp open error).*$/is,
    `too many open files: ${known}raise it with ulimit -n`,
  );
}

/** The most files that a program has open in addition to its connections. */
const OWN_FILES = 64;

/**
 * What a client process lacks for so many connections, as a sentence without its end; undefined if nothing.
 *
 * @param limit what {@linkcode fileLimit} returned for a process of this user
 */
export function clientShortage(limit: string | undefined, connections: number): string | undefined {
  if (limit === undefined || !(Number(limit) < connections + OWN_FILES)) return undefined;
  return `A client may have ${limit} files open, too few for ${connections} connections: raise the limit with ulimit -n`;
}

/**
 * What to add to the reason why a server failed if it may not have enough files open; empty if it may.
 *
 * @param limit what {@linkcode fileLimit} returned for its process
 * @param connections how many the case has
 */
export function shortageOf(limit: string | undefined, connections: number): string {
  if (limit === undefined || !(Number(limit) < connections + OWN_FILES)) return "";
  return `; it may have ${limit} files open, too few for ${connections} connections: raise the ` +
    "limit with ulimit -n before it starts";
}
