/** Names of files that are made of ids, which may come from a file of somebody else. */

/** An id as a name: only letters, digits, dashes, underscores and single points are kept. */
export function fileName(id: string): string {
  return id.replace(/[^\w.-]+/g, "-").replace(/^[.-]+|\.(?=\.)/g, "") || "table";
}

/** A name that no other file has; file systems may ignore case. */
export function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name}-${count}`;
  taken.add(free.toLowerCase());
  return free;
}
