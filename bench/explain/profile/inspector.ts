/**
 * CPU profiles of Deno and Node by V8's own profiler, which the inspector protocol starts and stops:
 * https://chromedevtools.github.io/devtools-protocol/v8/Profiler/. For where perf is not: it sees scripts only.
 */

import { kindOfScript } from "../../../measure/explain/profile/kinds.ts";
import {
  type CpuProfile,
  type Frame,
  profileOf,
  type Stack,
  total,
} from "../../../measure/explain/profile/profile.ts";
import type { Absent } from "../../../measure/model/result.ts";
import { reasonOf } from "../../machine/system.ts";
import { after } from "../../process/delay.ts";
import { type ModuleOf, readBundle } from "./bundle_lines.ts";
import { shortPath } from "./paths.ts";
import { runtimeOf, type Way } from "./way.ts";

const INTERVAL_US = 500;
/** How long an answer may take, in milliseconds: a profile of a minute is some megabytes. */
const PATIENCE_MS = 20_000;

/** What V8 calls a profile. */
export interface V8Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  /** The node of each sample. */
  readonly samples?: readonly number[];
  /** The time before each sample, in microseconds. */
  readonly timeDeltas?: readonly number[];
}

/** Profiles by the inspector. */
export function inspectorWay(): Way {
  let port = 0;
  return {
    id: "inspector",
    missing(server) {
      const runtime = runtimeOf(server);
      return runtime === "deno" || runtime === "node"
        ? undefined
        : "V8's profiler is for Deno and Node only";
    },
    prepare(server) {
      port = freePort();
      const option = `--inspect=127.0.0.1:${port}`;
      return {
        command: (command) =>
          runtimeOf(server) === "deno"
            ? [command[0]!, "run", option, ...command.slice(2)]
            : [command[0]!, option, ...command.slice(1)],
      };
    },
    async attach() {
      const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      const url: unknown = targets[0]?.webSocketDebuggerUrl;
      if (typeof url !== "string") return { absent: "the runtime's inspector offers nothing" };
      const inspector = await connect(url);
      await inspector.ask("Profiler.enable");
      await inspector.ask("Profiler.setSamplingInterval", { interval: INTERVAL_US });
      let profile: Promise<CpuProfile | Absent> = Promise.resolve({ absent: "no window began" });
      return {
        start: () => void inspector.ask("Profiler.start").catch(() => {}),
        end() {
          profile = inspector.ask("Profiler.stop").then(
            (answer) => profileOfV8(answer.profile as V8Profile),
            (error) => ({ absent: reasonOf(error) }),
          );
        },
        async detach() {
          await profile;
          inspector.close();
        },
        read: () => profile,
      };
    },
  };
}

/** Deno tells a connected inspector of every frame, asked or not: that is the profiler's work, not the server's. */
const OWN_WORK =
  /^(emitWebSocketFrame|webSocketFrame(Sent|Received)|op_inspector_emit_protocol_event)$/;

/** Merges the samples of V8; those in which it waited are left out. */
export function profileOfV8(
  { nodes, samples = [], timeDeltas = [] }: V8Profile,
  moduleOf: ModuleOf = readBundle,
): CpuProfile {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) =>
      children.map((child): [number, number] => [child, id])
    ),
  );
  const known = new Map<number, readonly Frame[]>();
  const framesOf = (id: number | undefined): readonly Frame[] => {
    const node = byId.get(id ?? -1);
    if (id === undefined || node === undefined) return [];
    let frames = known.get(id);
    if (frames === undefined) {
      const above = framesOf(parents.get(id));
      frames = node.callFrame.functionName === "(root)"
        ? above
        : [...above, frameOf(node.callFrame, moduleOf)];
      known.set(id, frames);
    }
    return frames;
  };
  let ownUs = 0;
  const isOwn = (stack: Stack): boolean => {
    if (!stack.frames.some(({ name }) => OWN_WORK.test(name))) return false;
    ownUs += stack.us;
    return true;
  };
  const all = samples.flatMap((id, index): Stack[] =>
    byId.get(id)?.callFrame.functionName === "(idle)" ? [] : [{
      frames: framesOf(id),
      // The time after a sample is spent where it was taken.
      us: Math.max(0, timeDeltas[index + 1] ?? 0),
    }]
  );
  const stacks = all.filter((stack) => !isOwn(stack));
  const own = ownUs === 0
    ? ""
    : `; without ${Math.round(ownUs / (ownUs + total(stacks)) * 100)} % that Deno's inspector took`;
  const how = `V8's profiler, a sample each ${INTERVAL_US} µs, of the main thread${own}`;
  return {
    ...profileOf(how, stacks),
    noKernel: "V8's profiler does not see the kernel: its time is that of what called it",
  };
}

function frameOf(
  { functionName, url, lineNumber }: V8Profile["nodes"][number]["callFrame"],
  moduleOf: ModuleOf,
): Frame {
  const module = moduleOf(url, lineNumber + 1);
  const file = shortPath(module ?? url);
  return {
    name: functionName ||
      `(anonymous in ${file}${module === undefined ? `:${lineNumber + 1}` : ""})`,
    kind: kindOfScript(module ?? url),
    ...(file !== "" && { file }),
  };
}

/** A connection to an inspector. */
interface Inspector {
  ask(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): void;
}

async function connect(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const opened = Promise.withResolvers<void>();
  const fail = (): void => {
    const error = new Error("the inspector closed the connection");
    opened.reject(error);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  socket.onopen = () => opened.resolve();
  socket.onerror = socket.onclose = fail;
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(String(data));
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(String(error.message)));
  };
  await opened.promise;
  let last = 0;
  return {
    async ask(method, params = {}) {
      const id = ++last;
      const answer = Promise.withResolvers<Record<string, unknown>>();
      waiting.set(id, answer);
      socket.send(JSON.stringify({ id, method, params }));
      using patience = after(PATIENCE_MS);
      const late = patience.over.then(() => {
        throw new Error("the inspector does not answer");
      });
      return await Promise.race([answer.promise, late]);
    },
    close: () => socket.close(),
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
