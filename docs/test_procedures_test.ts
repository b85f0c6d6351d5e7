import assert from "node:assert/strict";
import { chooseScenarios } from "../bench/plan/cases.ts";
import { Warning } from "../measure/model/result_schema.ts";

const read = (name: string): string => Deno.readTextFileSync(new URL(name, import.meta.url));

Deno.test("test-procedures.md has a section for every scenario, with how to repeat it", () => {
  const sections = read("./test-procedures.md").split(/^## /m);
  for (const { scenario: { id, title } } of chooseScenarios(["all"], {})) {
    const section = sections.find((one) => one.startsWith(`${id}: ${title}\n`));
    assert.ok(section !== undefined, id);
    for (const part of ["Purpose", "Set-up", "Steps", "Recorded", "Repeat", "By hand"]) {
      assert.ok(section.includes(`- **${part}.**`), `${id}: ${part}`);
    }
    assert.ok(section.includes(`deno task bench --scenarios ${id}`), id);
  }
});

Deno.test("the files that the documentation names exist", () => {
  for (
    const name of [
      "./extending.md",
      "./method.md",
      "./reference.md",
      "./security.md",
      "./studies.md",
      "./test-procedures.md",
    ]
  ) {
    for (const [, path] of read(name).matchAll(/`((?:[\w-]+\/)+[\w-]+\.ts)`/g)) {
      assert.ok(Deno.statSync(new URL(`../${path}`, import.meta.url)).isFile, path!);
    }
  }
});

Deno.test("method.md explains every kind of warning", () => {
  const kinds = Warning.options.map(({ shape }) => shape.kind.value);
  assert.ok(kinds.length > 15);
  const table = read("./method.md");
  for (const kind of kinds) assert.match(table, new RegExp(`^\\| ${kind} +\\|`, "m"));
});
