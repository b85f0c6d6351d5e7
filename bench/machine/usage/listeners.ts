/**
 * Which process listens at a port: the id of a process may come from another machine, another container, or be that of
 * a program that only starts the server, as `docker run` does.
 */

import { readParents } from "./proc.ts";
import { treeOf } from "./process_tree.ts";
import { type System, thisSystem } from "../system.ts";

/** The inodes of sockets that listen at a port, from the text of `/proc/net/tcp` or `tcp6` (proc_net_tcp.rst). */
export function parseListeners(text: string, port: number): string[] {
  return text.split("\n").slice(1).flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    const isThere = state === "0A" && parseInt(local.split(":")[1] ?? "", 16) === port;
    return isThere && inode !== undefined ? [inode] : [];
  });
}

/**
 * Why a process is not that of the server at a port: neither it nor any below it listens there, and another one does,
 * or wsmark itself is below it, as below process 1.
 * If that cannot be known for certain, the process is believed to be the server's: off Linux, if its files may not be
 * read, and if it has its own network, as in a container.
 *
 * @param self id of this process
 */
export function strangerAt(
  port: number,
  pid: number,
  system: System = thisSystem,
  self: number = Deno.pid,
): string | undefined {
  if (system.platform !== "linux") return undefined;
  try {
    return findStranger(port, pid, system, self);
  } catch {
    return undefined;
  }
}

function findStranger(
  port: number,
  pid: number,
  system: System,
  self: number,
): string | undefined {
  const network = system.link(`/proc/${pid}/ns/net`);
  if (network === null || network !== system.link("/proc/self/ns/net")) return undefined;
  const sockets = ["tcp", "tcp6"].flatMap((name) =>
    parseListeners(system.read(`/proc/self/net/${name}`) ?? "", port)
  ).map((inode) => `socket:[${inode}]`);
  if (sockets.length === 0) return undefined;
  const tree = treeOf(pid, readParents(system));
  if (pid !== self && tree.includes(self)) {
    return `the process ${pid} is not the server's alone: wsmark runs below it, too`;
  }
  for (const one of tree) {
    const folder = `/proc/${one}/fd`;
    const files = system.list(folder) ?? [];
    if (files.some((file) => sockets.includes(system.link(`${folder}/${file}`) ?? ""))) {
      return undefined;
    }
  }
  return `the process ${pid} does not listen at port ${port}, another one does`;
}
