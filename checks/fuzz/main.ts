/**
 * Throws random and damaged input at everything that reads what others made: the network, the files of a run, the
 * configuration, what a server says of itself. Input from the network must be decoded the same however it is split,
 * fail only with the documented errors, and hold no more memory than it may.
 *
 * `deno task fuzz --inputs 1000000 --files 20000 --seed 1`
 */

import { whole } from "../../bench/usage.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { print } from "../../cli/output/terminal.ts";
import type { SocketIoErrorKind } from "../../protocols/socket_io/error.ts";
import { fuzzTarget } from "../../protocols/socket_io/testing/packets.ts";
import { runOddServer } from "../../protocols/testing/odd_servers.ts";
import { runAsProgram } from "../command.ts";
import { conversationTargets } from "./conversations.ts";
import { fileTargets } from "./files.ts";
import { decoderTarget } from "./frame_decoder.ts";
import { formatReport, fuzz } from "./fuzz.ts";
import { handshakeTargets } from "./handshake.ts";
import type { Target } from "./target.ts";

/** Outcomes of Socket.IO that are errors; any other is the last call of the conversation, which was accepted. */
const SOCKET_IO_ERRORS: readonly string[] = [
  "malformed",
  "unexpected",
  "version",
  "refused",
] satisfies readonly SocketIoErrorKind[];

export const networkTargets: readonly Target[] = [
  decoderTarget("client"),
  decoderTarget("server"),
  decoderTarget("client", true),
  decoderTarget("server", true),
  ...handshakeTargets,
  ...conversationTargets,
  {
    name: fuzzTarget.name,
    run(random) {
      const outcome = fuzzTarget.run(() => random.number());
      return SOCKET_IO_ERRORS.includes(outcome) ? outcome : "accepted";
    },
  },
  {
    name: "protocols of JSON and templates",
    run(random) {
      const outcome = runOddServer(() => random.number());
      return outcome === "reply" || outcome === "answered" ? "accepted" : outcome;
    },
  },
];

const OPTIONS: readonly Option[] = [
  { name: "inputs", value: "N", help: "Inputs for what reads from the network (1000000)" },
  { name: "files", value: "N", help: "Inputs for what reads files (20000)" },
  { name: "seed", value: "N", help: "Seed of the first input (random, shown)" },
];

async function main(args: Arguments): Promise<number> {
  const seed = args.number("seed") ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
  whole("seed", seed, 0, 2 ** 32 - 1);
  const inputs = whole("number of inputs", args.number("inputs") ?? 1_000_000, 0, 1e9);
  const files = whole("number of files", args.number("files") ?? 20_000, 0, 1e9);
  print(`seed ${seed}`);
  let hasFound = false;
  for (
    const [count, targets, again] of [
      [inputs, networkTargets, "--inputs 1 --files 0"],
      [files, fileTargets, "--inputs 0 --files 1"],
    ] as const
  ) {
    const startMs = performance.now();
    const report = await fuzz(count, seed, targets);
    print(formatReport(report, (performance.now() - startMs) / 1000, again));
    hasFound ||= report.finding !== undefined;
  }
  return hasFound ? 1 : 0;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
