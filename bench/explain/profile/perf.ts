/**
 * CPU profiles by perf(1): it sees the kernel, the runtime, libraries and compiled scripts in one stack, in each thread,
 * and interrupts the server a thousand times a second. Linux only, and where it is permitted.
 */

import { profileOf } from "../../../measure/explain/profile/profile.ts";
import type { Absent } from "../../../measure/model/result.ts";
import { readParents } from "../../machine/usage/proc.ts";
import { treeOf } from "../../machine/usage/process_tree.ts";
import { reasonOf, thisSystem } from "../../machine/system.ts";
import { after } from "../../process/delay.ts";
import { readLines } from "../../process/lines.ts";
import { NO_PERF, whyNot } from "../perf_stat.ts";
import { readBundle } from "./bundle_lines.ts";
import { readPerfMap } from "./perf_map.ts";
import { stacksOf } from "./perf_script.ts";
import { runtimeOf, type Sampling, type Way } from "./way.ts";

/** Samples a second of a thread that runs: not a round number, which would march in step with timers. */
const PER_SECOND = 997;
/** The same where each sample comes with a copy of the stack. */
const UNWOUND_PER_SECOND = 499;
/** How long perf may take to attach and to end, in milliseconds. */
const PATIENCE_MS = 10_000;
/** The most of a stack that is kept for unwinding, in bytes. */
const STACK_BYTES = 8192;

/** Options that make a runtime tell perf what it has compiled, or keep its stacks readable. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deno: { DENO_V8_FLAGS: "--perf-basic-prof" },
  node: { NODE_OPTIONS: "--perf-basic-prof" },
  java: { JDK_JAVA_OPTIONS: "-XX:+PreserveFramePointer" },
};

/** What runs programs whose machine code keeps frame pointers, so that their stacks need no unwinding. */
const WITH_FRAME_POINTERS = /^(deno|node|nodejs|bun|bun\.exe|java)$/;

/** Profiles by perf. */
export function perfWay(program: string = "perf"): Way {
  let reason: { readonly why: string | undefined } | undefined;
  return {
    id: "perf",
    missing() {
      reason ??= { why: whyNoPerf(program) };
      return reason.why;
    },
    prepare: (server) => ({ variables: TOLD[runtimeOf(server) ?? ""] ?? {} }),
    async attach({ server, pid, folder }) {
      const runtime = runtimeOf(server);
      const executable = thisSystem.link(`/proc/${pid}/exe`)?.split("/").at(-1) ?? "";
      const hasPointers = runtime === "go" || WITH_FRAME_POINTERS.test(executable);
      const perSecond = hasPointers ? PER_SECOND : UNWOUND_PER_SECOND;
      const recording = await record(program, pid, `${folder}/perf.data`, hasPointers, perSecond);
      if ("absent" in recording) return recording;
      const isJava = executable === "java";
      const sampling: Sampling = {
        ...recording,
        async detach() {
          // Only now it knows all that was compiled.
          if (isJava) await run("jcmd", [String(pid), "Compiler.perfmap"]).catch(() => {});
          await recording.detach();
        },
        async read() {
          const script = new Deno.Command(program, {
            args: ["script", "--no-inline", "-i", `${folder}/perf.data`]
              .concat("-F", "comm,tid,period,ip,sym,dso"),
            env: { LC_ALL: "C" },
            stdin: "null",
            stdout: "piped",
            stderr: "null",
          }).spawn();
          const list = `/tmp/perf-${pid}.map`;
          const nameAt = readPerfMap(await Deno.readTextFile(list).catch(() => ""));
          const stacks = await stacksOf(readLines(script.stdout), readBundle, nameAt);
          await script.status;
          await Deno.remove(list).catch(() => {});
          return profileOf(`perf, ${perSecond} samples a second of CPU time`, stacks);
        },
      };
      return sampling;
    },
  };
}

/** Why perf cannot sample here, found by trying. */
function whyNoPerf(program: string): string | undefined {
  if (thisSystem.platform !== "linux") return "perf is of Linux only";
  try {
    const { success, stderr } = new Deno.Command(program, {
      args: ["record", "-q", "-g", "-e", "cpu-clock", "-o", "/dev/null", "true"],
      env: { LC_ALL: "C" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).outputSync();
    return success ? undefined : whyNot(new TextDecoder().decode(stderr));
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? NO_PERF : reasonOf(error);
  }
}

/** Attaches perf, which samples nothing until it is told to. */
async function record(
  program: string,
  pid: number,
  output: string,
  hasPointers: boolean,
  perSecond: number,
): Promise<Required<Omit<Sampling, "read">> | Absent> {
  const child = new Deno.Command(program, {
    args: [
      ...["record", "-q", "-e", "cpu-clock", "-F", String(perSecond)],
      ...["--call-graph", hasPointers ? "fp" : `dwarf,${STACK_BYTES}`],
      // Orders come on stdin, and each is acknowledged on stdout.
      ...["-D", "-1", "--control", "fd:0,1", "-o", output],
      ...["-p", [...treeOf(pid, readParents(thisSystem))].join(",")],
    ],
    env: { LC_ALL: "C" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  const orders = child.stdin.getWriter();
  const answers = readLines(child.stdout);
  let before: Promise<unknown> = Promise.resolve();
  const order = (word: string): Promise<boolean> => {
    const done = before.then(async () => {
      try {
        await orders.write(new TextEncoder().encode(`${word}\n`));
        return !(await answers.next()).done;
      } catch {
        return false;
      }
    });
    before = done;
    return done;
  };
  const detach = async (): Promise<void> => {
    using patience = after(PATIENCE_MS);
    await Promise.race([before, patience.over]);
    try {
      child.kill("SIGINT");
    } catch {
      // It has ended.
    }
    const isOver = await Promise.race([child.status.then(() => true), patience.over]);
    if (!isOver) child.kill("SIGKILL");
    await child.status;
    // Not before: when nobody can give orders any more, it ends without finishing its file.
    await orders.close().catch(() => {});
    await answers.return(undefined);
  };
  using patience = after(PATIENCE_MS);
  const isReady = await Promise.race([order("disable"), patience.over.then(() => false)]);
  if (!isReady) {
    await detach();
    return { absent: whyNot(await said) };
  }
  return {
    start: () => void order("enable"),
    end: () => void order("disable"),
    detach,
  };
}

async function run(program: string, args: readonly string[]): Promise<void> {
  await new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" }).output();
}
