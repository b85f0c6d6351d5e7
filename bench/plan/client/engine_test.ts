import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { chooseEngine, hasEpoll } from "./engine.ts";
import { UsageError } from "../../usage.ts";

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
    ["epol", 'Unknown engine "epol", did you mean "epoll"? Known: auto, epoll, uring, tcp'],
    ["io_uring", 'Unknown engine "io_uring". Known: auto, epoll, uring, tcp'],
    ["", 'Unknown engine "". Known: auto, epoll, uring, tcp'],
    ["all", 'Unknown engine "all". Known: auto, epoll, uring, tcp'],
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

Deno.test(needing("io_uring", {
  name: "chooseEngine() takes uring if it is asked for, and refuses it over TLS",
  fn() {
    assert.deepEqual(chooseEngine("uring"), { id: "uring" });
    assert.throws(() => chooseEngine("uring", true), {
      name: "UsageError",
      message: "The engine uring cannot be used: uring carries no TLS, and all cases of a run " +
        "have the same engine; leave --engine uring out",
    });
  },
}));

Deno.test(needing("Linux", {
  name: "chooseEngine() refuses uring in one line where the system forbids it, as containers do",
  async fn() {
    // A filter of system calls (seccomp(2)): number 425 fails with EPERM, all others are allowed.
    const program = `
      import { chooseEngine } from ${JSON.stringify(import.meta.resolve("./engine.ts"))};
      const { symbols: { prctl } } = Deno.dlopen("libc.so.6", {
        prctl: { parameters: ["i32", "u64", "buffer", "u64", "u64"], result: "i32" },
      });
      const filter = new BigUint64Array(4);
      const place = new DataView(filter.buffer);
      [[0x20, 0, 0, 0], [0x15, 0, 1, 425], [0x06, 0, 0, 0x50001], [0x06, 0, 0, 0x7fff0000]]
        .forEach(([code, yes, no, k], index) => {
          place.setUint16(8 * index, code, true);
          place.setUint8(8 * index + 2, yes);
          place.setUint8(8 * index + 3, no);
          place.setUint32(8 * index + 4, k, true);
        });
      const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(filter));
      const list = new BigUint64Array([4n, BigInt(address)]);
      if (prctl(38, 1, null, 0, 0) !== 0 || prctl(22, 2, list, 0, 0) !== 0) throw "no filter";
      console.log(JSON.stringify(chooseEngine("auto")));
      try {
        chooseEngine("uring");
      } catch ({ name, message }) {
        console.log(name, message);
      }
    `;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", program],
    }).output();
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.equal(
      new TextDecoder().decode(stdout),
      '{"id":"epoll"}\nUsageError The engine uring cannot be used: the system does not permit ' +
        "io_uring\n",
    );
  },
}));
