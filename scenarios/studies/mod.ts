/** The list of studies: a new one is a file and a line here. */

import { browserBurst } from "./browser_burst.ts";
import { denoField } from "./deno_field.ts";
import { everything } from "./everything.ts";
import { fastapiTornado } from "./fastapi_tornado.ts";
import { field } from "./field.ts";
import { tornadoWebsockets } from "./tornado_websockets.ts";
import type { StudyEntry } from "./types.ts";
import { websocketsAiohttp } from "./websockets_aiohttp.ts";
import { websocketsFlaskSocketio } from "./websockets_flask_socketio.ts";

export type { StudyEntry, StudyRun } from "./types.ts";

/** The published comparisons that wsmark can repeat, then the runs of whole groups of servers. */
export const studies: readonly StudyEntry[] = [
  tornadoWebsockets,
  fastapiTornado,
  websocketsFlaskSocketio,
  websocketsAiohttp,
  browserBurst,
  denoField,
  field,
  everything,
];
