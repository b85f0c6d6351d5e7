/** What can be typed: commands, their options, and the words that these take. */

import { AXES } from "../../scenarios/parameters.ts";
import { clients } from "../../clients/mod.ts";
import { profiles } from "../../bench/plan/profiles.ts";
import { PROTOCOL_NAMES } from "../../protocols/names.ts";
import { FORMAT_IDS, USUAL } from "../../report/format.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { studies } from "../../scenarios/studies/mod.ts";
import { languages } from "../../servers/launch/languages.ts";
import { servers } from "../../servers/mod.ts";
import type { Command, Listed } from "../command.ts";
import { commands } from "../commands/mod.ts";
import { COMMON, type Option } from "../options/option.ts";
import { shells } from "./mod.ts";
import type { CompletedCommand, Place } from "./types.ts";

type Named = readonly { readonly id: string }[];

function idsOf(...lists: readonly Named[]): string[] {
  return lists.flat().map(({ id }) => id);
}

/** Words of options whose help does not list them one by one. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  servers: [...idsOf(servers), "all"],
  baseline: idsOf(servers),
  scenarios: [...idsOf(scenarios), "all"],
  scenario: idsOf(scenarios),
  client: [...idsOf(clients), "auto"],
  protocol: idsOf(PROTOCOL_NAMES),
  profile: idsOf(profiles),
  study: idsOf(studies),
  reports: [...FORMAT_IDS, USUAL, "all"],
  matrix: AXES,
  class: ["production", "tuned", "minimal"],
  order: ["blocks", "shuffled"],
  engine: ["epoll", "uring", "tcp", "auto"],
  generators: ["auto"],
};

/** Words that are arguments of a command by themselves. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  list: idsOf(servers, clients, PROTOCOL_NAMES, scenarios, studies, profiles),
  setup: ["debian", ...Object.keys(languages), "all"],
  completion: Object.keys(shells),
};

function valueOf({ name, value = "", choices }: Option): Place {
  const words = WORDS[name] ?? Object.keys(choices ?? {});
  if (words.length > 0) return { kind: "words", words, isList: value.startsWith("A,B") };
  if (/^(NAME=)?FILE$/.test(value)) return { kind: "file" };
  return { kind: value === "DIR" ? "folder" : "free" };
}

function argumentOf({ name, positionals = [] }: Listed): Place {
  const words = ARGUMENTS[name];
  if (words !== undefined) return { kind: "words", words, isList: false };
  if (positionals.some((one) => one.includes("FILE"))) return { kind: "file" };
  const isFolder = positionals.some((one) => /DIR|^OLD$/.test(one));
  return { kind: isFolder ? "folder" : "free" };
}

/** Reads all commands with their options. */
export async function completedCommands(): Promise<CompletedCommand[]> {
  return await Promise.all(commands.map(async (listed) => {
    // In a variable, as the help of one command must not load those of all.
    const file = `../commands/${listed.name}.ts`;
    const { command }: { command: Command } = await import(file);
    const options = [...command.options, ...COMMON].map((option) => ({
      name: option.name,
      help: option.help,
      ...(option.value !== undefined && { value: valueOf(option) }),
    }));
    return {
      name: listed.name,
      title: listed.title,
      options,
      argument: argumentOf(listed),
    };
  }));
}
