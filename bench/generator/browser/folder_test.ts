import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { startChild } from "../../process/child.ts";

const PROGRAM = `
import { folderThatEnds } from ${JSON.stringify(new URL("./folder.ts", import.meta.url).href)};
const folder = folderThatEnds();
Deno.writeTextFileSync(folder + "/file", "");
console.log(folder);
await new Promise(() => setInterval(() => {}, 1000));
`;

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

Deno.test(needing("Unix", {
  name: "folderThatEnds() makes a folder that goes with a process that is killed",
  fn: async () => {
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-all",
        "--quiet",
        `data:text/javascript,${encodeURIComponent(PROGRAM)}`,
      ],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const folder = (await reader.read()).value!.trim();
    assert.ok(exists(folder), folder);
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    await until("the end of the folder", () => !exists(folder));
  },
}));

Deno.test(needing("Unix", {
  name: "folderThatEnds() makes a folder that goes with a process that is stopped by startChild()",
  fn: async () => {
    const child = startChild([
      ...[Deno.execPath(), "run", "--allow-all", "--quiet"],
      `data:text/javascript,${encodeURIComponent(PROGRAM)}`,
    ]);
    const folder = (await child.lines.next()).value!.trim();
    assert.ok(exists(folder), folder);
    await child.stop();
    await until("the end of the folder", () => !exists(folder));
  },
}));
