/** Errors that nobody can catch: thrown in a callback that a library calls itself, about what a server has sent. */

/** Keeps what nobody catches from ending the process, until the scope of `using` is left; each is reported as a phrase. */
export function catchUncaught(tell: (reason: string) => void): Disposable {
  function heard(event: ErrorEvent | PromiseRejectionEvent): void {
    event.preventDefault();
    tell(phrase("reason" in event ? event.reason : event.error));
  }
  addEventListener("error", heard);
  addEventListener("unhandledrejection", heard);
  return {
    [Symbol.dispose]() {
      removeEventListener("error", heard);
      removeEventListener("unhandledrejection", heard);
    },
  };
}

/** `TypeError: it is not a function`; whatever may be thrown. */
function phrase(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${typeof error}`;
}
