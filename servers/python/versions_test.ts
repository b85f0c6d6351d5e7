/** The servers in Python under each other Python that has their modules: Debian's versions are years older. */

import { deepEqual, equal, match } from "node:assert/strict";
import { noteOfBuild, placeOfBuild } from "../launch/builds.ts";
import { pythons } from "../launch/programs.ts";
import { openPeer } from "../testing/peer.ts";
import {
  commandOf,
  lackOfServer,
  runProcess,
  startProcess,
  testServer,
  within,
} from "../testing/process.ts";
import type { ServerEntry } from "../types.ts";
import { servers } from "./servers.ts";

const place = placeOfBuild("python");
const own = place && noteOfBuild(place) ? place.out : undefined;

/** Those of the PATH by the file that they are, as `/bin` often is `/usr/bin`; that of setup is a link to one of them. */
const candidates: readonly string[] = [
  ...pythons(() => undefined, own),
  ...new Map(
    pythons((name) => Deno.env.get(name), undefined)
      .filter((path) => path.endsWith("/python3") && isThere(path)).toReversed()
      .map((path) => [Deno.realPathSync(path), path]),
  ).values(),
];

for (const entry of servers) {
  if (lackOfServer(entry)) continue;
  const [taken, ...args] = commandOf(entry);
  for (const python of candidates.filter((one) => one !== taken)) {
    const other: ServerEntry = {
      ...entry,
      launch: { by: "contract", command: () => [python, ...args] },
    };
    testServer(other, `runs under ${python}, too`, async (test) => {
      const { code, stderr } = await runProcess(other, "--help");
      if (code !== 0) match(stderr, /^Cannot find the Python module [^\n]+\n$/);
      await test.step({
        name: code === 0 ? "answers and ends" : `left out: ${stderr.trim()}`,
        ignore: code !== 0,
        fn: () => answersAndEnds(other),
      });
    });
  }
}

async function answersAndEnds(entry: ServerEntry): Promise<void> {
  await using server = await startProcess(entry);
  for (const path of ["/echo", "/room/1"]) {
    const peer = await openPeer[entry.protocol]!(server.origin, path);
    for (const message of ["wsmark → 🦕", new Uint8Array([1, 2, 3])]) {
      deepEqual(await peer.ask(message), message);
    }
    equal(await peer.close(4001), entry.protocol === "websocket" ? 4001 : "io client disconnect");
  }
  server.kill("SIGTERM");
  deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
