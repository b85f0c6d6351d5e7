/** What all servers in Go share, run as one of them. */

import { deepEqual, equal, match } from "node:assert/strict";
import { testCertificate } from "../../checks/testing/certificate.ts";
import order from "../document.json" with { type: "json" };
import { servers } from "../mod.ts";
import { runProcess, startProcess, testServer, within } from "../testing/process.ts";
import { wrongOptions } from "../testing/wrong_options.ts";
import copy from "./contract/document.json" with { type: "json" };

const gorilla = servers.find(({ id }) => id === "gorilla")!;

Deno.test("the document of the servers in Go is that of all: Go embeds only what is beside its sources", () => {
  deepEqual(copy, order);
});

for (const [what, { options, says }] of Object.entries(wrongOptions)) {
  testServer(gorilla, `refuses ${what}`, async () => {
    const { code, stdout, stderr } = await runProcess(gorilla, ...options);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, says);
  });
}

testServer(gorilla, "refuses an unknown mode, and one that it lacks", async () => {
  equal(
    (await runProcess(gorilla, "--deflate", "sometimes")).stderr,
    "Unknown --deflate 'sometimes'; give takeover or no-takeover\n",
  );
  deepEqual(await runProcess(gorilla, "--deflate=takeover"), {
    code: 2,
    stdout: "",
    stderr:
      "gorilla has no --deflate takeover, as it compresses each message by itself; leave it out\n",
  });
});

testServer(gorilla, "refuses a private key of another certificate", async () => {
  await using one = await testCertificate();
  await using other = await testCertificate();
  const [certificate] = one.pem.split(/^(?=-----BEGIN PRIVATE)/m);
  const [, key] = other.pem.split(/^(?=-----BEGIN PRIVATE)/m);
  await Deno.writeTextFile(one.path, certificate! + key!);
  match(
    (await runProcess(gorilla, "--tls", one.path)).stderr,
    /^Cannot read --tls '.+': .*match.*; give a PEM file with the certificate and its private key\n$/,
  );
});

testServer(gorilla, "shows its options and notes with --help", async () => {
  const { code, stdout, stderr } = await runProcess(gorilla, "--help");
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /--port N .*\(default 8765\)\n.*--hostname H .*\(default 127\.0\.0\.1\)/);
  match(stdout, /\nGOMAXPROCS is \d+: /);
});

testServer(gorilla, "goes on when stdin is /dev/null, until SIGINT", async () => {
  await using server = await startProcess(gorilla, { stdin: "null" });
  const response = await fetch(server.origin.replace("ws:", "http:"));
  equal(response.status, 200);
  await response.body?.cancel();
  server.kill("SIGINT");
  deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
});
