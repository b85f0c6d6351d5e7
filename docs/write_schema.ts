/**
 * Writes `results.schema.json`, the JSON Schema of `results.json`, beside this file.
 *
 * Run it after a change of the layout: `deno run --allow-read --allow-write=docs docs/write_schema.ts`
 *
 * @module
 */

import { renderJsonSchema } from "../measure/model/json_schema.ts";

if (import.meta.main) {
  Deno.writeTextFileSync(new URL("./results.schema.json", import.meta.url), renderJsonSchema());
}
