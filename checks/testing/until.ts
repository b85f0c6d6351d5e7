/** Waiting in tests for what sends no event. */

const SECONDS = 120;
/** Between two looks, in milliseconds. */
const EVERY_MS = 10;

/**
 * Checks a condition again and again until it holds. Only a hang keeps it from coming, and how long it takes depends on
 * the machine: therefore the deadline is far away.
 *
 * @param what names it in the error
 * @throws {Error} if it does not come
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
