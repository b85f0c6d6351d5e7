/** Waiting in tests for what cannot be told of. */

const SECONDS = 120;
/** Between two looks, in milliseconds. */
const EVERY_MS = 10;

/**
 * Looks again and again until a condition holds. It cannot fail to come unless something hangs: how long it takes is the
 * machine's affair, so that the deadline is far away.
 *
 * @param what names it in the error
 * @param condition whether it is there
 * @throws {Error} where it does not come
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const endMs = performance.now() + SECONDS * 1000;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`Waited ${SECONDS} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
