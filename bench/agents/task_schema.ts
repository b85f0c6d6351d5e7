/** Checks the task of a generator that came over the network. */

import { z } from "zod";
import type { GeneratorTask } from "../generator/messages.ts";
import { parametersSchema } from "../plan/config/schema.ts";
import { pushProblem } from "../../protocols/messages/push.ts";
import { PROTOCOL_NAMES } from "../../protocols/names.ts";
import { scenarios } from "../../scenarios/mod.ts";

/** The longest window or warm-up, in milliseconds: as for a run. */
const LONGEST_MS = 3_600_000;
const MOST_SAMPLES = 1_000_000;
const MOST_AGENTS = 10_000;

const text = z.string().max(4000);
const pem = z.string().max(100_000);
const lengthMs = z.number().min(0).max(LONGEST_MS);
const share = z.strictObject({
  index: z.int().min(0).max(MOST_AGENTS),
  of: z.int().min(1).max(MOST_AGENTS),
});

const connect = z.strictObject({
  protocolOptions: z.record(z.string().max(100), z.json()).optional(),
  headers: z.array(z.tuple([text, z.string().max(16_000)])).max(100).optional(),
  subprotocols: z.array(text).max(100).optional(),
  tls: z.strictObject({
    ca: pem.optional(),
    isCaItself: z.literal(true).optional(),
    cert: pem.optional(),
    key: pem.optional(),
    insecure: z.literal(true).optional(),
    serverName: text.optional(),
  }).optional(),
});

const streams = z.strictObject({
  rule: z.strictObject({
    sequence: text.optional(),
    time: text.optional(),
    unit: z.enum(["s", "ms", "us", "ns", "iso"]).optional(),
    pattern: z.string().max(1000).optional(),
  }).refine((rule) => pushProblem(rule) === undefined, "no rule").optional(),
  isFromZero: z.boolean().optional(),
});

const known = scenarios.map(({ id }) => id);

/**
 * The task of a generator. Files that tasks on one machine may name are refused: protocols that somebody wrote. So are
 * processes and addresses of the machine that it comes from.
 */
export const checkedTask = z.strictObject({
  url: text.regex(/^wss?:\/\//, "no URL of a WebSocket"),
  connect: connect.optional(),
  part: share.extend({ trial: z.string().regex(/^[\da-z]{1,16}$/).optional() }).optional(),
  behaviour: z.enum(["/echo", "/tag", "/broadcast", "/room/{group}", "/push/{rate}/{size}"]),
  streams: streams.optional(),
  serverPid: z.null(),
  protocol: z.enum(PROTOCOL_NAMES.map(({ id }) => id)),
  engine: z.enum(["epoll", "uring", "tcp"]),
  sources: z.array(z.never()).max(0),
  scenario: z.enum(known),
  parameters: parametersSchema,
  cpus: z.array(z.never()).max(0),
  seed: z.int(),
  share,
  sliceMs: lengthMs.optional(),
  hasPulse: z.boolean(),
  samples: z.int().min(0).max(MOST_SAMPLES),
  warmupMs: lengthMs,
  durationMs: lengthMs,
}).transform((task) => task as GeneratorTask);
