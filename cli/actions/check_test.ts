import assert from "node:assert/strict";
import { COMMITTED } from "../../measure/history/testdata.ts";
import type { Result } from "../../measure/model/result.ts";
import { formats } from "../../report/mod.ts";

const PROGRAM = new URL("../wsmark.ts", import.meta.url).pathname;

const RESULT: Result = {
  ...COMMITTED,
  trials: COMMITTED.trials.map((one, index) => ({ ...one, trial: index + 1 })),
};

async function checked(folder: string): Promise<{ code: number; said: string; error: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", PROGRAM, "check", folder],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout), error: decoder.decode(stderr) };
}

Deno.test("check says of a folder whether it was changed, and what it may be quoted for", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const id of ["json", "proof"]) {
      for (const { path, content } of await formats.find((one) => one.id === id)!.render(RESULT)) {
        await Deno.writeTextFile(`${folder}/${path}`, content as string);
      }
    }
    const whole = await checked(folder);
    assert.match(whole.said, /It is as it was written\./);
    assert.match(whole.said, /It may be quoted for\n +Throughput: Rate of native and ws, within ±/);
    assert.equal(whole.code, 0, whole.said);

    const path = `${folder}/results.json`;
    const text = await Deno.readTextFile(path);
    const changed = JSON.parse(text);
    changed.trials[2].metrics.rate = 1e6;
    await Deno.writeTextFile(path, JSON.stringify(changed));
    const other = await checked(folder);
    assert.match(other.said, /Trial 3 was changed\./);
    assert.match(other.said, /Nothing: it was changed\./);
    assert.equal(other.code, 1);

    await Deno.writeTextFile(path, text);
    await Deno.writeTextFile(`${folder}/proof.json`, "{");
    const broken = await checked(folder);
    assert.equal(broken.code, 2);
    assert.match(
      broken.error,
      /^error: .*proof\.json is no proof of this version of wsmark, or damaged/,
    );

    await Deno.remove(`${folder}/proof.json`);
    const without = await checked(folder);
    assert.match(without.said, /There is no proof\.json/);
    assert.equal(without.code, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
