/** The list of groups: a new one is a file and a line here. */

import type { Case, Group } from "../types.ts";
import { closeCodes } from "./close_codes.ts";
import { closing } from "./closing.ts";
import { delivery } from "./delivery.ts";
import { fragmentation } from "./fragmentation.ts";
import { framing } from "./framing.ts";
import { limits } from "./limits.ts";
import { masking } from "./masking.ts";
import { pings } from "./pings.ts";
import { reserved } from "./reserved.ts";
import { utf8 } from "./utf8.ts";

/** All groups, in the order of their numbers. */
export const groups: readonly Group[] = [
  framing,
  reserved,
  masking,
  fragmentation,
  pings,
  utf8,
  closing,
  closeCodes,
  limits,
  delivery,
];

/** All cases, in the order of the groups. */
export const allCases: readonly Case[] = groups.flatMap(({ cases }) => cases);
