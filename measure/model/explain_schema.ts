/** What an explaining trial holds, as a schema: one more trial of a case on a server, which is not scored. */

import { z } from "zod";
import { Figure } from "./trial_schema.ts";

const text = z.string();

export const Explanation = z.object({
  server: text.describe("Id of the server."),
  client: text.describe("Id of the client that drove it."),
  scenario: text.describe("Id of the scenario."),
  case: text.describe("Id of the case."),
  startedAt: z.iso.datetime().describe("Start, ISO 8601."),
  failed: text.exactOptional().describe(
    "Why nothing is known, in one line; absent if it completed.",
  ),
  replies: z.int().min(0).describe("Replies in the window."),
  windowMs: z.number().describe("How long the window was open, in milliseconds."),
  counters: z.record(text, Figure).describe(
    "What was counted of the server in the window, by ids of counters; in their units.",
  ),
  profile: text.exactOptional().describe(
    "Name of the file beside the result that has the CPU profile, in speedscope's format; absent if there is none.",
  ),
  noProfile: text.exactOptional().describe(
    "Why there is no profile; absent if there is one.",
  ),
}).describe(
  "One more trial of a case on a server, not scored, in which the server was watched: what tells why.",
);
