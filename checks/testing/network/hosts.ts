/**
 * Hosts with addresses of their own on one machine: network namespaces at a bridge, which is in one, too. Nothing else
 * is in their network, and nothing of the machine's own network is changed. They need root and `ip` of iproute2.
 */

/** Their names begin with this, and then with the id of the process that made them. */
const PREFIX = "wsmark-";

/** A host. */
export interface Host {
  /** Its address, `10.77.0.1` for the first one. */
  readonly address: string;
  /** The command that runs another one on this host. */
  on(...command: readonly string[]): [string, ...string[]];
  /** Pulls its cable: what is sent is lost, and nobody is told. */
  unplug(): Promise<void>;
  /** Puts the cable in again. */
  plug(): Promise<void>;
}

/** Hosts in one network; disposing kills what runs on them, and takes them down. */
export interface Hosts extends AsyncDisposable {
  readonly all: readonly Host[];
}

let made = 0;

/**
 * Makes hosts in a network of their own, after the removal of those whose maker has gone.
 *
 * @param count how many: 1 to 200
 */
export async function makeHosts(count: number): Promise<Hosts> {
  await sweep();
  const network = `${PREFIX}${Deno.pid}-${++made}`;
  const bridge = `${network}-bridge`;
  const names = Array.from({ length: count }, (_, index) => `${network}-host${index + 1}`);
  const remove = (): Promise<void> => removeAll([...names, bridge]);
  try {
    await ip("netns", "add", bridge);
    await ip("-n", bridge, "link", "add", "bridge", "type", "bridge");
    await ip("-n", bridge, "link", "set", "bridge", "up");
    for (const [index, name] of names.entries()) {
      const port = `port${index + 1}`;
      await ip("netns", "add", name);
      await ip(
        ...["-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", port],
        ...["netns", bridge],
      );
      await ip("-n", bridge, "link", "set", port, "master", "bridge", "up");
      await ip("-n", name, "address", "add", `${addressOf(index)}/24`, "dev", "eth0");
      await ip("-n", name, "link", "set", "lo", "up");
      await ip("-n", name, "link", "set", "eth0", "up");
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    all: names.map((name, index) => ({
      address: addressOf(index),
      on: (...command) => ["ip", "netns", "exec", name, ...command],
      unplug: () => ip("-n", bridge, "link", "set", `port${index + 1}`, "down"),
      plug: () => ip("-n", bridge, "link", "set", `port${index + 1}`, "up"),
    })),
    [Symbol.asyncDispose]: remove,
  };
}

function addressOf(index: number): string {
  return `10.77.0.${index + 1}`;
}

/** The names of the hosts and bridges that there are on this machine, with the ids of the processes that made them. */
async function existing(): Promise<{ readonly name: string; readonly pid: number }[]> {
  const text = await output("netns", "list");
  return text.split("\n").flatMap((line) => {
    const [, name, pid] = new RegExp(`^(${PREFIX}(\\d+)-\\S+)`).exec(line) ?? [];
    return name === undefined ? [] : [{ name, pid: Number(pid) }];
  });
}

/** Removes the hosts whose maker has gone: it was killed. */
async function sweep(): Promise<void> {
  const left = (await existing()).filter(({ pid }) => !isRunning(pid));
  await removeAll(left.map(({ name }) => name));
}

function isRunning(pid: number): boolean {
  try {
    return Deno.statSync(`/proc/${pid}`).isDirectory;
  } catch {
    return false;
  }
}

/** Kills what runs on hosts, and removes those that there are. */
async function removeAll(names: readonly string[]): Promise<void> {
  const there = new Set((await existing()).map(({ name }) => name));
  for (const name of names) {
    if (!there.has(name)) continue;
    // Another process may sweep the same ones at the same time.
    for (const pid of (await output("netns", "pids", name).catch(() => "")).split(/\s+/)) {
      try {
        if (pid !== "") Deno.kill(Number(pid), "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
    await ip("netns", "delete", name).catch(() => {});
  }
}

async function ip(...args: readonly string[]): Promise<void> {
  await output(...args);
}

/** What `ip` prints; rejects with what it says is wrong. */
async function output(...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("ip", { args: [...args] }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(`ip ${args.join(" ")}: ${decoder.decode(stderr).trim()}`);
}
