import assert from "node:assert/strict";
import { chooseEngine, hasEpoll } from "./engine.ts";
import { UsageError } from "../usage.ts";

const onLinux = Deno.build.os === "linux";

Deno.test("chooseEngine() takes tcp anywhere", () => {
  assert.deepEqual(chooseEngine("tcp"), { id: "tcp" });
});

Deno.test("chooseEngine() decides for epoll on Linux, elsewhere for tcp with the reason", () => {
  assert.equal(hasEpoll(), onLinux);
  assert.deepEqual(
    chooseEngine("auto"),
    onLinux
      ? { id: "epoll" }
      : { id: "tcp", reason: `epoll is there on Linux only, this is ${Deno.build.os}` },
  );
});

Deno.test("chooseEngine() takes epoll on Linux, and refuses it elsewhere", () => {
  if (onLinux) return assert.deepEqual(chooseEngine("epoll"), { id: "epoll" });
  assert.throws(() => chooseEngine("epoll"), {
    name: "UsageError",
    message:
      `The engine epoll cannot be used: epoll is there on Linux only, this is ${Deno.build.os}`,
  });
});

for (
  const [word, message] of [
    ["epol", 'Unknown engine "epol", did you mean "epoll"? Known: auto, epoll, tcp'],
    ["io_uring", 'Unknown engine "io_uring". Known: auto, epoll, tcp'],
    ["", 'Unknown engine "". Known: auto, epoll, tcp'],
    ["all", 'Unknown engine "all". Known: auto, epoll, tcp'],
  ] as const
) {
  Deno.test(`chooseEngine() refuses "${word}" in one line with those that are known`, () => {
    assert.throws(() => chooseEngine(word), (error: Error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, message);
      return true;
    });
  });
}

Deno.test("chooseEngine() needs FFI for epoll, and says so without it", async () => {
  const program = `
    import { chooseEngine } from ${JSON.stringify(import.meta.resolve("./engine.ts"))};
    console.log(JSON.stringify(chooseEngine("auto")));
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { stdout, stderr } = await child.output();
  assert.equal(new TextDecoder().decode(stderr), "");
  const { id, reason } = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(id, "tcp");
  assert.match(reason, onLinux ? /^FFI is not permitted \(--allow-ffi\)$/ : /^epoll is /);
});

Deno.test("chooseEngine() takes tcp if there is TLS, and refuses epoll in one line", () => {
  const reason = "epoll carries no TLS, and all cases of a run have the same engine";
  assert.deepEqual(chooseEngine("auto", true), { id: "tcp", reason });
  assert.deepEqual(chooseEngine("tcp", true), { id: "tcp" });
  assert.throws(() => chooseEngine("epoll", true), {
    name: "UsageError",
    message: `The engine epoll cannot be used: ${reason}; leave --engine epoll out`,
  });
});
