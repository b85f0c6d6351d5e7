/**
 * `deno task test`: runs the tests, and says last how many were skipped for want of what. Arguments go on to
 * `deno test`; with a `--junit-path` of one's own nothing is said last.
 */

import { summaryOf } from "./summary.ts";

const REPORT = "--junit-path";

/** Debian and its relatives have it: there `deno task setup` works. */
const DEBIAN = "/etc/debian_version";

/** What ends the tests, where the system has such signals. */
const ENDS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs the tests.
 *
 * @param args of `deno test`
 * @returns its exit code
 */
async function runTests(args: readonly string[]): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-tests-" });
  const report = `${folder}/report.xml`;
  const isOwn = args.some((arg) => arg.split("=")[0] === REPORT);
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--parallel", "--doc"]
        .concat(isOwn ? [] : `${REPORT}=${report}`, args),
      // Some wait for what has to time out: meanwhile another file has the processor.
      env: { DENO_JOBS: Deno.env.get("DENO_JOBS") ?? `${navigator.hardwareConcurrency + 1}` },
    }).spawn();
    // It decides itself how to end; whoever waits for it must not end before it.
    for (const signal of ENDS) Deno.addSignalListener(signal, () => pass(signal, child));
    const { code } = await child.status;
    const junit = await Deno.readTextFile(report).catch(() => "");
    const lines = summaryOf(junit, await isFile(DEBIAN)).map((line) => `${line}\n`);
    await new Blob(lines).stream().pipeTo(Deno.stdout.writable, { preventClose: true });
    return code;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function pass(signal: Deno.Signal, child: Deno.ChildProcess): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended just now.
  }
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}

if (import.meta.main) Deno.exit(await runTests(Deno.args));
