import { deepEqual, equal } from "node:assert/strict";
import { runsIn, runsInWords } from "./runs_nearby.ts";

Deno.test("runsIn() finds the folders of runs, the newest first", () => {
  const folder = Deno.makeTempDirSync();
  try {
    equal(runsInWords(1, folder), `there is none in ${folder}/ yet`);
    for (
      const [name, file, second] of [
        ["a", "plan.json", 3],
        ["b", "results.json", 5],
        ["c", "plan.json", 4],
        ["notes", "other.txt", 9],
      ] as const
    ) {
      Deno.mkdirSync(`${folder}/${name}`);
      Deno.writeTextFileSync(`${folder}/${name}/${file}`, "{}");
      Deno.utimeSync(`${folder}/${name}/${file}`, second, second);
    }
    Deno.writeTextFileSync(`${folder}/README.md`, "");
    deepEqual(runsIn(folder), ["b", "c", "a"].map((name) => `${folder}/${name}`));
    equal(runsInWords(1, folder), `the newest is ${folder}/b`);
    equal(runsInWords(2, folder), `the newest are ${folder}/c and ${folder}/b`);
    deepEqual(runsIn(`${folder}/nothing`), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
