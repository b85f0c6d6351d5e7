/**
 * Loaded before an agent: its clock is off by the milliseconds of `WSMARK_CHECK_OFFSET`, and goes faster by the share of
 * `WSMARK_CHECK_DRIFT`. Timers and the clock of the machine stay as they are.
 */

const [offsetMs, drift] = ["OFFSET", "DRIFT"].map((name) =>
  Number(Deno.env.get(`WSMARK_CHECK_${name}`) ?? 0)
) as [number, number];

const { timeOrigin } = performance;
const now = performance.now.bind(performance);
const date = Date.now;

Object.defineProperty(performance, "timeOrigin", { value: timeOrigin + offsetMs });
Object.defineProperty(performance, "now", { value: () => now() * (1 + drift) });
Date.now = () => date() + offsetMs;
