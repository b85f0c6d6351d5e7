import { equal, match } from "node:assert/strict";
import { freePort } from "../../checks/testing/port.ts";

/** Runs `serve` until it has printed its last line. */
async function served(...options: string[]): Promise<{ stdout: string; stderr: string }> {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--allow-all", new URL("../wsmark.ts", import.meta.url).pathname],
      ...["serve", "--port", String(port), ...options],
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = child.stderr.text();
  let stdout = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    stdout += text;
    if (stdout.includes("Ctrl-C")) child.kill("SIGINT");
  }
  await child.status;
  const stderr = await errors;
  return { stdout: stdout.replaceAll(String(port), "PORT"), stderr };
}

Deno.test("serve --tls prints links of wss: and https:, and where the certificate is", async () => {
  const { stdout, stderr } = await served("--servers", "native", "--tls");
  equal(stderr, "");
  match(stdout, /^native +wss:\/\/127\.0\.0\.1:PORT\/ /);
  match(stdout, /^Certificate: \S+localhost\.pem \(for localhost, .*\)$/m);
  match(stdout, /^Page: https:\/\/127\.0\.0\.1:PORT\/ /m);
});

Deno.test("serve prints links of ws: and http:, and no certificate", async () => {
  const { stdout } = await served("--servers", "native");
  match(stdout, /^native +ws:\/\/127\.0\.0\.1:PORT\/ /);
  match(stdout, /^Page: http:\/\/127\.0\.0\.1:PORT\/ /m);
  equal(stdout.includes("Certificate"), false);
});
