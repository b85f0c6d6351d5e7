/**
 * `deno task test`: runs the tests, and says at the end how many were skipped because something was missing. Arguments
 * are passed on to `deno test`; with your own `--junit-path` nothing is said at the end. If they name no files, all are
 * run (`suite.ts`).
 */

import { suiteOf } from "./suite.ts";
import { summaryOf } from "./summary.ts";

const REPORT = "--junit-path";

/** Debian and its relatives have it: there `deno task setup` works. */
const DEBIAN = "/etc/debian_version";

/** What ends the tests, where the system has such signals. */
const ENDS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs the tests with arguments of `deno test`, and returns its exit code. */
async function runTests(args: readonly string[]): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-tests-" });
  const report = `${folder}/report.xml`;
  const isOwn = args.some((arg) => arg.split("=")[0] === REPORT);
  try {
    const isAll = args.every((arg) => arg.startsWith("-"));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--parallel", "--doc"]
        .concat(isOwn ? [] : `${REPORT}=${report}`, args, isAll ? suiteOf(Deno.cwd(), folder) : []),
      // Some tests wait for a deadline: meanwhile another file has the processor.
      env: { DENO_JOBS: Deno.env.get("DENO_JOBS") ?? `${navigator.hardwareConcurrency + 1}` },
    }).spawn();
    // The child decides how it ends, and this program must not end before it.
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
