import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { readGreeting } from "./greeting.ts";
import { findNatsServer, startNats } from "./server.ts";

const HERE = { hostname: "127.0.0.1", port: 0 };
const WITH_TOKEN = 'authorization { token: "s3cret-token" }';

/** Whether a process is there. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

/** Whether a file or a folder is there. */
function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

Deno.test("findNatsServer() looks on the PATH first, then where Debian has it", () => {
  const folder = Deno.makeTempDirSync({ prefix: "wsmark-" });
  Deno.writeTextFileSync(`${folder}/nats-server`, "");
  assert.equal(findNatsServer(`/nowhere::${folder}`), `${folder}/nats-server`);
  assert.equal(findNatsServer("/nowhere", [folder]), `${folder}/nats-server`);
  assert.throws(() => findNatsServer("/nowhere", []), {
    name: "UsageError",
    message: "There is no nats-server on the PATH: apt-get install nats-server, or put the " +
      "program of nats.io on the PATH",
  });
  Deno.removeSync(folder, { recursive: true });
});

Deno.test(needing(["nats-server", "Linux"], {
  name:
    "startNats() keeps the token from the list of processes and from others, and leaves nothing",
  async fn() {
    let folder: string, pid: number;
    {
      await using server = await startNats({
        ...HERE,
        configuration: WITH_TOKEN,
        files: { "more.pem": "x" },
      });
      ({ folder, pid } = server);
      assert.match(server.version, /^\d+\.\d+/);
      const { asksWho, version } = await readGreeting({ ...HERE, ...server, isEncrypted: false });
      assert.deepEqual([asksWho, version], [true, server.version]);
      for (const file of ["cmdline", "environ"]) {
        const text = Deno.readTextFileSync(`/proc/${pid}/${file}`);
        assert.ok(!text.includes("s3cret"), file);
      }
      assert.equal(Deno.statSync(folder).mode! & 0o777, 0o700);
      for (const name of ["nats.conf", "more.pem"]) {
        assert.equal(Deno.statSync(`${folder}/${name}`).mode! & 0o777, 0o600, name);
      }
    }
    assert.ok(!isRunning(pid) && !isThere(folder));
  },
}));

Deno.test(needing(["nats-server", "Linux"], {
  name: "startNats() leaves nothing if the program that called it is killed",
  async fn() {
    const program = `
      import { startNats } from ${JSON.stringify(import.meta.resolve("./server.ts"))};
      const { pid, folder } = await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" });
      console.log(JSON.stringify({ pid, folder }));
      setInterval(() => {}, 1000);
    `;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-all",
        "--quiet",
        `data:application/typescript,${encodeURIComponent(program)}`,
      ],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    const { pid, folder } = JSON.parse(value!);
    assert.ok(isRunning(pid) && isThere(folder));
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    await until("nats-server to end", () => !isRunning(pid) && !isThere(folder));
  },
}));

Deno.test(needing(["nats-server", "Unix"], {
  name: "startNats() says that a port is taken",
  async fn() {
    await using server = await startNats({ ...HERE, configuration: WITH_TOKEN });
    const { port } = server;
    await assert.rejects(startNats({ ...HERE, port, configuration: WITH_TOKEN }), {
      name: "UsageError",
      message: /^nats-server cannot listen, as another program does: choose a free port \(.*in use/,
    });
  },
}));

Deno.test(needing(["nats-server", "Unix"], {
  name: "startNats() says what the program says if it ends at once",
  async fn() {
    await assert.rejects(startNats({ ...HERE, configuration: "what {" }), {
      name: "UsageError",
      message: /^nats-server ended at once: .*Parse error/,
    });
  },
}));
