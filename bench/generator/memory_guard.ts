/** Keeps a server that sends without end from filling the memory of a client library that takes it all. */

/** How much more than at first a process may use, in bytes, and for each connection: five times what one takes. */
const MOST = 2 ** 30;
const MOST_OF_ONE = 2 ** 18;
/** How often it looks, in milliseconds: that takes some µs. */
const EVERY_MS = 250;

/**
 * Watches the memory of this process until the scope of `using` is left.
 *
 * @param connections how many connections it will have
 * @param exceeded called once with how much more than at first is used, in bytes
 * @param most how much more than at first may be used, in bytes
 * @param used what is used, in bytes
 */
export function guardMemory(
  connections: number,
  exceeded: (bytes: number) => void,
  {
    most = MOST + connections * MOST_OF_ONE,
    everyMs = EVERY_MS,
    used = (): number => Deno.memoryUsage().rss,
  } = {},
): Disposable {
  const first = used();
  const timer = setInterval(() => {
    const more = used() - first;
    if (more <= most) return;
    clearInterval(timer);
    exceeded(more);
  }, everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
