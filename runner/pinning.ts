/**
 * Which CPUs the server and the generator run on, so that neither takes time from the other.
 *
 * @module
 */

import type { Settings } from "../measure/result.ts";

/**
 * Splits the CPUs into a half for the server and a half for the generator; with an odd number the generator has the
 * smaller half.
 *
 * @param cpus numbers of the CPUs that this process may use
 */
export function splitCpus(cpus: readonly number[]): Settings["pinning"] {
  if (cpus.length < 2) return { absent: `there is only ${cpus.length} CPU to run on` };
  const half = Math.ceil(cpus.length / 2);
  return { server: cpus.slice(0, half), generator: cpus.slice(half) };
}

/**
 * Reads a list of CPUs as Linux writes it.
 *
 * @param list as `0-3,8,10-11`
 */
export function parseCpuList(list: string): number[] {
  return list.trim().split(",").filter((part) => part !== "").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}

/** Decides the pinning on this machine. */
export function choosePinning(wanted: boolean): Settings["pinning"] {
  if (!wanted) return { absent: "--no-pin was given" };
  if (Deno.build.os !== "linux") return { absent: `${Deno.build.os} offers no way to do it` };
  let allowed: string | undefined;
  try {
    allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
  } catch {
    // Without /proc the answer below is given.
  }
  if (allowed === undefined) return { absent: "/proc/self/status does not tell the CPUs" };
  try {
    new Deno.Command("taskset", { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync();
  } catch {
    return { absent: "the program taskset is missing" };
  }
  return splitCpus(parseCpuList(allowed));
}
