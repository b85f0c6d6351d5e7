import { deepEqual, match } from "node:assert/strict";
import { inFolder } from "../../bench/testing/folder.ts";
import { suiteOf } from "./suite.ts";

const PURE = `Deno.test("a", () => {});\n`;

/** The suite of a folder with some files; for a module its name, and the paths of what it imports. */
async function suite(files: Readonly<Record<string, string>>): Promise<(string | string[])[]> {
  let found: (string | string[])[] = [];
  await inFolder((root) =>
    inFolder((into) => {
      for (const [path, text] of Object.entries(files)) {
        Deno.mkdirSync(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
        Deno.writeTextFileSync(`${root}/${path}`, text);
      }
      found = suiteOf(root, into).map((path) => {
        if (!path.startsWith(into)) return path;
        const text = Deno.readTextFileSync(path);
        match(text, /^(?:import ".*";\n)+$/);
        const imports = [...text.matchAll(/"(.*)"/g)].map(([, url]) => url!.split(`${root}/`)[1]!);
        return [path.slice(into.length + 1), ...imports];
      });
    })
  );
  return found;
}

Deno.test("suiteOf() joins the files of a folder that start nothing, and has the longest first", async () => {
  deepEqual(
    await suite({
      "a/one_test.ts": PURE,
      "a/two_test.ts": PURE,
      "a/more/one_test.ts": PURE,
      "a/more/two_test.ts": PURE,
      "a/more/no.ts": PURE,
      "b/alone_test.ts": PURE,
      "cli/main_test.ts": "new Deno.Command(program)",
    }),
    [
      "cli/main_test.ts",
      "b/alone_test.ts",
      ["a-more_test.ts", "a/more/one_test.ts", "a/more/two_test.ts"],
      ["a_test.ts", "a/one_test.ts", "a/two_test.ts"],
    ],
  );
});

Deno.test("suiteOf() leaves alone what starts something or has snapshots, and out what is not the project's", async () => {
  const alone = [
    "new Deno.Command(program)",
    "await startServer(entry)",
    "runTrial(plan)",
    "browserTest(name, fn)",
    "await t.assertSnapshot(text)",
    "Deno.test.afterAll(stop)",
  ].map((text, index) => [`a/${index}_test.ts`, text] as const);
  const foreign = ["node_modules/a", ".git", "results"].flatMap((folder) =>
    ["one", "two"].map((name) => [`${folder}/${name}_test.ts`, PURE] as const)
  );
  deepEqual(
    await suite(Object.fromEntries([...alone, ...foreign])),
    alone.map(([path]) => path),
  );
});

Deno.test("suiteOf() has what has examples that Deno runs", async () => {
  const block = (word: string): string => `\`\`\`${word}\nconst a = 1;\n\`\`\`\n`;
  const comment = `/**\n * @example\n * \`\`\`\n * 1;\n * \`\`\`\n */\n`;
  deepEqual(
    await suite({
      "a.md": block("ts"),
      "b.md": block("sh"),
      "c.md": block("js"),
      "d.ts": comment,
      "e.ts": "const a = `\n```ts`",
      "f.d.ts": comment,
    }),
    ["a.md", "c.md", "d.ts", "e.ts"],
  );
});
