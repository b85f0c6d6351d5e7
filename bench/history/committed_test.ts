import assert from "node:assert/strict";
import { COMMITTED } from "../../measure/history/testdata.ts";
import { committedRuns } from "./committed.ts";
import { runsInFolders } from "./folders.ts";

async function git(cwd: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("git", {
    args: ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args],
    cwd,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("committedRuns() reads each version of each result, and says what it cannot read", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await git(folder, "init", "--quiet");
    await Deno.mkdir(`${folder}/bench`);
    for (const day of [1, 2, 3]) {
      const startedAt = `2026-01-0${day}T00:00:00.000Z`;
      const result = JSON.stringify({ ...COMMITTED, startedAt });
      await Deno.writeTextFile(`${folder}/bench/results.json`, result);
      await git(folder, "add", "-A");
      await git(folder, "commit", "--quiet", "-m", `day ${day}`);
    }
    await Deno.writeTextFile(`${folder}/results.json`, "{");
    await git(folder, "add", "-A");
    await git(folder, "commit", "--quiet", "-m", "broken");
    const { runs, leftOut } = await committedRuns("HEAD", folder);
    assert.deepEqual(runs.map(({ startedAt }) => startedAt.slice(0, 10)).sort(), [
      "2026-01-01",
      "2026-01-02",
      "2026-01-03",
    ]);
    assert.equal(leftOut.length, 1);
    assert.match(leftOut[0]!, /^results\.json \([0-9a-f]{10}\): /);
    await assert.rejects(committedRuns("--upload-pack=x", folder), /no branch, tag or commit/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runsInFolders() takes folders of runs, and those that hold them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["a", "b", "broken", "other"]) await Deno.mkdir(`${folder}/${name}`);
    for (const name of ["a", "b"]) {
      await Deno.writeTextFile(`${folder}/${name}/results.json`, JSON.stringify(COMMITTED));
    }
    await Deno.writeTextFile(`${folder}/broken/results.json`, "nothing");
    const { runs, leftOut } = await runsInFolders([folder]);
    assert.deepEqual(runs.map(({ name }) => name.slice(-2)), ["/a", "/b"]);
    assert.equal(leftOut.length, 1);
    assert.equal((await runsInFolders([`${folder}/a`])).runs.length, 1);
    await assert.rejects(runsInFolders([`${folder}/nowhere`]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
