/**
 * Tests that need something of the machine in addition to Deno, a shell and the coreutils. If it is missing they are
 * skipped, and their name says what is missing, which `deno task test` counts. If `CI` is set they fail instead.
 */

import { whyNoUring } from "../../clients/wire/transport/uring.ts";
import { findChromium } from "../../clients/chromium.ts";
import { bundle } from "../../servers/launch/bundle.ts";

/** What a test lacks. */
export interface Lack {
  /** What is missing, and behind a colon the remedy, in one line. */
  readonly missing: string;
  /** Whether nothing that can be installed would help: then the test is skipped in CI, too. */
  readonly isForGood?: boolean;
}

/** Modules of Python that read formats of reports, with the packages that they come in. */
const READERS = [
  ["prometheus_client.openmetrics.parser", "prometheus_client"],
  ["opentelemetry.proto.collector.metrics.v1.metrics_service_pb2", "opentelemetry-proto"],
  ["hdrh.log", "hdrhistogram"],
  ["junitparser", "junitparser"],
] as const;

/** The Python that has them, if any has: a virtual environment may be named by `WSMARK_READERS_PYTHON`. */
export function readersPython(): string {
  return Deno.env.get("WSMARK_READERS_PYTHON") ?? "python3";
}

/** Finds what a test can need; undefined where it is there. */
const NEEDS = {
  /** For epoll, `/proc`, and what else is Linux's own. */
  Linux: () => forGood(Deno.build.os === "linux", `no Linux, as this is ${Deno.build.os}`),
  /** For `sh`, for processes that end in their own way when they are asked to, for modes of files. */
  Unix: () => forGood(Deno.build.os !== "windows", "no Unix, as this is windows"),
  /** Old kernels lack it, and containers often forbid it. */
  io_uring: missingUring,
  /** For hosts of one's own: root only, and containers often forbid them. */
  "network namespaces": () =>
    program("ip", "iproute2") ??
      forGood(mayMakeNamespaces(), "no network namespaces: root alone may make them"),
  /** Containers often come without. */
  IPv6: () => forGood(canListen("::1"), "no IPv6 on this machine"),

  bash: () => program("bash", "bash"),
  fish: () => program("fish", "fish"),
  zsh: () => program("zsh", "zsh"),
  awk: () => program("awk", "mawk"),
  Chromium: () =>
    unless("path" in findChromium(), "no Chromium on the PATH: apt-get install chromium"),
  /** For what `deno bundle` makes: Deno fetches esbuild from npm at its first use. */
  esbuild: missingBundler,
  grep: () => program("grep", "grep"),
  "Action Cable": () =>
    program("puma", "puma") ??
      unless(
        succeeds("ruby", "-e", "require 'action_cable'"),
        "no Action Cable: apt-get install ruby-actioncable",
      ),
  mosquitto: () => program("mosquitto", "mosquitto"),
  python3: () => program("python3", "python3"),
  tar: () => program("tar", "tar"),
  "readers of formats": () =>
    unless(
      succeeds(readersPython(), "-c", READERS.map(([module]) => `import ${module}`).join("\n")),
      `no readers of formats: python3 -m pip install ${READERS.map(([, name]) => name).join(" ")}`,
    ),
  "nats-server": () => program("nats-server", "nats-server"),
  RabbitMQ: () =>
    program("epmd", "rabbitmq-server") ?? unless(
      isFile("/usr/lib/rabbitmq/bin/rabbitmq-server"),
      "no RabbitMQ: apt-get install rabbitmq-server",
    ),
  lscpu: () => program("lscpu", "util-linux"),
  ps: () => program("ps", "procps"),
  setsid: () => program("setsid", "util-linux"),
  taskset: () => program("taskset", "util-linux"),
} as const satisfies Readonly<Record<string, () => Lack | undefined>>;

/** What a test can need. */
export type Need = keyof typeof NEEDS;

const looked = new Map<Need, Lack | undefined>();

/** The first of some needs that this machine does not meet; a file of tests looks for each once. */
export function lackOf(needs: readonly Need[]): Lack | undefined {
  for (const need of needs) {
    if (!looked.has(need)) looked.set(need, NEEDS[need]());
  }
  return needs.map((need) => looked.get(need)).find((lack) => lack !== undefined);
}

/**
 * A test that needs something, for `Deno.test()`, which reports the place of its caller.
 *
 * @param needs what it needs; the first that is missing is named
 */
export function needing(
  needs: Need | readonly Need[],
  test: Deno.TestDefinition,
): Deno.TestDefinition {
  return lacking(lackOf([needs].flat()), test);
}

/**
 * A test whose caller knows what it lacks.
 *
 * @param lack undefined if that is nothing
 * @param isRequired whether all must be checked that can be
 */
export function lacking(
  lack: Lack | undefined,
  test: Deno.TestDefinition,
  isRequired = Boolean(Deno.env.get("CI")),
): Deno.TestDefinition {
  if (lack === undefined) return test;
  const { missing, isForGood = false } = lack;
  return isRequired && !isForGood
    ? { ...test, fn: () => Promise.reject(new Error(`CI is set, and there is ${missing}`)) }
    : { ...test, name: `${test.name} (skipped: ${missing})`, ignore: true };
}

function unless(isThere: boolean, missing: string): Lack | undefined {
  return isThere ? undefined : { missing };
}

function forGood(isThere: boolean, missing: string): Lack | undefined {
  return isThere ? undefined : { missing, isForGood: true };
}

function missingUring(): Lack | undefined {
  const reason = whyNoUring();
  return forGood(reason === undefined, `no io_uring: ${reason}`);
}

/** @param from the package of Debian that the program comes in */
function program(name: string, from: string): Lack | undefined {
  const folders = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin"];
  return unless(
    folders.some((folder) => isFile(`${folder}/${name}`)),
    `no ${name} on the PATH: install ${from}`,
  );
}

function succeeds(command: string, ...args: readonly string[]): boolean {
  try {
    return new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Bundles the smallest module that there is. */
function missingBundler(): Lack | undefined {
  const folder = Deno.makeTempDirSync({ prefix: "wsmark-" });
  try {
    const made = bundle(import.meta.resolve("../../servers/launch/cache.ts"), {}, folder);
    return "missing" in made ? { missing: `no esbuild: ${made.missing}` } : undefined;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function mayMakeNamespaces(): boolean {
  const name = `wsmark-${Deno.pid}-probe`;
  return succeeds("ip", "netns", "add", name) && succeeds("ip", "netns", "delete", name);
}

function canListen(hostname: string): boolean {
  try {
    Deno.listen({ hostname, port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}
