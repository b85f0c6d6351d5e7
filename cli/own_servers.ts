/** Reads the options that name servers of the user. */

import type { ForeignServer } from "../bench/plan/run_options.ts";
import { nearest } from "../bench/choice.ts";
import { UsageError } from "../bench/usage.ts";
import { type Arguments, defined } from "./arguments.ts";
import type { Option } from "./options/option.ts";
import { ownServerOptions } from "./options/own_server_options.ts";

/**
 * Reads the servers that the options name.
 *
 * @throws {UsageError} for a value without its name, a name given twice, and one that no server has
 */
export function readOwnServers(args: Arguments): ForeignServer[] {
  const urls = namedValues(args, ownServerOptions, "url");
  const commands = namedValues(args, ownServerOptions, "command");
  const names = [...urls.keys(), ...commands.keys()];
  const [protocols, paths, pids] = ["protocol", "path", "pid"].map((option) => {
    const values = namedValues(args, ownServerOptions, option);
    for (const name of values.keys()) {
      if (names.includes(name)) continue;
      const meant = nearest(name, names);
      throw new UsageError(
        `--${option} is for a server of --url or --command, and none is called "${name}"${
          meant ? `, did you mean "${meant}"?` : ""
        }`,
      );
    }
    return values;
  });
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`--url and --command both name "${twice}"`);
  return names.map((name) => ({
    name,
    ...defined({
      url: urls.get(name),
      command: commands.get(name),
      protocol: protocols!.get(name),
      path: paths!.get(name),
      pid: pidOf(pids!.get(name)),
    }),
  }));
}

function pidOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`--pid needs the number of a process: received "${text}"`);
}

/**
 * The values of an option by the names before them.
 *
 * @throws {UsageError} for a value without its name, and a name given twice
 */
export function namedValues(
  args: Arguments,
  options: readonly Option[],
  option: string,
): Map<string, string> {
  const values = new Map<string, string>();
  for (const text of args.all(option)) {
    const at = text.indexOf("=");
    const name = text.slice(0, at);
    if (at < 1 || at === text.length - 1) {
      const { value } = options.find((one) => one.name === option)!;
      throw new UsageError(`--${option} needs ${value}: received "${text}"`);
    }
    if (values.has(name)) throw new UsageError(`--${option} is given twice for "${name}"`);
    values.set(name, text.slice(at + 1));
  }
  return values;
}
