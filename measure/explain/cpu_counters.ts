/** Whose code the CPU time of a server went to. */

import type { Counter } from "./counter.ts";

const share = { group: "CPU profile", unit: "% of the CPU time", per: "share" } as const;

/** Shares of the profile; in per cent, together 100. */
export const CPU = [
  { id: "cpu.kernel", title: "In the kernel", ...share },
  { id: "cpu.runtime", title: "In the runtime and its standard library", ...share },
  { id: "cpu.library", title: "In libraries", ...share },
  { id: "cpu.user", title: "In the server's own code", ...share },
] as const satisfies readonly Counter[];
