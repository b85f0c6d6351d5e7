/**
 * The types of a result as TypeScript, made from its schema. The compiler could infer them, but then neither an editor
 * nor the documentation would say what a field is, and a package must not export inferred types.
 */

import { namedParts } from "./json_schema.ts";

/** The part of a JSON Schema that is made into types. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
}

const HEAD = `// deno-fmt-ignore-file
/**
 * The types of a result, made from its schema by \`deno task schema\`, not by hand.
 *
 * @module
 */
`;

/** The module with the types of all named parts of a result, sorted by name. */
export function renderTypes(): string {
  const parts = Object.entries(namedParts() as Readonly<Record<string, Schema>>)
    .toSorted(([a], [b]) => a < b ? -1 : 1);
  return HEAD +
    parts.map(([name, schema]) =>
      isShape(schema)
        ? `\n${comment(schema, "")}export interface ${name} ${typeOf(schema, "")}\n`
        : `\n${comment(schema, "")}export type ${name} = ${typeOf(schema, "")};\n`
    ).join("");
}

function isShape({ properties, oneOf }: Schema): boolean {
  return properties !== undefined && oneOf === undefined;
}

function comment({ description }: Schema, indent: string): string {
  return description === undefined ? "" : `${indent}/** ${description} */\n`;
}

function typeOf(schema: Schema, indent: string): string {
  const { $ref, type, items } = schema;
  if ($ref !== undefined) return $ref.replace("#/$defs/", "");
  // Readers of a result compare its version: the type must not say that there is only one.
  if (typeof schema.const === "number") return "number";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return either.map((one) => typeOf(one, indent)).join(" | ");
  if (items !== undefined) return `readonly ${within(typeOf(items, indent))}[]`;
  if (type === "object") return shapeOf(schema, indent);
  return [type].flat().map((one) => one === "integer" ? "number" : one).join(" | ");
}

/** The type of the items of a list, in brackets if it needs them. */
function within(type: string): string {
  return /^readonly | \| /.test(type) && !type.startsWith("{") ? `(${type})` : type;
}

function shapeOf(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  indent: string,
): string {
  if (propertyNames?.$ref !== undefined) {
    const name = typeOf(propertyNames, indent);
    return `{ readonly [name in ${name}]?: ${typeOf(additionalProperties as Schema, indent)} }`;
  }
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, schema]) =>
    `${comment(schema, inner)}${inner}readonly ${name}${required.includes(name) ? "" : "?"}: ${
      typeOf(schema, inner)
    };\n`
  );
  const others = typeof additionalProperties === "object"
    ? [
      `${inner}/** Any other. */\n${inner}readonly [name: string]: ${
        typeOf(additionalProperties, inner)
      };\n`,
    ]
    : [];
  return `{\n${[...fields, ...others].join("")}${indent}}`;
}
