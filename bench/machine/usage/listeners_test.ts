import assert from "node:assert/strict";
import { parseListeners, strangerAt } from "./listeners.ts";
import { fakeSystem } from "../testing.ts";

const HEAD =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
/** A line of `/proc/net/tcp`; 1F90 is port 8080. */
const line = (port: string, state: string, inode: number): string =>
  `   0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  0  0 ${inode} 1 0 100 0 0 10 0\n`;

Deno.test("parseListeners() finds the sockets that listen at a port", () => {
  const text = HEAD + line("1F90", "0A", 11) + line("1F90", "01", 12) + line("1F91", "0A", 13);
  assert.deepEqual(parseListeners(text, 8080), ["11"]);
  assert.deepEqual(parseListeners(text, 80), []);
  assert.deepEqual(parseListeners("", 8080), []);
});

const stat = (pid: number, parent: number): string =>
  `${pid} (a) S ${parent} 0 0 0 0 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0\n`;

/** Process 7 has started 8, which listens at 8080; 9 is not related to them. */
const FILES = {
  "/proc/self/ns/net": "net:[1]",
  "/proc/7/ns/net": "net:[1]",
  "/proc/9/ns/net": "net:[1]",
  "/proc/7/stat": stat(7, 1),
  "/proc/8/stat": stat(8, 7),
  "/proc/9/stat": stat(9, 1),
  "/proc/7/fd/0": "/dev/null",
  "/proc/8/fd/5": "socket:[11]",
  "/proc/9/fd/5": "socket:[12]",
  "/proc/self/net/tcp6": HEAD + line("1F90", "0A", 11) + line("1F90", "01", 12),
};

Deno.test("strangerAt() knows a process by what it or those below it listen at", () => {
  const system = fakeSystem(FILES);
  assert.equal(strangerAt(8080, 7, system), undefined);
  assert.equal(
    strangerAt(8080, 9, system),
    "the process 9 does not listen at port 8080, another one does",
  );
  const below = fakeSystem({ ...FILES, "/proc/10/stat": stat(10, 8) });
  assert.equal(
    strangerAt(8080, 7, below, 10),
    "the process 7 is not the server's alone: wsmark runs below it, too",
  );
  assert.equal(
    strangerAt(8080, 8, fakeSystem({ ...FILES, "/proc/8/ns/net": "net:[1]" }), 8),
    undefined,
  );
});

Deno.test("strangerAt() believes what it cannot know", () => {
  assert.equal(strangerAt(8081, 9, fakeSystem(FILES)), undefined, "nobody listens there");
  const elsewhere = fakeSystem({ ...FILES, "/proc/9/ns/net": "net:[2]" });
  assert.equal(strangerAt(8080, 9, elsewhere), undefined, "it has its own network");
  assert.equal(strangerAt(8080, 10, fakeSystem(FILES)), undefined, "there is no such process");
  assert.equal(strangerAt(8080, 9, fakeSystem(FILES, { platform: "darwin" })), undefined);
  const closed = fakeSystem(FILES, {
    list(path) {
      if (path.endsWith("/fd")) throw new Deno.errors.PermissionDenied("no");
      return ["7", "8", "9"];
    },
  });
  assert.equal(strangerAt(8080, 9, closed), undefined, "its files may not be looked at");
});

Deno.test({
  name: "strangerAt() distinguishes this process from another one",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    assert.equal(strangerAt(port, Deno.pid), undefined);
    await using child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "await Deno.stdin.read(new Uint8Array(1))"],
      stdin: "piped",
    }).spawn();
    assert.match(strangerAt(port, child.pid)!, /^the process \d+ does not listen at port \d+, /);
    await child.stdin.close();
    await child.status;
  },
});
