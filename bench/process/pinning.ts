/** Which CPUs the server and the generator run on, so that neither takes time from the other. */

import type { Settings } from "../../measure/model/result.ts";
import { parseCpuList } from "../machine/cpu_list.ts";
import { coresOf } from "../machine/siblings.ts";

/**
 * Splits the cores into a half for the server and a half for the generator; with an odd number the generator has the
 * smaller half. Threads of one core stay together, because they slow each other down; only a single core is split.
 */
export function splitCores(cores: readonly (readonly number[])[]): Settings["pinning"] {
  const parts = cores.length > 1 ? cores : cores.flat().map((cpu) => [cpu]);
  if (parts.length < 2) return { absent: `there is only ${parts.length} CPU to run on` };
  const half = Math.ceil(parts.length / 2);
  return { server: parts.slice(0, half).flat(), generator: parts.slice(half).flat() };
}

export function choosePinning(wanted: boolean): Settings["pinning"] {
  if (!wanted) return { absent: "--no-pin was given" };
  if (Deno.build.os !== "linux") return { absent: `${Deno.build.os} offers no way to do it` };
  let allowed: string | undefined;
  try {
    allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
  } catch {
    // Without /proc the answer below is given.
  }
  if (allowed === undefined) return { absent: "/proc/self/status does not list the CPUs" };
  try {
    new Deno.Command("taskset", { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync();
  } catch {
    return { absent: "the program taskset is missing" };
  }
  return splitCores(coresOf(parseCpuList(allowed)));
}
