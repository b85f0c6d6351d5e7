/** A session in one line. */

import { isMeasured } from "../../measure/model/result.ts";
import { sessionFigures } from "../../measure/model/session_figures.ts";
import type { Session } from "../../measure/model/session.ts";

/** `sent 3, received 2, 1 without a reply, median latency 0.213 ms`. */
export function summaryOf(session: Session): string {
  const { sent, received, fates, latencyMs: { median } } = sessionFigures(session);
  return [
    `sent ${sent}`,
    `received ${received}`,
    ...(fates.unasked > 0 ? [`${fates.unasked} unasked`] : []),
    ...(fates["no reply"] > 0 ? [`${fates["no reply"]} without a reply`] : []),
    ...(fates.lost > 0 ? [`${fates.lost} lost with the connection`] : []),
    ...(fates["not sent"] > 0 ? [`${fates["not sent"]} not sent`] : []),
    ...(isMeasured(median) ? [`median latency ${median.toFixed(3)} ms`] : []),
  ].join(", ");
}
