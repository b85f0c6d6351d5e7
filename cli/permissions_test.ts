import assert from "node:assert/strict";

const program = new URL("./wsmark.ts", import.meta.url).href;

/** Runs the program with something denied. */
async function without(
  name: string,
  ...args: readonly string[]
): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", `--deny-${name}`, program, ...args],
    stdin: "null",
    stdout: "null",
    env: { NO_COLOR: "1" },
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

for (const name of ["write", "net", "env", "run", "sys", "ffi"]) {
  Deno.test(`requirePermissions() says in one line that ${name} is missing, before anything starts`, async () => {
    const { code, stderr } = await without(name, "--servers", "native", "--tls");
    assert.match(stderr, new RegExp(`^error: Trials need all .* granted for ${name}: start .*\n$`));
    assert.equal(code, 2);
  });
}

Deno.test("serve, verify and resume need all permissions, too", async () => {
  for (const args of [["serve"], ["verify"], ["resume", "."]]) {
    const { code, stderr } = await without("net", ...args);
    assert.match(stderr, /^error: Trials need all .*\n$/);
    assert.equal(code, 2);
  }
});

Deno.test("main() says in one line which permission a command lacks that starts nothing", async () => {
  const { code, stderr } = await without("env", "list");
  assert.match(stderr, /^error: Requires env access to .*: start it with --allow-all\n$/);
  assert.equal(code, 2);
});

Deno.test("main() says in one line that it may not read its own files", async () => {
  for (const args of [["list"], ["lst"], ["--servers", "native"]]) {
    const { code, stderr } = await without("read", ...args);
    assert.match(stderr, /^error: Requires read access to .*: start it with --allow-all\n$/);
    assert.equal(code, 2);
  }
  assert.deepEqual(await without("read", "--version"), { code: 0, stderr: "" });
});
