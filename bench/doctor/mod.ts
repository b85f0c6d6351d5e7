/** What this machine can and cannot measure, and how it is mended. */

import { describeMachine } from "../machine/machine.ts";
import { thisSystem } from "../machine/system.ts";
import type { Finding } from "./finding.ts";
import { machineFindings } from "./machine.ts";
import { networkFindings } from "./network.ts";
import { programFindings } from "./programs.ts";
import { quietFindings, watch } from "./quiet.ts";

export { type Finding, isFit } from "./finding.ts";

/** Looks at all of it, for some seconds. */
export function examine(): Finding[] {
  // Before others are started that would be taken for other programs.
  const watched = watch();
  return [
    ...machineFindings(thisSystem, describeMachine(thisSystem)),
    ...quietFindings(watched, navigator.hardwareConcurrency),
    ...networkFindings(thisSystem),
    ...programFindings(),
  ];
}
