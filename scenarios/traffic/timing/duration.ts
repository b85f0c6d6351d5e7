/** Durations as people write them: `1s`, `500ms`, `1m30s`. */

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};
const PART = /(\d+(?:\.\d+)?)(ms|s|min|m|h)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|min|m|h))+$/;

/**
 * Reads a duration, with its unit or units one after the other.
 *
 * @returns milliseconds; undefined for anything else
 */
export function readDuration(text: string): number | undefined {
  const plain = text.replaceAll(/\s+/g, "");
  if (!WHOLE.test(plain)) return undefined;
  return [...plain.matchAll(PART)].reduce(
    (sum, [, digits, unit]) => sum + Number(digits) * UNITS[unit!]!,
    0,
  );
}

/** A duration in the largest unit that leaves no fraction, or in seconds: `2 min`, `1.5 s`, `20 ms`. */
export function durationInWords(ms: number): string {
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms >= 1000 || ms === 0 ? `${ms / 1000} s` : `${ms} ms`;
}
