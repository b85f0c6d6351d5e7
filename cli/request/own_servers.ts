/** Reads the options that name servers of the user. */

import type { ForeignServer } from "../../bench/plan/run_options.ts";
import { nearest } from "../../bench/choice.ts";
import { protocols } from "../../protocols/mod.ts";
import { type PushRule, readPushRule } from "../../protocols/messages/push.ts";
import { looseOption, readOption } from "../../protocols/options.ts";
import type { OptionValue, Protocol } from "../../protocols/types.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Arguments, defined } from "../arguments.ts";
import type { Option } from "../options/option.ts";
import { ownServerOptions } from "../options/own_server_options.ts";

/**
 * Reads the servers that the options name.
 *
 * @throws {UsageError} for a value without its name, a name given twice, and one that no server has
 */
export function readOwnServers(args: Arguments): ForeignServer[] {
  const urls = namedValues(args, ownServerOptions, "url");
  const commands = namedValues(args, ownServerOptions, "command");
  const names = [...urls.keys(), ...commands.keys()];
  const [spoken, paths, pids, pushes] = ["protocol", "path", "pid", "push"].map((option) => {
    const values = namedValues(args, ownServerOptions, option);
    checkNames(option, values.keys(), names);
    return values;
  });
  const chosen = readChoices(args, names, spoken!);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`--url and --command both name "${twice}"`);
  return names.map((name) => ({
    name,
    ...defined({
      url: urls.get(name),
      command: commands.get(name),
      protocol: spoken!.get(name),
      protocolOptions: chosen.get(name),
      path: paths!.get(name),
      pid: pidOf(pids!.get(name)),
      push: pushOf(pushes!.get(name)),
    }),
  }));
}

/** Checks that an option names servers that there are. */
function checkNames(option: string, named: Iterable<string>, names: readonly string[]): void {
  for (const name of named) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    throw new UsageError(
      `--${option} is for a server of --url or --command, and none is called "${name}"${
        meant ? `, did you mean "${meant}"?` : ""
      }`,
    );
  }
}

/** Options of protocols, by the name of the server. */
type Choices = Map<string, Record<string, OptionValue>>;

/**
 * Reads what is chosen of protocols. An option of one protocol only says which one a server speaks, too.
 *
 * @param spoken the protocols by the names of the servers; those that options tell of are added
 */
function readChoices(
  args: Arguments,
  names: readonly string[],
  spoken: Map<string, string>,
): Choices {
  const choices: Choices = new Map();
  for (const { name: option, protocol } of protocolFlags()) {
    for (const { name, value } of namedLists(args, ownServerOptions, option)) {
      checkNames(option, [name], names);
      const spokenId = spoken.get(name) ?? protocol.id;
      if (protocols.find(({ id }) => id === spokenId)?.options?.[option] === undefined) {
        throw new UsageError(
          `--${option} is for a server that speaks ${protocol.id}, and ${name} speaks ${spokenId}`,
        );
      }
      spoken.set(name, spokenId);
      choose(choices, { name, protocol: spokenId, option, key: option, value });
    }
  }
  for (const { name, value: text } of namedLists(args, ownServerOptions, "set")) {
    checkNames("set", [name], names);
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`--set needs NAME=KEY=VALUE: received "${name}=${text}"`);
    const [key, value] = [text.slice(0, at), text.slice(at + 1)];
    choose(choices, { name, protocol: spoken.get(name), option: "set", key, value });
  }
  return choices;
}

/** One thing that is chosen of the protocol of a server. */
interface Choice {
  readonly name: string;
  readonly protocol: string | undefined;
  /** The option that says it. */
  readonly option: string;
  readonly key: string;
  readonly value: string;
}

/** Adds what is chosen; a file's protocol is not loaded yet, so its values are JSON, or text where they are not. */
function choose(
  choices: Choices,
  { name, protocol = protocols[0].id, option, key, value }: Choice,
): void {
  const known = protocols.find(({ id }) => id === protocol);
  const before = choices.get(name) ?? {};
  const isList = known?.options?.[key]?.isList;
  if (Object.hasOwn(before, key) && !isList) {
    throw new UsageError(
      option === "set"
        ? `--set gives "${key}" twice for "${name}"`
        : `--${option} is given twice for "${name}"`,
    );
  }
  const read = known === undefined ? looseOption(value) : readOf(name, known, key, value);
  const earlier = (before[key] ?? []) as readonly OptionValue[];
  choices.set(name, { ...before, [key]: isList ? [...earlier, read] : read });
}

function readOf(name: string, protocol: Protocol, key: string, value: string): OptionValue {
  try {
    return readOption(protocol, key, value);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
}

/** The plan checks whether it is a rule. */
function pushOf(text: string | undefined): PushRule | undefined {
  return text === undefined ? undefined : readPushRule(text) as PushRule;
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
  for (const { name, value } of namedLists(args, options, option)) {
    if (values.has(name)) throw new UsageError(`--${option} is given twice for "${name}"`);
    values.set(name, value);
  }
  return values;
}

/**
 * The values of an option that a name may have several of, in their order.
 *
 * @throws {UsageError} for a value without its name
 */
export function namedLists(
  args: Arguments,
  options: readonly Option[],
  option: string,
): { name: string; value: string }[] {
  return args.all(option).map((text) => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1) {
      const { value } = options.find((one) => one.name === option)!;
      throw new UsageError(`--${option} needs ${value}: received "${text}"`);
    }
    return { name: text.slice(0, at), value: text.slice(at + 1) };
  });
}

/** The options of protocols that the command line has, too. */
function protocolFlags(): { readonly name: string; readonly protocol: Protocol }[] {
  return protocols.flatMap((protocol) =>
    Object.entries(protocol.options ?? {})
      .filter(([, { flag }]) => flag !== undefined)
      .map(([name]) => ({ name, protocol }))
  );
}
