import { equal, match } from "node:assert/strict";
import { needing } from "./needs.ts";

const SCRIPT = new URL("../../.ci/failed_tests.awk", import.meta.url).pathname;

/** What CI says at its end of tests that are the content of one file. */
async function saidOf(content: string, most = 28): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/some_test.ts`, content);
    const tests = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--quiet", "--no-check", "--no-config"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    await Deno.writeFile(`${folder}/log`, new Uint8Array([...tests.stdout, ...tests.stderr]));
    const { stdout } = await new Deno.Command("awk", {
      args: ["-v", `most=${most}`, "-f", SCRIPT, `${folder}/log`],
    }).output();
    return new TextDecoder().decode(stdout).split("\n").slice(0, -1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function failing(count: number): string {
  return `for (let one = 1; one <= ${count}; one++) {
    Deno.test(\`test \${one}\`, () => { throw new Error("it is\\n\\nwrong"); });
  }`;
}

for (
  const [title, content, expected] of [
    ["a test", failing(1), [
      "test 1 => ./some_test.ts:2:10",
      "    error: Error: it is",
      "    wrong",
      /^ {4}\s+Deno\.test/,
      /^ +\^$/,
    ]],
    ["nothing of tests that are right", 'Deno.test("right", () => {});', []],
    ["an error that no test has caught", 'setTimeout(() => { throw new Error("late"); });', [
      "./some_test.ts (uncaught error)",
      "    error: Error: late",
      /^ {4}setTimeout/,
      /^ +\^$/,
      /^ {4}This error was not caught/,
      /^ {4}It most likely/,
    ]],
    ["a module that is not there", 'import "./nowhere.ts";', [/^error: Module not found /]],
  ] as const
) {
  Deno.test(needing("awk", {
    name: `CI names ${title} at its end`,
    async fn() {
      const said = await saidOf(content);
      equal(said.length, expected.length, said.join("\n"));
      for (const [at, line] of expected.entries()) {
        if (typeof line === "string") equal(said[at], line);
        else match(said[at]!, line);
      }
    },
  }));
}

Deno.test(needing("awk", {
  name: "CI names as many failed tests as it has lines for",
  async fn() {
    const some = await saidOf(failing(10));
    equal(some.length, 20);
    equal(some.filter((line) => line.startsWith("test ")).length, 10);
    const said = await saidOf(failing(40));
    equal(said.length, 28);
    equal(said[26], "test 27 => ./some_test.ts:2:10");
    equal(said[27], "… and 13 more");
  },
}));
