/** What the kernel counts of TCP. */

import type { Counter } from "./counter.ts";

const perMessage = { group: "TCP", unit: "per message", per: "message" } as const;

/** What tells whether replies wait for something. */
export const TCP = [
  { id: "acks.delayed", title: "Delayed acknowledgements", ...perMessage },
] as const satisfies readonly Counter[];
