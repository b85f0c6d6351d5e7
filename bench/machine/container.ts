/** What a container, or another control group of Linux, allows. */

import type { Fact } from "../../measure/model/result.ts";
import { fact, type FactValue } from "./fact.ts";
import { smallest } from "../../measure/statistics/statistics.ts";
import type { System } from "./system.ts";

const GROUP = "Container limits";

/** A control group file system: where it is mounted, and which part of the hierarchy is mounted there. */
interface Mount {
  readonly version: 1 | 2;
  readonly root: string;
  readonly folder: string;
  /** Options, among them the controllers of version 1. */
  readonly options: readonly string[];
}

/** Finds the control group file systems in the text of `/proc/self/mountinfo` (see proc(5)). */
function parseMounts(mountinfo: string): Mount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const [left = "", right = ""] = line.split(" - ");
    const [, , , root = "/", folder = ""] = left.split(" ");
    const [type, , options = ""] = right.split(" ");
    if (type !== "cgroup" && type !== "cgroup2") return [];
    const version = type === "cgroup" ? 1 : 2;
    return [{ version, root, folder, options: options.split(",") }];
  });
}

/** Folders with the limits of this process, and the version of their files. */
export interface Hierarchy {
  /** 1 or 2. */
  readonly version: 1 | 2;
  /** Its own control group first, then each that contains it. */
  readonly folders: readonly string[];
}

/**
 * Finds where the limits of one controller are kept, `cpu` or `memory`, in the texts of `/proc/self/cgroup` and
 * `/proc/self/mountinfo`; null if no such hierarchy is mounted.
 */
export function findHierarchy(
  controller: string,
  membership: string,
  mountinfo: string,
): Hierarchy | null {
  const groups = membership.split("\n").map((line) => {
    const [id = "", controllers = "", ...path] = line.split(":");
    return { id, controllers: controllers.split(","), path: path.join(":") };
  });
  const mounts = parseMounts(mountinfo);
  // A machine may have both versions; a controller is in one of them.
  const first = groups.find((group) => group.controllers.includes(controller));
  const group = first ?? groups.find((group) => group.id === "0");
  const mount = first
    ? mounts.find((mount) => mount.version === 1 && mount.options.includes(controller))
    : mounts.find((mount) => mount.version === 2);
  if (group === undefined || mount === undefined) return null;
  return { version: mount.version, folders: foldersUpwards(group.path, mount) };
}

function foldersUpwards(path: string, mount: Mount): string[] {
  const root = mount.root === "/" ? "" : mount.root;
  // Seen from inside a container the group may be outside of what is mounted; the mount then is the container's group.
  const outside = path.includes("/..") || !`${path}/`.startsWith(`${root}/`);
  const steps = outside ? [] : path.slice(root.length).split("/").filter((step) => step !== "");
  return Array.from(
    { length: steps.length + 1 },
    (_, up) => [mount.folder, ...steps.slice(0, steps.length - up)].join("/"),
  );
}

/**
 * Reads how many CPUs' time may be used from quota and period in microseconds, as `200000 100000`; infinite for a quota
 * of `max` or `-1`.
 */
export function parseCpuLimit(text: string): number {
  const [quota = "max", period = "100000"] = text.trim().split(/\s+/);
  return quota === "max" || quota === "-1" ? Infinity : Number(quota) / Number(period);
}

/** Reads a memory limit in bytes; infinite for `max`, and for a number near 2^63, which version 1 writes. */
export function parseMemoryLimit(text: string): number {
  const limit = text.trim() === "max" ? Infinity : Number(text);
  return limit >= 2 ** 62 ? Infinity : limit;
}

/** Reads the tightest limit of a controller, infinite if there is none; null if there is nothing to read. */
function tightest(
  system: System,
  controller: string,
  read: typeof readCpuLimit,
): number | null {
  const [membership = "", mountinfo = ""] = ["cgroup", "mountinfo"]
    .map((file) => system.read(`/proc/self/${file}`) ?? "");
  const hierarchy = findHierarchy(controller, membership, mountinfo);
  if (hierarchy === null) return null;
  return smallest(
    hierarchy.folders.map((folder) => read(system, folder, hierarchy.version) ?? Infinity),
  );
}

/** How many CPUs' time this process and its children may use together; infinite if nothing limits it. */
export function cpuQuota(system: System): number {
  return tightest(system, "cpu", readCpuLimit) ?? Infinity;
}

/** How many CPUs' time a control group may use: infinite without a limit, null if it does not say. */
export function readCpuLimit(system: System, folder: string, version: 1 | 2): number | null {
  if (version === 2) {
    const text = system.read(`${folder}/cpu.max`);
    return text === null ? null : parseCpuLimit(text);
  }
  const [quota, period] = ["quota", "period"].map((part) =>
    system.read(`${folder}/cpu.cfs_${part}_us`)?.trim()
  );
  return quota === undefined || period === undefined ? null : parseCpuLimit(`${quota} ${period}`);
}

function readMemoryLimit(system: System, folder: string, version: 1 | 2): number | null {
  const text = system.read(`${folder}/memory.${version === 2 ? "max" : "limit_in_bytes"}`);
  return text === null ? null : parseMemoryLimit(text);
}

/** Names the container by the traces that its maker leaves. */
function container(system: System): FactValue {
  const mounts = parseMounts(system.read("/proc/self/mountinfo") ?? "");
  const groups = [system.read("/proc/self/cgroup"), ...mounts.map(({ root }) => root)].join("\n");
  if (groups.includes("kubepods")) return "Kubernetes, by its control group";
  if (system.read("/run/.containerenv") !== null) return "Podman, by the file /run/.containerenv";
  if (/\/docker[-/]/.test(groups)) return "Docker, by its control group";
  if (/\/lxc[./]/.test(groups)) return "LXC, by its control group";
  if (system.read("/.dockerenv") !== null) return "Docker, by the file /.dockerenv";
  const name = system.read("/run/systemd/container")?.trim();
  return name ? `${name}, by the file /run/systemd/container` : "none recognised";
}

/** Facts about the limits that a container sets on Linux; empty elsewhere. */
export function containerFacts(system: System): Fact[] {
  if (system.platform !== "linux") return [];
  const absent = "no control group file system is mounted";
  const limit = (controller: string, read: typeof readCpuLimit) => (): FactValue => {
    const found = tightest(system, controller, read);
    return found === Infinity ? "none" : found;
  };
  return [
    fact(GROUP, "Container", () => container(system), absent),
    fact(GROUP, "CPU quota", limit("cpu", readCpuLimit), absent, "CPUs"),
    fact(GROUP, "Memory limit", limit("memory", readMemoryLimit), absent, "bytes"),
  ];
}
