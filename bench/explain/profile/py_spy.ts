/**
 * CPU profiles of Python by py-spy, which reads the interpreter's stacks from outside; it stops the process for each
 * sample, some tenths of a millisecond. https://github.com/benfred/py-spy
 */

import { kindOfPython } from "../../../measure/explain/profile/kinds.ts";
import { type Frame, profileOf, type Stack } from "../../../measure/explain/profile/profile.ts";
import { readParents } from "../../machine/usage/proc.ts";
import { treeOf } from "../../machine/usage/process_tree.ts";
import { reasonOf, thisSystem } from "../../machine/system.ts";
import { after } from "../../process/delay.ts";
import { shown } from "../../../measure/text/shown.ts";
import { shortPath } from "./paths.ts";
import { runtimeOf, type Way } from "./way.ts";

const PER_SECOND = 100;
/** How long it may take to end, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Profiles by py-spy: that of the Python that runs the server, or the one on the PATH. */
export function pySpyWay(program?: string): Way {
  let spy = program;
  return {
    id: "py-spy",
    missing(server) {
      if (runtimeOf(server) !== "python" || server.launch.by !== "contract") {
        return "py-spy is for Python only";
      }
      const command = server.launch.command();
      if ("missing" in command) return command.missing;
      const beside = command[0]!.replace(/[^/\\]*$/, "py-spy");
      for (const one of program === undefined ? [beside, "py-spy"] : [program]) {
        try {
          const { success } = new Deno.Command(one, { args: ["--version"] }).outputSync();
          if (!success) continue;
          spy = one;
          return undefined;
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) return reasonOf(error);
        }
      }
      return "there is no py-spy: deno task setup python, or pip install py-spy";
    },
    // It has no switch for the window: it is started with it, which takes it some 100 ms.
    attach({ pid, folder }) {
      const taken: { readonly child: Deno.ChildProcess; readonly said: Promise<string> }[] = [];
      const output = (index: number): string => `${folder}/py-spy-${index}.txt`;
      return Promise.resolve({
        start() {
          const all = [...treeOf(pid, readParents(thisSystem))];
          // Processes that it starts later are followed; those that are there may be several workers.
          for (const [index, one] of all.entries()) {
            const child = new Deno.Command(spy!, {
              args: ["record", "--pid", String(one), "--rate", String(PER_SECOND)]
                .concat(
                  "--format",
                  "raw",
                  "--threads",
                  "--full-filenames",
                  "--output",
                  output(index),
                ),
              stdin: "null",
              stdout: "null",
              stderr: "piped",
            }).spawn();
            taken.push({ child, said: new Response(child.stderr).text() });
          }
        },
        end() {
          for (const { child } of taken) {
            try {
              child.kill("SIGINT");
            } catch {
              // It has ended by itself.
            }
          }
        },
        async detach() {
          using patience = after(PATIENCE_MS);
          await Promise.race([Promise.all(taken.map(({ child }) => child.status)), patience.over]);
        },
        async read() {
          const stacks: Stack[][] = [];
          const reasons: string[] = [];
          for (const [index, { said }] of taken.entries()) {
            const text = await Deno.readTextFile(output(index)).catch(() => undefined);
            if (text === undefined) {
              const line = (await said).split("\n").find((one) => /error|reason/i.test(one));
              reasons.push(`py-spy made no profile: ${shown(line ?? "it said nothing")}`);
            } else stacks.push(readRaw(text));
          }
          if (stacks.length === 0) return { absent: reasons[0] ?? "py-spy saw nothing run" };
          return {
            ...profileOf(`py-spy, ${PER_SECOND} samples a second`, stacks.flat()),
            noKernel: "py-spy does not see the kernel: its time is that of what called it",
          };
        },
      });
    },
  };
}

/** Reads the format `raw`: functions from the outermost, with file and line, and the number of samples. */
export function readRaw(text: string): Stack[] {
  return text.split("\n").flatMap((line): Stack[] => {
    const [, stack, count] = /^(.*) (\d+)$/.exec(line) ?? [];
    if (stack === undefined) return [];
    const frames = stack.split(";").flatMap((one): Frame[] => {
      // Threads and processes are no functions.
      if (/^(thread|process) /.test(one)) return [];
      const [, name = one, file = ""] = /^(.*) \((.*?)(?::\d+)?\)$/.exec(one) ?? [];
      return [{ name, kind: kindOfPython(file), file: shortPath(file) }];
    });
    // A read from a pipe looks busy from outside: so waits, in a thread of its own, what ends the server.
    if (frames.at(-1)?.name === "end_with_stdin") return [];
    return frames.length === 0 ? [] : [{ frames, us: Number(count) * 1e6 / PER_SECOND }];
  });
}
