/**
 * `deno task compile [TARGET]`: makes `dist/wsmark-TARGET`, one file that holds Deno, the sources and the packages that they
 * need. `deno compile` would not do: a compiled program cannot start its own parts with `deno run` and flags of V8, nor
 * bundle servers for Node and Bun.
 */

import { print, printError } from "../../cli/output/terminal.ts";
import { VERSION } from "../../bench/version.ts";
import { copyProgram, digestOfFolder, megabytes, runToEnd } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);

/** What an executable can be made for, by what Deno calls it: the package of npm that holds Deno. */
const TARGETS: Readonly<Record<string, string>> = {
  "x86_64-unknown-linux-gnu": "@deno/linux-x64-glibc",
  "aarch64-unknown-linux-gnu": "@deno/linux-arm64-glibc",
  "x86_64-apple-darwin": "@deno/darwin-x64",
  "aarch64-apple-darwin": "@deno/darwin-arm64",
};

/** What a run needs: its own parts, the usual servers, the clients that are libraries. */
const ENTRIES = [
  "cli/wsmark.ts",
  "cli/execute.ts",
  "cli/arguments.ts",
  "mod.ts",
  "bench/api/mod.ts",
  "bench/generator/main.ts",
  "bench/generator/browser/page.ts",
  "bench/plan/config/worker.ts",
  "report/drawings/worker.ts",
  "servers/native.ts",
  "servers/ws.ts",
  "servers/socketio.ts",
  "servers/reference.ts",
];

/**
 * Makes the executable.
 *
 * @param out folder that it goes into
 * @param target what it is for; by default this machine
 * @returns its path
 */
export async function makeExecutable(
  out: string,
  target: string = Deno.build.target,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  try {
    await copyProgram(`${folder}/program`);
    await copyDeno(target, folder);
    await fetchPackages(folder);
    const path = `${out}/wsmark-${target}`;
    await Deno.mkdir(out, { recursive: true });
    await Deno.writeTextFile(path, await headerOf(target, await digestOfFolder(folder)));
    const members = ["deno", "program", "deno_dir"].join(" ");
    await runToEnd(["sh", "-c", `tar -cf - ${members} | gzip -9 >>"$0"`, path], folder);
    await Deno.chmod(path, 0o755);
    return path;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Copies the Deno that runs this; for another machine npm has the same version. */
async function copyDeno(target: string, folder: string): Promise<void> {
  if (target === Deno.build.target) {
    await Deno.copyFile(Deno.execPath(), `${folder}/deno`);
  } else {
    await runToEnd(["npm", "pack", "--silent", `${TARGETS[target]}@${Deno.version.deno}`], folder);
    await runToEnd(
      ["sh", "-c", "tar -xzf *.tgz && mv package/deno . && rm -r *.tgz package"],
      folder,
    );
  }
  await Deno.chmod(`${folder}/deno`, 0o755);
}

/** Has Deno fetch the packages, and the bundler, as a user without any would. */
async function fetchPackages(folder: string): Promise<void> {
  const clients = [...Deno.readDirSync(`${folder}/program/clients`)]
    .map(({ name }) => `clients/${name}`);
  const actions = [...Deno.readDirSync(`${folder}/program/cli/actions`)]
    .map(({ name }) => `cli/actions/${name}`);
  const files = [...ENTRIES, ...clients, ...actions].filter((name) => name.endsWith(".ts"));
  const denoDir = `${folder}/deno_dir`;
  const deno = (...args: string[]): Promise<string> =>
    runToEnd(
      ["env", `DENO_DIR=${denoDir}`, Deno.execPath(), ...args],
      `${folder}/program`,
    );
  // deno-lint-ignore wsmark/no-spread-arguments -- some dozens
  await deno("cache", "--quiet", ...files);
  // Some packages load others only when they are used: the shortest run uses all.
  await deno(
    ...["run", "--quiet", "--allow-all", "cli/wsmark.ts", "--servers", "native,ws,socketio"],
    ...["--scenarios", "latency", "--rounds", "1", "--duration", "0.1", "--warmup", "0"],
    ...["--no-ceiling", "--out", `${folder}/run`],
  );
  await deno("bundle", "--quiet", "--output", "/dev/null", "servers/launch/cache.ts");
  for (const { name } of Deno.readDirSync(denoDir)) {
    if (name !== "npm" && name !== "dl") {
      await Deno.remove(`${denoDir}/${name}`, { recursive: true });
    }
  }
}

async function headerOf(target: string, digest: string): Promise<string> {
  const text = await Deno.readTextFile(new URL("header.sh", import.meta.url));
  const values: Readonly<Record<string, string>> = {
    VERSION,
    TARGET: target,
    DIGEST: digest,
    LINES: String(text.split("\n").length),
  };
  return text.replaceAll(/@([A-Z]+)@/g, (_, name) => values[name]!);
}

if (import.meta.main) {
  const [target = Deno.build.target] = Deno.args;
  if (TARGETS[target] === undefined) {
    const known = Object.keys(TARGETS).join(", ");
    printError(
      `error: Cannot make an executable for "${
        target.slice(0, 60)
      }": known are ${known}; on Windows npm's package works`,
    );
    Deno.exit(2);
  }
  const path = await makeExecutable(decodeURIComponent(new URL("dist", ROOT).pathname), target);
  print(`${path}: ${megabytes(path)}`);
}
