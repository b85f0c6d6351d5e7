/**
 * The layout of `results.json` for programs in any language: a JSON Schema, made from the schema that wsmark itself
 * reads results with.
 */

import { z } from "zod";
import { SCHEMA_VERSION } from "./result.ts";
import * as schemas from "./result_schema.ts";

/** What the JSON Schema says of a parameter of a case. */
export type ParameterSchema = {
  /** What it is, as a sentence. */
  readonly description: string;
  /** Type of its value. */
  readonly type: "number" | "string";
  /** The possible words; absent if any will do. */
  readonly enum?: string[];
};

const { Result: result, ...parts } = schemas;
for (const [id, part] of Object.entries(parts)) {
  z.globalRegistry.add(part, { ...z.globalRegistry.get(part), id });
}

function jsonSchemaOf(
  schema: z.ZodType,
  parameters: Readonly<Record<string, ParameterSchema>> = {},
): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override({ jsonSchema, zodSchema }) {
      // It is the part's name in $defs already.
      delete jsonSchema.id;
      if (zodSchema !== schemas.RecordedParameters as unknown) return;
      jsonSchema.properties = { ...jsonSchema.properties, ...parameters };
    },
  });
}

/** The JSON Schemas of all named parts of a result, by name. */
export function namedParts(): Readonly<Record<string, unknown>> {
  const { $defs, properties } = jsonSchemaOf(z.object({ ...parts, Result: result }));
  return { ...$defs, Result: properties!["Result"] };
}

/**
 * The JSON Schema (draft 2020-12) of `results.json` as text, two spaces to a level, with a line break at the end. The
 * same version of wsmark gives the same text.
 *
 * Fields that it does not name are allowed: a later version may add some without a new `schemaVersion`.
 *
 * @param parameters the parameters of cases, by their names
 */
export function renderJsonSchema(
  parameters: Readonly<Record<string, ParameterSchema>> = {},
): string {
  const { $schema, description: _, ...rest } = jsonSchemaOf(result, parameters);
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
