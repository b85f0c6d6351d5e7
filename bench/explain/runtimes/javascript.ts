/** Deno, Node and Bun: a module that they load before the server, also where an npm script or a task starts it. */

import { join } from "node:path";
import { countInside } from "./javascript_inside.ts";
import type { Runtime } from "./runtime.ts";

/** Deno reads `NODE_OPTIONS`, too: `deno run` and `deno task` load what it requires, `deno serve` does not. */
export const javascript: Runtime = {
  ids: ["deno", "node", "bun"],
  prepare(folder, place) {
    const file = join(folder, "count.cjs");
    const modules = `{ net: require("node:net"), v8: require("node:v8") }`;
    Deno.writeTextFileSync(file, `(${countInside})(${modules}, ${JSON.stringify(place)});\n`);
    return {
      NODE_OPTIONS: `--require ${JSON.stringify(file)}`,
      // Bun divides it at each space, whether or not there are quotes.
      ...(!file.includes(" ") && { BUN_OPTIONS: `--preload ${file}` }),
    };
  },
};
