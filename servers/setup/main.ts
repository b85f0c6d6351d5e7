/**
 * `deno task setup`: builds servers and installs what they and the tests need; without a word it says what is there and
 * what each would need.
 */

import { noteOfBuild, placeOfBuild } from "../launch/builds.ts";
import { type Language, type LanguageId, languages } from "../launch/languages.ts";
import { setupLine } from "../launch/program_name.ts";
import { sourcesOf } from "../launch/sources.ts";
import { servers } from "../mod.ts";
import { build, BuildError, missingTool } from "./build.ts";

/** What is installed with Debian's package manager, and what the script is told. */
const PACKAGES: Readonly<Record<string, { about: string; args: readonly string[] }>> = {
  debian: {
    about:
      "Debian's packages, and Bun: Chromium, Node, Debian's versions of Python's modules, libraries for C++",
    args: [],
  },
  protocols: {
    about: "Debian's packages of brokers and other real servers, for the tests of protocols",
    args: ["protocols"],
  },
};

/** As wide as the longest word, in characters. */
const WIDEST_WORD = "protocols".length;

const EVERY_LANGUAGE = "all";

/** Exit codes. */
const DONE = 0, FAILED = 1, WRONG = 2;

/** Does what the words ask for, one after the other; returns the worst exit code. */
export async function setup(words: readonly string[]): Promise<number> {
  const ids = Object.keys(languages) as LanguageId[];
  const known = [...Object.keys(PACKAGES), ...ids, EVERY_LANGUAGE];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    say(
      `error: Unknown word "${unknown.slice(0, 40)}"; give ${
        known.join(", ")
      }, or none to see what is there`,
    );
    return WRONG;
  }
  if (words.length === 0) {
    await print(overview().map((line) => `${line}\n`).join(""));
    return DONE;
  }
  let worst = DONE;
  const noted = (code: number): void => {
    if (code > worst) worst = code;
  };
  for (const word of words) {
    if (word in PACKAGES) noted(await install(PACKAGES[word]!.args));
    else if (word !== EVERY_LANGUAGE) noted(await buildAndSay(word as LanguageId, true));
    else for (const id of ids) noted(await buildAndSay(id, false));
  }
  return worst;
}

async function install(args: readonly string[]): Promise<number> {
  const sources = sourcesOf("setup");
  if ("missing" in sources) {
    say(`error: ${sources.missing}`);
    return FAILED;
  }
  const script = `${sources.path}/debian.sh`;
  const child = new Deno.Command("sh", { args: [script, ...args], stdin: "null" }).spawn();
  return (await child.status).code;
}

/** @param isNamed whether it is wrong that a tool is missing */
async function buildAndSay(id: LanguageId, isNamed: boolean): Promise<number> {
  const language: Language = languages[id];
  const missing = missingTool(language);
  if (missing !== undefined && isNamed) return complain(language, missing, WRONG);
  if (missing !== undefined) {
    await print(`${id}: left out, as there is ${missing}\n`);
    return DONE;
  }
  const sources = sourcesOf(id);
  if ("missing" in sources) return complain(language, sources.missing, FAILED);
  const place = placeOfBuild(id);
  if (place === undefined) {
    say(`error: There is no place for a build: set HOME or XDG_CACHE_HOME`);
    return WRONG;
  }
  const progress = progressOf(`${id}: building ${serversOf(id).join(", ")}`);
  try {
    const { note, isOld } = await build(language, place, progress.tell);
    progress.end();
    await print(
      `${id}: ${isOld ? "built before" : "built"} by ${note.tool} in ${note.seconds} s, ` +
        `${megabytes(note.bytes)}, in ${place.out}\n`,
    );
    return DONE;
  } catch (error) {
    progress.end();
    if (!(error instanceof BuildError)) throw error;
    return complain(language, error.message, FAILED);
  }
}

function complain({ title }: Language, reason: string, code: number): number {
  say(`error: Cannot build the servers in ${title}: ${reason}`);
  return code;
}

/** Shows what a build is at: on a terminal in one line that changes, elsewhere only that it began. */
function progressOf(what: string): { tell(line: string): void; end(): void } {
  const isTerminal = Deno.stderr.isTerminal();
  const startMs = performance.now();
  if (!isTerminal) say(what);
  const wipe = "\r\x1b[K";
  return {
    tell(line) {
      if (!isTerminal) return;
      const seconds = Math.round((performance.now() - startMs) / 1000);
      const { columns } = Deno.consoleSize();
      const text = `${what} (${seconds} s): ${line}`;
      Deno.stderr.writeSync(encoder.encode(wipe + [...text].slice(0, columns - 1).join("")));
    },
    end() {
      if (isTerminal) Deno.stderr.writeSync(encoder.encode(wipe));
    },
  };
}

function overview(): string[] {
  const rows = [
    ...Object.entries(PACKAGES).map(([word, { about }]) => [word, about]),
    ...Object.keys(languages).map((id) => [id, stateOf(id as LanguageId)]),
    [EVERY_LANGUAGE, "each of these languages whose tools are there"],
  ];
  const missing = servers.flatMap(({ id, launch }) => {
    const reason = launch.by === "contract" ? launch.missing?.()?.missing : undefined;
    return reason === undefined ? [] : [{ id, reason }];
  });
  return [
    `${setupLine("WORD...")} installs or builds:`,
    ...rows.map(([word, about]) => `  ${word!.padEnd(WIDEST_WORD)}  ${about}`),
    ...missing.length === 0 ? ["", "All servers can be started here."] : [
      "",
      "Servers that cannot be started here:",
      ...[...Map.groupBy(missing, ({ reason }) => reason)].map(([reason, those]) =>
        `  ${those.map(({ id }) => id).join(", ")}: ${reason}`
      ),
    ],
  ];
}

function stateOf(id: LanguageId): string {
  const language: Language = languages[id];
  const place = placeOfBuild(id);
  const note = place && noteOfBuild(place);
  const { length } = serversOf(id);
  const what = `${length} ${length === 1 ? "server" : "servers"} in ${language.title}`;
  if (note) return `${what}: built in ${note.seconds} s, ${megabytes(note.bytes)}, by ${note.tool}`;
  const tools = [...new Set(language.tools.map(({ program }) => program))];
  return `${what}: not built; ` +
    (missingTool(language) ?? `${tools.join(" and ")} ${tools.length === 1 ? "is" : "are"} there`);
}

/** Ids of the servers that are written in a language. */
function serversOf(id: LanguageId): string[] {
  return servers.flatMap(({ id: server, launch }) =>
    launch.by === "contract" && launch.language === id ? [server] : []
  );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

const encoder = new TextEncoder();

function say(line: string): void {
  Deno.stderr.writeSync(encoder.encode(`${line}\n`));
}

async function print(text: string): Promise<void> {
  await new Blob([text]).stream().pipeTo(Deno.stdout.writable, { preventClose: true });
}

if (import.meta.main) Deno.exit(await setup(Deno.args));
