import assert from "node:assert/strict";
import { packageVersions } from "./packages.ts";

const LOCK = {
  version: "5",
  specifiers: {
    "npm:@types/ws@8": "8.18.1",
    "npm:socket.io@^4.8.1": "4.8.3_bufferutil@4.0.9_utf-8-validate@6.0.5",
    "npm:ws@^8.18.3": "8.21.3",
    "jsr:@std/assert@1": "1.0.13",
  },
  npm: { "ws@8.21.3": { integrity: "sha512-" } },
  workspace: {
    dependencies: [
      "jsr:@std/assert@1",
      "jsr:@std/cli@1",
      "npm:socket.io@^4.8.1",
      "npm:ws@^8.18.3",
      "npm:zod@^4.1.0",
    ],
    links: { "jsr:@std/cli@1.0.99": { dependencies: ["npm:minimist@^1.2.8"] } },
  },
};

Deno.test("packageVersions() lists every direct dependency, resolved or not", () => {
  assert.deepEqual(packageVersions(LOCK), [
    { group: "Packages", name: "@std/assert", value: "1.0.13" },
    { group: "Packages", name: "@std/cli", value: "1.0.99, a stand-in within wsmark" },
    { group: "Packages", name: "socket.io", value: "4.8.3" },
    { group: "Packages", name: "ws", value: "8.21.3" },
    { group: "Packages", name: "zod", value: { absent: "the lock file does not resolve it" } },
  ]);
});

Deno.test("packageVersions() takes all specifiers if the lock has no workspace", () => {
  assert.deepEqual(packageVersions({ version: "5", specifiers: { "npm:ws@*": "8.21.3" } }), [
    { group: "Packages", name: "ws", value: "8.21.3" },
  ]);
});

Deno.test("packageVersions() says that there is no lock", () => {
  for (const lock of [null, undefined, "text", [], {}, { specifiers: [] }]) {
    assert.deepEqual(packageVersions(lock), [{
      group: "Packages",
      name: "Versions",
      value: { absent: "there is no lock file with specifiers" },
    }]);
  }
});
