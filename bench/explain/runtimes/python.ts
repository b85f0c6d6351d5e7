/** CPython: a module that it loads at its start, unless it is told to ignore the environment. */

import { join } from "node:path";
import { pythonInside } from "./python_inside.ts";
import type { Runtime } from "./runtime.ts";

/** See above. */
export const python: Runtime = {
  ids: ["python"],
  prepare(folder, place) {
    const path = join(folder, "python");
    Deno.mkdirSync(path);
    Deno.writeTextFileSync(join(path, "sitecustomize.py"), pythonInside(place));
    return { PYTHONPATH: path };
  },
};
