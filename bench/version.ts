/** Version of wsmark, as deno.json has it. */

import config from "../deno.json" with { type: "json" };

/** Version of wsmark. */
export const VERSION: string = config.version;
