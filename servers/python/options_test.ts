import { deepEqual, equal, match } from "node:assert/strict";
import { testCertificate } from "../../checks/testing/certificate.ts";
import { runPython, testPython } from "../testing/python.ts";
import { wrongOptions } from "../testing/wrong_options.ts";

const PARSE = `
import options
lacks = {"takeover": "it forgets"}
print(*options.parse_options(sys.argv[1:], "mine", lacks, "the usage"))`;

for (const [what, { options, says }] of Object.entries(wrongOptions)) {
  testPython(`parse_options() refuses ${what}`, async () => {
    const { code, stdout, stderr } = await runPython(PARSE, ...options);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, says);
  });
}

testPython("parse_options() refuses an unknown mode, and one that the server lacks", async () => {
  equal(
    (await runPython(PARSE, "--deflate", "sometimes")).stderr,
    "Unknown --deflate 'sometimes'; give takeover or no-takeover\n",
  );
  deepEqual(await runPython(PARSE, "--deflate=takeover"), {
    code: 2,
    stdout: "",
    stderr: "mine has no --deflate takeover, as it forgets; leave it out\n",
  });
});

testPython("parse_options() reads them all", async () => {
  await using certificate = await testCertificate();
  const { path } = certificate;
  const all = ["--hostname=[::1]", "--port", "80", "--tls", path, "--deflate=no-takeover"];
  match(
    (await runPython(PARSE, ...all)).stdout,
    /^::1 80 Transport\(certificate='.+\.pem', tls=<ssl\.SSLContext .+>, deflate='no-takeover'\)\n$/,
  );
});

testPython("parse_options() refuses a private key of another certificate", async () => {
  await using one = await testCertificate();
  await using other = await testCertificate();
  const [certificate] = one.pem.split(/^(?=-----BEGIN PRIVATE)/m);
  const [, key] = other.pem.split(/^(?=-----BEGIN PRIVATE)/m);
  await Deno.writeTextFile(one.path, certificate! + key!);
  match(
    (await runPython(PARSE, "--tls", one.path)).stderr,
    /^Cannot read --tls '.+': .*mismatch.*; give a PEM file with the certificate and its private key\n$/i,
  );
});
