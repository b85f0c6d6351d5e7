import { equal, match, ok } from "node:assert/strict";
import { needing } from "./needs.ts";

const PROGRAM = `
  Deno.test.ignore("a (skipped: no bun on the PATH: npm install)", () => {});
  Deno.test("right", () => {});
  Deno.test("wrong", () => { throw new Error("as it should"); });
  Deno.test("endless", async () => {
    await Deno.writeTextFile("pid", String(Deno.pid));
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
`;

/** Runs the tests of a folder. */
async function inTests(
  args: readonly string[],
  meanwhile: (runner: Deno.ChildProcess, folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ code: number; stdout: string }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/some_test.ts`, PROGRAM);
    const runner = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", import.meta.resolve("./run.ts"), ...args],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const [{ code }, stdout] = await Promise.all([
      runner.status,
      runner.stdout.text(),
      meanwhile(runner, folder),
    ]);
    return { code, stdout };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const LAST =
  /\n {4}1 {2}no bun on the PATH.*\n(?:What installs or builds it: npx -y deno task setup\n)?\n$/;

Deno.test("runTests() passes arguments and exit code on, and says at the end what was skipped", async () => {
  const all = await inTests(["--filter=/right|wrong|skipped/"]);
  equal(all.code, 1);
  match(all.stdout, /\nFAILED \| 1 passed \| 1 failed \| 1 ignored/);
  match(all.stdout, LAST);
  const right = await inTests(["--filter=right", "some_test.ts"]);
  equal(right.code, 0);
  match(right.stdout, /\nok \| 1 passed \| 0 failed.*\n\n$/);
});

Deno.test("runTests() leaves the user's own report alone", async () => {
  const { code, stdout } = await inTests(["--filter=/right|skipped/", "--junit-path=own.xml"]);
  equal(code, 0);
  match(stdout, /\nok \| 1 passed \| 0 failed \| 1 ignored.*\n\n$/);
});

for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(needing("Unix", {
    name: `runTests() ends with its tests on ${signal}`,
    async fn() {
      let tests = 0;
      const { code } = await inTests(["--filter=endless"], async (runner, folder) => {
        while (!(tests > 0)) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          tests = Number(await Deno.readTextFile(`${folder}/pid`).catch(() => ""));
        }
        runner.kill(signal);
      });
      equal(code, expected);
      ok(!isThere(tests), "the tests have ended");
    },
  }));
}

function isThere(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
