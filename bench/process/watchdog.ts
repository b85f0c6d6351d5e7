/**
 * Ends a program with the runner, however that ends: wsmark's own programs end when their stdin closes, but a server
 * that a command starts does not know of that.
 */

import { MARK } from "./descendants.ts";

/**
 * A shell that leaves a watcher behind and then becomes the program, which so keeps its process id. The watcher reads
 * the pipe that was the shell's stdin. When the other end closes, it kills what has left the process group but has the
 * mark of the child in its environment (if there is a /proc to see it), then the group. The watcher is in that group,
 * but orphaned, so that it is nobody's child: the tree of the program, which is measured, does not include it. It
 * ignores the signals that ask the group to end; only SIGKILL, which comes last, ends it.
 */
const SCRIPT = `
exec 3<&0
(
  trap '' HUP INT TERM
  {
    while read -r _; do :; done
    read -r self _ </proc/self/stat
    [ -n "$${MARK}" ] && for file in $(grep -lFs "${MARK}=$${MARK}" /proc/[0-9]*/environ); do
      pid=\${file%/environ}
      pid=\${pid#/proc/}
      [ "$pid" = "$self" ] || kill -KILL "$pid"
    done
    kill -KILL 0
  } <&3 3<&- >/dev/null 2>&1 &
)
exec "$@" 3<&-
`;

/**
 * A command that starts a program which is killed, with all of its process group, when the runner is gone. It must be
 * the first of its group, and its stdin a pipe. Windows has no process groups: there the command stays as it is.
 */
export function watched(command: readonly string[]): string[] {
  return Deno.build.os === "windows" ? [...command] : ["sh", "-c", SCRIPT, "sh", ...command];
}
