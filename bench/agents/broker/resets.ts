/** Resets of sockets that NATS' library has finished with. */

let areIgnored = false;

/**
 * Keeps resets that nobody hears of from ending the program. The library takes its listeners off a socket and then
 * destroys it; when the other side resets it at that moment, the error has no listener, though the connection was over.
 */
export function ignoreLateResets(): void {
  if (areIgnored) return;
  areIgnored = true;
  addEventListener("error", (event) => {
    if (isReset(event.error)) event.preventDefault();
  });
}

function isReset(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET" &&
    "syscall" in error && error.syscall === "read";
}
