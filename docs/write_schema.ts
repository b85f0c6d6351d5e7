/**
 * Writes what is made from the schema of a result: `results.schema.json`, the JSON Schema of `results.json`, next to
 * this file, and the types in `measure/model/types.generated.ts`.
 *
 * Run it after a change of the layout: `deno task schema`
 */

import { parameterSchemas } from "../scenarios/parameters.ts";
import { renderTypes } from "../measure/model/render_types.ts";
import { renderJsonSchema } from "../measure/model/json_schema.ts";

if (import.meta.main) {
  Deno.writeTextFileSync(
    new URL("../measure/model/types.generated.ts", import.meta.url),
    renderTypes(),
  );
  Deno.writeTextFileSync(
    new URL("./results.schema.json", import.meta.url),
    renderJsonSchema(parameterSchemas()),
  );
}
