/** The list of groups: a new one is a file and a line here. */

import type { Case, Group } from "../types.ts";
import { answers } from "./answers.ts";
import { closeCodes } from "./close_codes.ts";
import { closing } from "./closing.ts";
import { deflate } from "./deflate/mod.ts";
import { deflateOffers } from "./deflate_offers.ts";
import { delivery } from "./delivery.ts";
import { fragmentation } from "./fragmentation.ts";
import { framing } from "./framing.ts";
import { limits } from "./limits.ts";
import { masking } from "./masking.ts";
import { negotiation } from "./negotiation.ts";
import { pings } from "./pings.ts";
import { requests } from "./requests.ts";
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
  requests,
  negotiation,
  deflateOffers,
  deflate,
  answers,
];

/** All cases, in the order of the groups. */
export const allCases: readonly Case[] = groups.flatMap(({ cases }) => cases);
