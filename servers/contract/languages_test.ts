/** What all servers of a language that has a contract of its own share, run as one of them. */

import { deepEqual, equal, match } from "node:assert/strict";
import { testCertificate } from "../../checks/testing/certificate.ts";
import order from "../document.json" with { type: "json" };
import copy from "../go/contract/document.json" with { type: "json" };
import { interpreters } from "../launch/interpreters.ts";
import { languages } from "../launch/languages.ts";
import { servers } from "../mod.ts";
import { runProcess, startProcess, testServer, within } from "../testing/process.ts";
import { wrongOptions } from "../testing/wrong_options.ts";
import type { ServerEntry } from "../types.ts";

/** The first server of each; what those in Python share is tested beside it. */
const samples: readonly ServerEntry[] = [...Object.keys(languages), ...Object.keys(interpreters)]
  .filter((language) => language !== "python")
  .map((language) =>
    servers.find(({ launch }) => launch.by === "contract" && launch.runtime === language)!
  );

Deno.test("the document of the servers in Go is that of all: Go embeds only what is beside its sources", () => {
  deepEqual(copy, order);
});

for (const entry of samples) {
  for (const [what, { options, says }] of Object.entries(wrongOptions)) {
    testServer(entry, `refuses ${what}`, async () => {
      const { code, stdout, stderr } = await runProcess(entry, ...options);
      deepEqual({ code, stdout }, { code: 2, stdout: "" });
      match(stderr, says);
    });
  }

  testServer(entry, "refuses what it lacks", async () => {
    for (const [feature, why] of Object.entries(entry.lacks ?? {})) {
      const [options, what] = feature.endsWith("takeover")
        ? [[`--deflate=${feature}`], `--deflate ${feature}`]
        : [[`--${feature}`, "takeover"], `--${feature}`];
      deepEqual(await runProcess(entry, ...options), {
        code: 2,
        stdout: "",
        stderr: `${entry.id} has no ${what}, as ${why}; leave it out\n`,
      });
    }
  });

  testServer(entry, "refuses a private key of another certificate", async () => {
    await using one = await testCertificate();
    await using other = await testCertificate();
    const [certificate] = one.pem.split(/^(?=-----BEGIN PRIVATE)/m);
    const [, key] = other.pem.split(/^(?=-----BEGIN PRIVATE)/m);
    await Deno.writeTextFile(one.path, certificate! + key!);
    match(
      (await runProcess(entry, "--tls", one.path)).stderr,
      /^Cannot read --tls '.+': .*match.*; give a PEM file with the certificate and its private key\n$/,
    );
  });

  testServer(entry, "shows its options and notes with --help", async () => {
    const { code, stdout, stderr } = await runProcess(entry, "--help");
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    match(stdout, /--port N .*\(default 8765\)\n.*--hostname H .*\(default 127\.0\.0\.1\)/);
    match(stdout, /\n\n.* CPUs.*\n/);
  });

  testServer(entry, "goes on when stdin is /dev/null, until SIGINT", async () => {
    await using server = await startProcess(entry, { stdin: "null" });
    const response = await fetch(server.origin.replace("ws:", "http:"));
    equal(response.status, 200);
    await response.body?.cancel();
    server.kill("SIGINT");
    deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
  });
}
