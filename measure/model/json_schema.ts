/**
 * The layout of `results.json` for programs in any language: a JSON Schema, made from the schema that wsmark itself
 * reads results with.
 *
 * @module
 */

import { z } from "zod";
import { SCHEMA_VERSION } from "./result.ts";
import { RESULT_PARTS, RESULT_SCHEMA } from "./schema.ts";

/**
 * The JSON Schema (draft 2020-12) of `results.json` as text, two spaces to a level, with a line break at the end. The
 * same version of wsmark gives the same text.
 *
 * Fields that it does not name are allowed: a later version may add some without a new `schemaVersion`.
 */
export function renderJsonSchema(): string {
  const metadata = z.registry<{ id: string }>();
  for (const [id, part] of Object.entries(RESULT_PARTS)) metadata.add(part, { id });
  const { $schema, ...rest } = z.toJSONSchema(RESULT_SCHEMA, {
    io: "input",
    metadata,
    override({ jsonSchema }) {
      // Its name in $defs says the same.
      delete jsonSchema.id;
    },
  });
  const schema = {
    $schema,
    title: "Result of a run of wsmark",
    description:
      `results.json, schemaVersion ${SCHEMA_VERSION}. Times end with Ns (nanoseconds) or Ms (milliseconds), moments ` +
      "are ISO 8601 in UTC, sizes are bytes, shares go from 0 to 1. A figure is a number, or an object whose 'absent' " +
      "gives the reason why there is none. Histograms are in nanoseconds, as HdrHistogram V2, compressed, base64.",
    ...rest,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
