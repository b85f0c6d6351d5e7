/** Checks what a configuration file holds. */

import { z } from "zod";
import type { Config } from "../run_options.ts";
import { PARAMETER_NAMES, rowOf } from "../../../scenarios/parameters.ts";
import { unknownWord } from "../../choice.ts";
import { UsageError } from "../../usage.ts";

/** More of anything is not a benchmark; without a limit a file of megabytes would take hours to refuse. */
const MOST = 1000;

const text = z.string().max(4000);
const texts = z.array(text).max(MOST);
const number = z.number();

/** The parameters of a case. */
export const parametersSchema = z.strictObject(
  Object.fromEntries(PARAMETER_NAMES.map((name) => {
    const { range, choices } = rowOf(name);
    const value = range !== undefined ? number : choices !== undefined ? z.enum(choices) : text;
    return [name, value.optional()];
  })),
);

const tls = z.strictObject({
  ca: text.optional(),
  cert: text.optional(),
  key: text.optional(),
  insecure: z.boolean().optional(),
  serverName: text.optional(),
});

const server = z.strictObject({
  name: text,
  url: text.optional(),
  command: z.union([text, texts]).optional(),
  protocol: text.optional(),
  protocolOptions: z.record(z.string().max(100), z.json()).optional(),
  path: text.optional(),
  headers: z.record(text, z.union([text, texts])).optional(),
  subprotocols: texts.optional(),
  follow: z.boolean().optional(),
  tls: tls.optional(),
  startTimeoutMs: number.optional(),
  replyTimeoutMs: number.optional(),
  push: z.json().optional(),
  pid: number.optional(),
});

const scenario = z.strictObject({ id: text, cases: z.array(parametersSchema).max(MOST) });

const agents = z.strictObject({
  nats: text,
  least: number.optional(),
  pick: texts.optional(),
  ids: texts.optional(),
  server: text.optional(),
});

const cpus = z.strictObject({ server: text.optional(), generator: text.optional() });

const config = z.strictObject({
  servers: z.array(z.union([text, server])).max(MOST).optional(),
  scenarios: z.array(z.union([text, scenario])).max(MOST).optional(),
  clients: texts.optional(),
  profile: text.optional(),
  rounds: number.optional(),
  until: number.optional(),
  durationMs: number.optional(),
  warmupMs: number.optional(),
  seed: number.optional(),
  order: text.optional(),
  overrides: parametersSchema.optional(),
  matrix: texts.optional(),
  engine: text.optional(),
  sources: texts.optional(),
  generators: z.union([number, z.literal("auto")], { error: "must be a number or auto" })
    .optional(),
  agents: agents.optional(),
  baseline: text.optional(),
  samples: number.optional(),
  class: text.optional(),
  workers: number.optional(),
  pin: z.boolean().optional(),
  cpus: cpus.optional(),
  ceiling: z.boolean().optional(),
  explain: z.boolean().optional(),
  assert: texts.optional(),
  abortOn: texts.optional(),
  out: text.optional(),
  reports: texts.optional(),
});

type Issue = z.core.$ZodIssue;

/**
 * Checks a configuration.
 *
 * @param file its name, for the message
 * @throws {UsageError} that names the place of the first wrong value, the value, and what it must be
 */
export function checkConfig(value: unknown, file: string): Config {
  const outcome = config.safeParse(value);
  if (outcome.success) return outcome.data as Config;
  throw new UsageError(`${file}: ${describe(outcome.error.issues[0]!, value)}`);
}

function describe(issue: Issue, value: unknown): string {
  const { path, ...what } = innermost(issue, value);
  const place = path.reduce<string>(
    (text, key) => typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`,
    "",
  ).replace(/^\./, "");
  if (what.code === "unrecognized_keys") {
    const [key = ""] = what.keys;
    return `${place === "" ? "" : `${place}: `}unknown ${unknownWord("key", key, keysAt(path))}`;
  }
  const found = shown(valueAt(value, path));
  const expected = what.code === "invalid_union" && what.message === "Invalid input"
    ? "must be a name, or an object"
    : what.message.replace(/^Invalid input: expected (\w+), received .*$/, "must be of type $1")
      .replace(/^Invalid option: expected one of /, "must be one of ").replaceAll('"', "");
  return `${place === "" ? "the whole" : place} ${expected}: received ${found}`;
}

/** If a value may be two things: the complaint about the one that it looks like. */
function innermost(issue: Issue, value: unknown): Issue {
  if (issue.code !== "invalid_union") return issue;
  const found = valueAt(value, issue.path);
  if (typeof found !== "object" || found === null) return issue;
  const [inside] = issue.errors.at(-1) ?? [];
  return inside === undefined
    ? issue
    : innermost({ ...inside, path: [...issue.path, ...inside.path] }, value);
}

/** The keys that the object at a place may have. */
function keysAt(path: readonly PropertyKey[]): string[] {
  const [first, , third] = path;
  const { shape } = first === undefined
    ? config
    : first === "cpus"
    ? cpus
    : first === "servers"
    ? third === "tls" ? tls : server
    : first === "scenarios" && third === undefined
    ? scenario
    : parametersSchema;
  return Object.keys(shape);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
