/** Fuzzes the frame decoder. */

import { FrameDecoder, ProtocolError } from "../../clients/wire/frame/frame.ts";
import { referenceLog } from "./reference.ts";
import { digest, hostileStream, randomStream } from "./frame_stream.ts";
import { Finding, mutate, type Random, type Target } from "./target.ts";
import {
  type Inflater,
  messageInflater,
  windowInflater,
} from "../../clients/wire/handshake/inflater.ts";

interface Run {
  decoder: FrameDecoder;
  log: string[];
  /** The bytes, which a server's decoder changes. */
  bytes: Uint8Array;
  cuts: readonly number[];
  next: number;
  error: ProtocolError | undefined;
}

type Role = "client" | "server";

/** How the streams of a run are decoded. */
interface Manner {
  readonly role: Role;
  readonly most: number;
  /** Makes what inflates; without it, messages must not be compressed. */
  readonly inflater: (() => Inflater) | undefined;
}

function begin(
  { role, most, inflater }: Manner,
  input: Uint8Array,
  cuts: readonly number[],
): Run {
  const log: string[] = [];
  const decoder = new FrameDecoder({
    message: (isText, buffer, start, end) =>
      void log.push(digest(isText ? "text" : "binary", buffer, start, end)),
    ping: (buffer, start, end) => void log.push(digest("ping", buffer, start, end)),
    pong: (buffer, start, end) => void log.push(digest("pong", buffer, start, end)),
    close: (code, reason) => void log.push(`close ${code} ${reason}`),
  }, { role, maxMessageBytes: most, checkUtf8: true, inflater: inflater?.() });
  return { decoder, log, bytes: new Uint8Array(input), cuts, next: 0, error: undefined };
}

function step(run: Run, { most }: Manner, input: Uint8Array): void {
  const { decoder, cuts, next } = run;
  run.next++;
  try {
    decoder.push(run.bytes, cuts[next - 1] ?? 0, cuts[next]!);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    run.error = error;
  }
  const allowed = Math.max(128, 2 * most) + 128;
  if (decoder.heldBytes > allowed) {
    throw new Finding(`holds ${decoder.heldBytes} bytes with a limit of ${most}`, input);
  }
}

const isRunning = ({ next, cuts, error }: Run): boolean => next < cuts.length && !error;

/** The log of a finished run, with the error that ended it. */
function outcome(run: Run, input: Uint8Array): string {
  const { decoder, error } = run;
  if ((error || decoder.ended) && decoder.heldBytes > 0) {
    throw new Finding("holds a buffer after its end", input);
  }
  if (error) checkRefusal(run, input);
  return [...run.log, ...(error ? [`${error.kind}: ${error.message}`] : [])].join("\n");
}

function checkRefusal({ decoder, error }: Run, input: Uint8Array): void {
  try {
    decoder.push(Uint8Array.of(0x81), 0, 1);
  } catch (again) {
    if (again === error) return;
  }
  throw new Finding("takes input after an error", input);
}

/**
 * A target for one role: random bytes, valid streams and mutated ones, whole and split, two connections in turns.
 *
 * @param compresses whether messages may be compressed
 */
export function decoderTarget(role: Role, compresses = false): Target {
  return {
    name: `decoder, ${role}${compresses ? ", compressed" : ""}`,
    run: (random) => fuzzDecoder(random, role, compresses),
  };
}

/** The bytes to decode, and, where they are valid, the log that they must give. */
function makeInput(
  random: Random,
  masked: boolean,
  compresses: boolean,
): { input: Uint8Array; valid?: string[] } {
  const form = random.pick(
    ["random", "hostile", "hostile", "valid", "mutated", "mutated"] as const,
  );
  if (form === "random") return { input: random.bytes(random.below(200)) };
  if (form === "hostile" && !compresses) return { input: hostileStream(random, masked) };
  const { bytes, log } = randomStream(random, masked, compresses);
  return form === "valid" ? { input: bytes, valid: log } : { input: mutate(random, bytes) };
}

const LIMITS = [1, 16, 130, 1000, 66000, 2 ** 20, 2 ** 40];
/** What is inflated has to be held in memory. */
const INFLATED_LIMITS = LIMITS.filter((limit) => limit <= 2 ** 20);

function fuzzDecoder(random: Random, role: Role, compresses: boolean): string {
  const { input, valid } = makeInput(random, role === "server", compresses);
  const most = valid ? 2 ** 20 : random.pick(compresses ? INFLATED_LIMITS : LIMITS);
  const inflater = random.chance(0.5) ? () => messageInflater : () => windowInflater(15);
  const manner: Manner = { role, most, inflater: compresses ? inflater : undefined };
  const whole = begin(manner, input, [input.length]);
  while (isRunning(whole)) step(whole, manner, input);
  const expected = outcome(whole, input);
  whole.decoder.release();
  if (valid && expected !== valid.join("\n")) {
    throw new Finding(`decodes a valid stream as ${JSON.stringify(expected)}`, input);
  }
  if (!compresses) checkReference(whole, manner, input);
  checkSplit(random, expected, manner, input);
  return whole.error?.kind ?? "accepted";
}

function checkReference(whole: Run, { role, most }: Manner, input: Uint8Array): void {
  const expected = JSON.stringify(referenceLog(input, role === "server", most));
  const found = JSON.stringify([...whole.log, ...(whole.error ? [whole.error.kind] : [])]);
  if (found !== expected) {
    throw new Finding(`decodes ${found} instead of ${expected}, with a limit of ${most}`, input);
  }
}

/** Decodes on two connections at once, so that a buffer lent twice shows. */
function checkSplit(random: Random, expected: string, manner: Manner, input: Uint8Array): void {
  const split = [
    begin(manner, input, random.cuts(input.length)),
    begin(manner, input, input.length < 400 ? everyByte(input) : random.cuts(input.length)),
  ];
  while (split.some(isRunning)) {
    for (const run of split) if (isRunning(run)) step(run, manner, input);
  }
  for (const run of split) {
    const found = outcome(run, input);
    if (found !== expected) {
      throw new Finding(
        `decodes ${JSON.stringify(found)} when split and ${
          JSON.stringify(expected)
        } when whole, with a limit of ${manner.most}`,
        input,
      );
    }
    run.decoder.release();
  }
}

function everyByte(input: Uint8Array): number[] {
  return Array.from(input, (_, at) => at + 1);
}
