/** The option that names reports. */

import { FORMAT_IDS } from "../../report/format.ts";
import type { Option } from "./option.ts";

/** Which reports are written. */
export const reportsOption: Option = {
  name: "reports",
  value: "A,B|all",
  help: `Reports to write: ${FORMAT_IDS.join(", ")} (all)`,
  group: "Results",
};
