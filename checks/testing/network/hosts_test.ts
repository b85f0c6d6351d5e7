import assert from "node:assert/strict";
import { readLines } from "../../../bench/process/lines.ts";
import { needing } from "../needs.ts";
import { until } from "../until.ts";
import { type Host, makeHosts } from "./hosts.ts";

/** The names of the hosts that a process has made. */
async function namesOf(pid: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("ip", { args: ["netns", "list"] }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((name) =>
    name.startsWith(`wsmark-${pid}-`)
  );
}

/** Runs a program of Deno on a host; it ends with its scope. */
function run(host: Host, program: string): Deno.ChildProcess {
  const [command, ...args] = host.on(Deno.execPath(), "eval", program);
  return new Deno.Command(command, { args, stdout: "piped", stderr: "inherit" }).spawn();
}

const LISTENS = `
  const listener = Deno.listen({ hostname: "0.0.0.0", port: 4000 });
  console.log("listening");
  for await (const connection of listener) {
    await connection.write(new TextEncoder().encode(connection.remoteAddr.hostname + "\\n"));
    connection.readable.pipeTo(connection.writable).catch(() => {});
  }
`;

/** Says from where the other host sees this one, and then each time an echo comes back. */
const connects = (address: string): string => `
  const connection = await Deno.connect({ hostname: "${address}", port: 4000 });
  const writer = connection.writable.getWriter();
  setInterval(() => writer.write(new TextEncoder().encode("echo\\n")), 20);
  for await (const text of connection.readable.pipeThrough(new TextDecoderStream())) {
    console.log(text.trim());
  }
`;

Deno.test(needing("network namespaces", {
  name: "makeHosts() gives hosts that reach each other, whose cables can be pulled",
  async fn() {
    await using hosts = await makeHosts(2);
    const [one, other] = hosts.all as [Host, Host];
    await using server = run(one, LISTENS);
    const said = readLines(server.stdout);
    assert.equal((await said.next()).value, "listening");
    await using client = run(other, connects(one.address));
    const heard: string[] = [];
    const reading = (async () => {
      for await (const line of readLines(client.stdout)) heard.push(line);
    })();
    await until("an echo", () => heard.length >= 2);
    assert.equal(heard[0], other.address);
    await other.unplug();
    // What was under way may still arrive.
    await until("silence", async () => {
      const before = heard.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return heard.length === before;
    });
    const before = heard.length;
    await other.plug();
    await until("an echo again", () => heard.length > before);
    for (const process of [server, client]) process.kill("SIGKILL");
    await reading;
    await said.return(undefined);
  },
}));

Deno.test(needing("network namespaces", {
  name: "makeHosts() takes the hosts down, with all that runs on them",
  async fn() {
    let child: Deno.ChildProcess;
    {
      await using hosts = await makeHosts(1);
      assert.equal((await namesOf(Deno.pid)).length, 2);
      const [command, ...args] = hosts.all[0]!.on("sleep", "600");
      child = new Deno.Command(command, { args }).spawn();
      await until(
        "it to run",
        () => Deno.readTextFileSync(`/proc/${child.pid}/comm`) === "sleep\n",
      );
    }
    assert.equal((await child.status).signal, "SIGKILL");
    assert.deepEqual(await namesOf(Deno.pid), []);
  },
}));

Deno.test(needing("network namespaces", {
  name: "makeHosts() removes the hosts of a process that was killed",
  async fn() {
    const program = `
      import { makeHosts } from ${JSON.stringify(import.meta.resolve("./hosts.ts"))};
      await makeHosts(1);
      console.log("made");
      setInterval(() => {}, 1000);
    `;
    await using child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-all",
        "--quiet",
        `data:text/typescript,${encodeURIComponent(program)}`,
      ],
      stdout: "piped",
    }).spawn();
    const lines = readLines(child.stdout);
    assert.equal((await lines.next()).value, "made");
    assert.equal((await namesOf(child.pid)).length, 2);
    child.kill("SIGKILL");
    await child.status;
    await lines.return(undefined);
    await using _hosts = await makeHosts(1);
    assert.deepEqual(await namesOf(child.pid), []);
  },
}));
