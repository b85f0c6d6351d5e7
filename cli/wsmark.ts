/** The program: `deno task bench`. It imports only the command line, as `mod.ts` would load the public API, too. */

import { main } from "./main.ts";

Deno.exit(await main(Deno.args));
