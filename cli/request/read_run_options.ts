/** What the options of `run` say. */

import { AUTO } from "../../bench/plan/generators.ts";
import type { Config } from "../../bench/plan/run_options.ts";
import { UsageError } from "../../bench/usage.ts";
import { shown } from "../../measure/text/shown.ts";
import { type CaseParameters, PARAMETER_NAMES, rowOf } from "../../scenarios/parameters.ts";
import type { ParameterRow } from "../../scenarios/parameter_row.ts";
import { type Arguments, defined } from "../arguments.ts";
import { readCpus } from "./cpus.ts";
import { readOwnServers } from "./own_servers.ts";
import { readAgents } from "./agents.ts";
import { withHandshakes } from "./read_handshakes.ts";

function readParameters(args: Arguments): CaseParameters {
  const read = ({ option, range, choices }: ParameterRow): number | string | undefined => {
    if (option === undefined) return undefined;
    if (option.value === undefined) return args.has(option.name) ? choices?.[0] : undefined;
    if (range === undefined) return args.text(option.name);
    if (option.value === "BYTES") return args.bytes(option.name);
    if (range.unit === "ms") return args.milliseconds(option.name);
    return range.unit === "per second" ? args.perSecond(option.name) : args.number(option.name);
  };
  return defined(Object.fromEntries(PARAMETER_NAMES.map((name) => [name, read(rowOf(name))])));
}

function readGenerators(args: Arguments): Config["generators"] {
  const given = args.text("generators")?.trim();
  if (given === undefined || given === AUTO) return given;
  if (!/^[\d.-]/.test(given)) {
    throw new UsageError(`--generators needs a number or ${AUTO}: received "${shown(given)}"`);
  }
  return args.number("generators");
}

/**
 * What the options say, in the form of a configuration file.
 *
 * @throws {UsageError} for a value that cannot be read
 */
export function readRunOptions(args: Arguments): Config {
  const own = withHandshakes(readOwnServers(args), args);
  const listed = args.list("servers");
  const [asserted, abort] = [args.all("assert"), args.all("abort-on")];
  return {
    ...defined({
      servers: listed === undefined && own.length === 0 ? undefined : [...listed ?? [], ...own],
      class: args.text("class"),
      workers: args.number("workers"),
      scenarios: args.list("scenarios"),
      clients: args.list("client"),
      profile: args.text("profile"),
      rounds: args.number("rounds"),
      until: args.share("until"),
      durationMs: args.seconds("duration"),
      warmupMs: args.seconds("warmup"),
      seed: args.number("seed"),
      order: args.text("order"),
      matrix: args.list("matrix"),
      engine: args.text("engine"),
      sources: args.list("source"),
      generators: readGenerators(args),
      agents: readAgents(args),
      baseline: args.text("baseline"),
      samples: args.number("samples"),
      cpus: readCpus(args),
      pin: args.has("no-pin") ? false : undefined,
      ceiling: args.has("no-ceiling") ? false : undefined,
      explain: args.has("explain") || undefined,
      assert: asserted.length === 0 ? undefined : asserted,
      abortOn: abort.length === 0 ? undefined : abort,
      out: args.text("out"),
      reports: args.list("reports"),
    }),
    overrides: readParameters(args),
  };
}
