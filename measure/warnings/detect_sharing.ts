/** Finds what a reader must know about the generators that shared a trial. */

import { type GeneratorShare, isMeasured, type Sharing } from "../model/result.ts";
import { REACHED_SHARE, SATURATED_SHARE, type Warning } from "./warnings.ts";

/** The smallest share of the window that generators may have in common. */
const OVERLAP_SHARE = 0.99;
/** An agent is late if 1 % of its messages are by so much though it had a CPU, in milliseconds. */
const LATE_MS = 5;
/** A clock may gain or lose so much: quartz is right to 0.01 %, and being set takes at most 0.05 %. */
const DRIFT = 1e-3;

/** @param windowMs how long the windows were to be, in milliseconds */
export function warningsOfSharing(
  { startSpreadMs, overlapMs, generators }: Sharing,
  windowMs: number,
): Warning[] {
  const share = overlapMs / windowMs;
  return [
    ...(share < OVERLAP_SHARE
      ? [{ kind: "generators apart", spreadMs: startSpreadMs, share } as const]
      : []),
    ...generators.flatMap(limitOf),
    ...generators.flatMap(({ agent, clockDrift: drift = 0 }) =>
      agent !== undefined && Math.abs(drift) > DRIFT
        ? [{ kind: "clock drifts", agent, drift } as const]
        : []
    ),
  ];
}

/** What an agent could not do, by its own account: the figures of all together may hide it. */
function limitOf({ agent, offered, sent, ownPacingP99Ms, cpu }: GeneratorShare): Warning[] {
  if (agent === undefined) return [];
  const sentShare = offered === undefined || offered === 0 ? 1 : sent / offered;
  const found = {
    ...(sentShare < REACHED_SHARE && { sentShare }),
    ...(ownPacingP99Ms !== undefined && ownPacingP99Ms > LATE_MS && {
      pacingP99Ms: ownPacingP99Ms,
    }),
    // With a schedule a generator polls the clock all the time.
    ...(offered === undefined && isMeasured(cpu) && cpu > SATURATED_SHARE && { cpuShare: cpu }),
  };
  return Object.keys(found).length === 0 ? [] : [{ kind: "agent at its limit", agent, ...found }];
}
