/**
 * What a coordinator and its agents say to each other over NATS: JSON that is checked by a schema where it arrives, and
 * reports in parts, which the coordinator fetches in turn: so it is never late for what else is said.
 *
 * The coordinator gives orders at the agent's own subject, each of which is answered. An order may arrive twice, as it is
 * said again while there is no answer; the second one changes nothing. The agent tells news at the subject of the session,
 * numbered, one after the other, each said again until it is answered. Four times a second it asks there whether the
 * coordinator is alive, by which the coordinator knows the same of the agent.
 *
 * | state of an agent | what it does                                | left by                                    | to        |
 * | ----------------- | ------------------------------------------- | ------------------------------------------ | --------- |
 * | ready             | waits                                       | `take`                                     | taken     |
 * | taken             | asks whether its coordinator is alive       | `release`, or the coordinator is gone      | ready     |
 *
 * While it is taken it has works, at most a few at once, as the next one starts while the last one ends. One work is one
 * generator of one trial:
 *
 * | state of a work   | what its generator does                     | left by                                    | to        |
 * | ----------------- | ------------------------------------------- | ------------------------------------------ | --------- |
 * | started           | loads the client                            | `connect`                                  | connecting|
 * | connecting        | opens its connections                       | news `connected`                           | connected |
 * | connected         | waits at the barrier                        | `run`, with the time to start              | running   |
 * | running           | makes its traffic                           | news `report`                              | over, or in a search: started |
 * | over              | nothing: it has ended                       | `stop`                                     | gone      |
 *
 * An agent that serves starts servers of the list, too, by their ids, and samples them. Such a work is one server of one trial:
 *
 * | state of a server | what it does                                | left by                                    | to        |
 * | ----------------- | ------------------------------------------- | ------------------------------------------ | --------- |
 * | starting          | begins to listen                            | news `ready`                               | ready     |
 * | ready             | is sampled as `sample` and `window` say     | news `ended`                               | over      |
 * | over              | nothing: it has ended                       | `stop`                                     | gone      |
 *
 * Whatever goes wrong is the news `failed`, after which a work is over. `stop`, the end of the session and the end of the
 * agent end the generator or the server of each work in whatever state it is.
 */

import { z } from "zod";
import { reference, servers } from "../../servers/mod.ts";
import { checkedServerSamples } from "./report_schema.ts";
import { checkedTask } from "./task_schema.ts";

/** Name of the service, by which agents are found. */
export const SERVICE = "wsmark-agent";
/** Version of what is said here. */
export const DIALECT = 2;

/** Between two questions whether the coordinator is alive, in milliseconds. */
export const HEARTBEAT_MS = 250;

/** The most of one report, in bytes. */
export const MOST_REPORT = 2 ** 28;

/** Where an agent takes orders. */
export function ordersOf(instance: string): string {
  return `wsmark.agent.${instance}`;
}

/** Where the news of a session are told. */
export function newsOf(session: string): string {
  return `wsmark.session.${session}.news`;
}

/** Where is asked whether the coordinator of a session is alive. */
export function aliveOf(session: string): string {
  return `wsmark.session.${session}.alive`;
}

/** What is part of a subject: no dot, no wildcard. */
const token = z.string().regex(/^[\w-]{1,64}$/);
const text = z.string().max(1000);
const milliseconds = z.number();

/** What an agent may be called. */
export const AGENT_ID = /^[A-Za-z0-9][\w.-]{0,59}$/;
const id = z.string().regex(AGENT_ID);

/** A value of a label. */
export const LABEL = /^[\w.:/-]{1,100}$/;
const labels = z.record(z.string().regex(LABEL), z.string().regex(LABEL))
  .refine((all) => Object.keys(all).length <= 20, "more than 20 labels");

/** What an agent says of itself to anybody. */
export const Description = z.object({
  id,
  /** Tells it from any other, also from one with the same id. */
  instance: token,
  /** Version of wsmark. */
  version: text,
  /** {@linkcode DIALECT}. */
  dialect: z.int(),
  labels,
  /** The same for all agents of one machine and network namespace. */
  host: token,
  cpus: z.int().min(0),
  /** What it runs on, as `linux, deno 2.9.6`. */
  platform: text,
  /** How many files it may have open, as the system says it; null if it does not. */
  descriptors: text.nullable(),
  /** Load average of one minute; null if the system has none. */
  load: z.number().nullable(),
  /** What it may drive, in words. */
  allows: z.array(text).max(100),
  /** The address of the servers that it starts; absent if it starts none. */
  serves: text.optional(),
  /** The session that has it; null if it is ready. */
  session: token.nullable(),
});

export type Description = z.infer<typeof Description>;

const fact = z.object({
  group: text,
  name: text,
  value: z.union([text, z.number(), z.object({ absent: text })]),
  unit: text.optional(),
});

const work = { session: token, work: token };

/** Counts the windows of a trial, from 1: a search has many. */
const window = z.int().min(1).max(1000);

/** The longest time that a server may be waited for, in milliseconds. */
const MOST_PATIENCE_MS = 600_000;
const port = z.int().min(0).max(65_535);

