/** The command line of a client at a prompt. */

import { existsSync } from "node:fs";
import { type Option, readArguments } from "../../cli/arguments.ts";
import { describeOptions, paragraph } from "../../cli/help.ts";
import type { Client } from "../types.ts";
import { withoutUser } from "../../bench/plan/own_servers/secrets.ts";
import { UsageError } from "../../bench/usage.ts";
import { VERSION } from "../../bench/version.ts";

export type Options =
  | { readonly what: "help" }
  | { readonly what: "talk"; readonly url: string; readonly workbook: string | undefined }
  | { readonly what: "recover"; readonly journal: string; readonly workbook: string };

const OPTIONS: readonly Option[] = [
  { name: "out", value: "FILE.xlsx", help: "Workbook to write (results/session-TIME-CLIENT.xlsx)" },
  { name: "no-workbook", help: "Write neither workbook nor journal" },
  {
    name: "recover",
    value: "FILE.jsonl",
    help: "Write the workbook of a session that was killed, from its journal",
  },
  { name: "help", help: "Show this help and end" },
];

/**
 * @param now names the workbook if the user does not
 * @throws {UsageError} for a wrong command line
 */
export function readOptions(client: Client, args: readonly string[], now: Date): Options {
  if (args.includes("--help") || args.includes("-h")) return { what: "help" };
  // A session is recovered without a URL.
  const isRecovery = args.some((arg) => /^--recover(=|$)/.test(arg));
  const given = readArguments(args, OPTIONS, isRecovery ? [] : ["URL"]);
  const time = now.toISOString().slice(0, 19).replaceAll(":", "-");
  const out = given.text("out");
  if (out !== undefined) check(out);
  const workbook = out ?? `results/session-${time}-${client.id}.xlsx`;
  const journal = given.text("recover");
  if (journal !== undefined) return { what: "recover", journal, workbook };
  const [url = ""] = given.positional;
  if (!/^wss?:[^#]+$/.test(URL.parse(url)?.href ?? "")) {
    throw new UsageError(`'${withoutUser(url)}' is not a WebSocket URL`);
  }
  if (!given.has("no-workbook")) return { what: "talk", url, workbook };
  if (out !== undefined) throw new UsageError("--out and --no-workbook exclude each other");
  return { what: "talk", url, workbook: undefined };
}

function check(out: string): void {
  if (!/[^/\\]\.xlsx$/i.test(out)) {
    throw new UsageError(`--out must end in .xlsx: received "${out}"`);
  }
  if (existsSync(out)) throw new UsageError(`--out must name a new file: "${out}" exists`);
}

export function exampleFor({ id }: Client): string {
  return `deno run -A clients/${id}.ts ws://localhost:8765/echo`;
}

export function helpFor(client: Client): string {
  return [
    paragraph(`wsmark ${VERSION}: talks to a WebSocket server with ${client.library}.`),
    paragraph(
      "Sends each line that is typed or piped in, and shows the latency and the reply.\n" +
        "An empty line sends nothing: a line of \\ sends an empty message, \\exit the word.\n" +
        "`exit`, the end of the input or Ctrl-C writes a workbook of all messages and prints its path.",
    ),
    `Usage: deno run -A clients/${client.id}.ts URL [options]\n       ${exampleFor(client)}`,
    describeOptions(OPTIONS),
    paragraph(
      "Until the workbook is written, a journal beside it (.jsonl) holds every message.\n" +
        "Exit codes: 0 done, 1 the connection was lost, replies did not come or nothing could be written, 2 wrong usage.",
    ),
  ].join("\n\n");
}
