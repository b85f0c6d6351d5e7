/** Waiting that can be given up. */

/** A wait; leaving its scope gives it up. */
export interface Wait extends Disposable {
  /** Resolves when the time is over; rejects with the signal's reason when that is aborted before. */
  readonly over: Promise<void>;
}

/** Starts to wait: `using late = after(1000); await Promise.race([answer, late.over]);` */
export function after(ms: number, signal?: AbortSignal): Wait {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Once it is given up, nobody may handle the rejection of an abort.
  promise.catch(() => {});
  const timer = setTimeout(resolve, ms);
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  return {
    over: promise,
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