/** What an agent can be told. */
export const Order = z.discriminatedUnion("order", [
  z.strictObject({ order: z.literal("describe") }),
  z.strictObject({ order: z.literal("clock") }),
  z.strictObject({ order: z.literal("take"), session: token, version: text, dialect: z.int() }),
  z.strictObject({ order: z.literal("release"), session: token }),
  z.strictObject({
    order: z.literal("start"),
    ...work,
    /** What it is about, for the agent's own output. */
    title: text,
    client: text,
    isPaced: z.boolean(),
    connections: z.int().min(0),
    /** Whether it drives a reference server of its own machine, which is started for it. */
    hasReference: z.boolean(),
    /** The one certificate that is trusted, as PEM. */
    trusted: z.string().max(100_000).optional(),
  }),
  z.strictObject({ order: z.literal("connect"), ...work, window, task: checkedTask }),
  z.strictObject({ order: z.literal("run"), ...work, window, startMs: milliseconds }),
  z.strictObject({
    order: z.literal("fetch"),
    ...work,
    window,
    /** From which byte of the report on. */
    from: z.int().min(0).max(MOST_REPORT),
  }),
  z.strictObject({ order: z.literal("learn"), ...work, window, messages: z.int().min(0) }),
  z.strictObject({
    order: z.literal("stop"),
    ...work,
    /** What a server is stopped with; SIGTERM when left out. */
    signal: z.enum(["SIGTERM", "SIGKILL"]).optional(),
  }),
  z.strictObject({ order: z.literal("offer"), session: token }),
  z.strictObject({
    order: z.literal("serve"),
    ...work,
    /** One of the list, which is all that can be started from afar. */
    server: z.enum([...servers, reference].map(({ id }) => id)),
    /** 0 for a free one. */
    port,
    isSecure: z.boolean(),
    deflate: z.enum(["takeover", "no-takeover"]).optional(),
    patienceMs: milliseconds.min(0).max(MOST_PATIENCE_MS),
  }),
  z.strictObject({
    order: z.literal("watch"),
    ...work,
    /** A process that listens there already. */
    pid: z.int().min(1),
    port,
  }),
  z.strictObject({ order: z.literal("sample"), ...work, window }),
  z.strictObject({
    order: z.literal("window"),
    ...work,
    window,
    startMs: milliseconds,
    lengthMs: milliseconds.min(0),
  }),
  z.strictObject({ order: z.literal("sampled"), ...work, window }),
]);

export type Order = z.infer<typeof Order>;

/** What an agent answers. */
export const Answer = z.discriminatedUnion("answer", [
  z.object({ answer: z.literal("done") }),
  z.object({ answer: z.literal("refused"), reason: text }),
  z.object({ answer: z.literal("description"), description: Description }),
  z.object({ answer: z.literal("clock"), atMs: milliseconds }),
  z.object({
    answer: z.literal("taken"),
    description: Description,
    machine: z.array(fact).max(200),
  }),
  z.object({
    answer: z.literal("offer"),
    /** What its servers show in cases over TLS, as PEM. */
    certificate: z.string().max(100_000),
    /** Why servers of the list cannot be started there, by their ids. */
    missing: z.record(z.string().max(100), text),
  }),
  z.object({
    answer: z.literal("sampled"),
    /** Null if the window was not over, or there is no process to sample. */
    samples: checkedServerSamples.nullable(),
  }),
]);

export type Answer = z.infer<typeof Answer>;

/** What an agent tells while it has work. */
export const News = z.object({
  /** Instance of the agent. */
  from: token,
  work: token,
  /** Counts the news of a work, from 1; 0 for a pulse, which may be lost. */
  number: z.int().min(0),
  news: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("connected"),
      /** By how much the generator's clock may be known wrong, in milliseconds. */
      clockErrorMs: milliseconds.min(0),
    }),
    z.object({ kind: z.literal("failed"), reason: text }),
    z.object({
      kind: z.literal("ready"),
      url: text,
      runtime: text,
      library: text,
      notes: z.array(text).max(100),
      /** How many files it may have open; null if the system does not say. */
      descriptors: text.nullable(),
    }),
    z.object({ kind: z.literal("ended"), reason: text }),
    z.object({ kind: z.literal("drained") }),
    z.object({ kind: z.literal("said"), messages: z.int().min(0) }),
    z.object({ kind: z.literal("restart"), signal: z.enum(["SIGTERM", "SIGKILL"]) }),
    z.object({
      kind: z.literal("pulse"),
      pulse: z.object({
        state: z.literal("running"),
        phase: z.enum(["warm-up", "window"]),
        lengthMs: milliseconds,
        count: z.number(),
        meanMs: milliseconds.nullable(),
        maxMs: milliseconds.nullable(),
      }),
    }),
    z.object({
      kind: z.literal("report"),
      /** Its bytes, which are to be fetched. */
      size: z.int().min(1).max(MOST_REPORT),
    }),
  ]),
});

export type News = z.infer<typeof News>;

/** Who asks whether the coordinator is alive. */
export const Heartbeat = z.object({ from: token });

/** A message as bytes. */
export function encode(message: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(message));
}

/**
 * Reads a message.
 *
 * @throws {SyntaxError} for what is not one, with the place where it is not
 */
export function decode<T>(bytes: Uint8Array, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new SyntaxError(`Cannot read a message of ${bytes.length} bytes: it is no JSON`);
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new SyntaxError(`Cannot read a message: ${path.join(".")}: ${message}`);
}

/** What a part of a report begins with, which no other answer does. */
const PART = 0;

/** A part of a report as an answer. */
export function encodePart(part: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + part.length);
  bytes[0] = PART;
  bytes.set(part, 1);
  return bytes;
}

/**
 * Reads what {@linkcode encodePart} wrote.
 *
 * @throws {Error} for a refusal, with the reason
 * @throws {SyntaxError} for anything else
 */
export function decodePart(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === PART) return bytes.subarray(1);
  const answer = decode(bytes, Answer);
  throw new Error(answer.answer === "refused" ? answer.reason : "it gives no part of its report");
}
