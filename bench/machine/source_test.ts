import assert from "node:assert/strict";
import { sourceFacts } from "./source.ts";
import { fakeSystem } from "./testing.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

Deno.test("sourceFacts() gives the commit and how many files differ from it", () => {
  const said = [
    `# branch.oid ${COMMIT}`,
    "# branch.head main",
    "1 .M N... 100644 100644 100644 1 1 a.ts",
    "2 R. N... 100644 100644 100644 1 1 R100 b.ts\tc.ts",
  ];
  const system = fakeSystem({}, { run: () => said.join("\n") });
  assert.deepEqual(sourceFacts(system, () => undefined), [
    { group: "Source", name: "Commit", value: COMMIT },
    { group: "Source", name: "Changed files", value: 2, unit: "files" },
  ]);
});

Deno.test("sourceFacts() takes what continuous integration says where git says nothing", () => {
  const variable = (name: string) => name === "GITHUB_SHA" ? COMMIT : undefined;
  assert.deepEqual(sourceFacts(fakeSystem({}), variable).map(({ value }) => value), [COMMIT]);
  const wrong = sourceFacts(fakeSystem({}), () => "HEAD; rm");
  assert.deepEqual(wrong.map(({ value }) => value), [
    { absent: "the run was not started in a git repository" },
  ]);
});

Deno.test("sourceFacts() has no commit of a repository without one", () => {
  const system = fakeSystem({}, { run: () => "# branch.oid (initial)\n# branch.head main\n" });
  assert.equal(typeof sourceFacts(system, () => undefined)[0]!.value, "object");
});
