/**
 * How servers are set up otherwise than by default, by what runs them: all by variables of the environment, which a
 * runtime knows itself, or `contract/standalone.ts` and `python/standalone.py` read.
 */

import type { ByContract, ServerEntry, SetUp, Variables, Workers } from "../types.ts";
import { joined } from "./variables.ts";

/** How many workers a server in TypeScript or Python starts; the processes share its port. */
export const WORKERS_VARIABLE = "WSMARK_WORKERS";

/** Processes that share a port and nothing else, as cluster of Node, reusePort of Deno and Bun, and fork in Python. */
export const PROCESSES: Workers = {
  about: "processes that share the port, and nothing else",
  areThreads: false,
  of: (count) => ({
    about: `${count} processes share the port, and nothing else`,
    variables: { [WORKERS_VARIABLE]: String(count) },
  }),
};

/** As many threads as a runtime takes by a variable. */
function threadsBy(variable: string, value: (count: number | string) => string = String): Workers {
  return {
    about: `threads: ${variable}=${value("N")}`,
    areThreads: true,
    of: (count) => ({
      about: `${variable}=${value(count)}`,
      variables: { [variable]: value(count) },
    }),
  };
}

/** What a runtime offers by a variable. */
function by(variable: string, value: string, why: string): Variables {
  return { about: `${variable}=${value}: ${why}`, variables: { [variable]: value } };
}

const YOUNG = "the young generation has more room, and is collected less often";

/** By id of what runs a server. */
export const SET_UPS: Readonly<Record<string, Pick<ByContract, "classes" | "workers">>> = {
  deno: {
    classes: { tuned: by("DENO_V8_FLAGS", "--max-semi-space-size=64", YOUNG) },
    workers: PROCESSES,
  },
  node: {
    classes: { tuned: by("NODE_OPTIONS", "--max-semi-space-size=64", YOUNG) },
    workers: PROCESSES,
  },
  python: { workers: PROCESSES },
  go: {
    classes: { tuned: by("GOGC", "400", "garbage is collected a quarter as often") },
    workers: threadsBy("GOMAXPROCS"),
  },
  rust: { workers: threadsBy("TOKIO_WORKER_THREADS") },
  java: {
    classes: {
      tuned: by(
        "JDK_JAVA_OPTIONS",
        "-XX:+UseParallelGC",
        "collections stop all threads, and cost less in all",
      ),
      minimal: by(
        "JDK_JAVA_OPTIONS",
        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "as for small containers: one thread collects, and code is compiled quickly",
      ),
    },
    workers: threadsBy("JDK_JAVA_OPTIONS", (count) => `-XX:ActiveProcessorCount=${count}`),
  },
};

/** What starts a server that has one process whatever it is told: it listens by itself, and shares no port. */
export function asOneProcess({ workers: _, ...launch }: ByContract): ByContract {
  return launch;
}

/** A server in the set-up that is wanted, as far as it has it. */
export function inSetUp(entry: ServerEntry, { class: name, workers }: SetUp): ServerEntry {
  const { launch } = entry;
  if (launch.by !== "contract") return entry;
  const setUp: SetUp = {
    ...(name !== undefined && launch.classes?.[name] !== undefined && { class: name }),
    ...(workers !== undefined && launch.workers !== undefined && { workers }),
  };
  return Object.keys(setUp).length === 0 ? entry : { ...entry, setUp };
}

/** What a set-up changes: one item for its class, one for its workers. */
export function changesOf(
  { launch, setUp = {} }: Pick<ServerEntry, "launch" | "setUp">,
): Variables[] {
  if (launch.by !== "contract") return [];
  const { class: name, workers } = setUp;
  return [
    name && launch.classes?.[name],
    workers && launch.workers?.of(workers),
  ].filter((one) => typeof one === "object");
}

/** The variables of the environment of a server in its set-up; options that several changes give stand side by side. */
export function variablesOf(entry: Pick<ServerEntry, "launch" | "setUp">): Record<string, string> {
  return joined(changesOf(entry).map(({ variables }) => variables));
}
