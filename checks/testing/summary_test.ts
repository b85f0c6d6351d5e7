import { deepEqual, equal } from "node:assert/strict";
import { summaryOf } from "./summary.ts";

const SETUP = "What installs or builds it: npx -y deno task setup";

/** A report of `deno test` of these tests; a name in the list of those filtered out was not looked at. */
async function reportOf(program: string, ...args: string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/some_test.ts`, program);
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: [
        "test",
        "--no-config",
        "--no-check",
        "--quiet",
        `--junit-path=${folder}/report.xml`,
        ...args,
      ],
      cwd: folder,
      stdout: "null",
      stderr: "null",
    }).output();
    equal(code, 0);
    return await Deno.readTextFile(`${folder}/report.xml`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const PROGRAM = `
  const skip = (name) => Deno.test.ignore(name, () => {});
  skip("a <b> (skipped: no bun on the PATH: npm install)");
  skip("c \\"d\\" (skipped: no bun on the PATH: npm install)");
  skip("e (skipped: no Python with the modules a b: pip & <more>)");
  skip("f (skipped: no Linux, as this is darwin)");
  skip("g is ignored for another reason");
  Deno.test("h (skipped: this runs)", async (test) => {
    await test.step({ name: "i", ignore: true, fn() {} });
  });
`;

Deno.test("summaryOf() counts the skipped tests by what is missing, the most first", async () => {
  const report = await reportOf(PROGRAM);
  deepEqual(summaryOf(report, true), [
    "4 tests were skipped because something is missing:",
    "    2  no bun on the PATH",
    "    1  no Python with the modules a b",
    "    1  no Linux, as this is darwin",
    SETUP,
    "",
  ]);
  deepEqual(summaryOf(report, false), [
    "4 tests were skipped because something is missing:",
    "    2  no bun on the PATH: npm install",
    "    1  no Python with the modules a b: pip & <more>",
    "    1  no Linux, as this is darwin",
    "",
  ]);
});

Deno.test("summaryOf() leaves out what was filtered out, and names no command that would not help", async () => {
  deepEqual(summaryOf(await reportOf(PROGRAM, "--filter=f ("), true), [
    "1 test was skipped because something is missing:",
    "    1  no Linux, as this is darwin",
    "",
  ]);
});

Deno.test("summaryOf() says nothing if nothing was skipped, or there is no report", async () => {
  deepEqual(summaryOf(await reportOf(PROGRAM, "--filter=this runs"), true), []);
  deepEqual(summaryOf("", true), []);
});
