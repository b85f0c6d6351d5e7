/** The limit of open files, for those who meet it. */

/**
 * How many files a process may have open; undefined where the system does not tell.
 *
 * @param pid the process; this one when left out
 */
export function fileLimit(pid?: number): string | undefined {
  try {
    const limits = Deno.readTextFileSync(`/proc/${pid ?? "self"}/limits`);
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

/** Files that a program has open beside its connections, at the most. */
const OWN_FILES = 64;

/**
 * What to know of a server that failed and may have fewer files open than it takes, to follow the reason; empty where
 * it may have enough.
 *
 * @param limit as {@linkcode fileLimit} told it of its process
 * @param connections how many the case has
 */
export function shortageOf(limit: string | undefined, connections: number): string {
  if (limit === undefined || !(Number(limit) < connections + OWN_FILES)) return "";
  return `; it may have ${limit} files open, too few for ${connections} connections: raise the ` +
    "limit with ulimit -n before it starts";
}
