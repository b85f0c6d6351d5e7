/** Go: wsmark's own servers tell what the package runtime/metrics knows; others have no way in. */

import type { Runtime } from "./runtime.ts";

/** The variable that they read: `servers/go/contract/counters.go`. */
const VARIABLE = "WSMARK_COUNTERS";

/** See above. */
export const go: Runtime = {
  ids: ["go"],
  prepare: (_folder, { port, token }) => ({ [VARIABLE]: `127.0.0.1:${port}/${token}` }),
};
