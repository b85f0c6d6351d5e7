/** What the system did not take yet. */

/** Bytes that wait, and after them those of a range. */
export function joined(
  pending: Uint8Array,
  buffer: Uint8Array,
  start: number,
  end: number,
): Uint8Array {
  const whole = new Uint8Array(pending.length + end - start);
  whole.set(pending);
  whole.set(buffer.subarray(start, end), pending.length);
  return whole;
}
