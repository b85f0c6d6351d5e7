/** Variables of the environment that several give: options of a runtime stand side by side. */

/** What stands between the options in a variable that is a list of them. */
const SEPARATORS: Readonly<Record<string, string>> = {
  BUN_OPTIONS: " ",
  DENO_V8_FLAGS: ",",
  GODEBUG: ",",
  JAVA_TOOL_OPTIONS: " ",
  JDK_JAVA_OPTIONS: " ",
  NODE_OPTIONS: " ",
  RUBYOPT: " ",
};

/** Folders that are searched in their order; what stands between them. */
const PATHS: Readonly<Record<string, string>> = {
  PYTHONPATH: Deno.build.os === "windows" ? ";" : ":",
};

/**
 * All variables of several: what is a list of options is joined, folders are searched before those of the variables in
 * front, and of others the last one counts.
 */
export function joined(
  all: readonly { readonly [name: string]: string }[],
): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, value] of all.flatMap(Object.entries<string>)) {
    const before = made[name] ?? "";
    const options = SEPARATORS[name];
    const folders = PATHS[name];
    if (before === "") made[name] = value;
    else if (options !== undefined) made[name] = before + options + value;
    else made[name] = folders === undefined ? value : value + folders + before;
  }
  return made;
}

/**
 * The variables that a program gets in addition to those of this process.
 *
 * @param here reads those of this process
 * @param own what its set-up makes of it: replaces what is there
 * @param more what others want beside: lists of options are joined to what it would have
 */
export function addedTo(
  here: (name: string) => string | undefined,
  own: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const there = Object.fromEntries(
    Object.keys(more).map((name) => [name, own[name] ?? here(name) ?? ""]),
  );
  return { ...own, ...joined([there, more]) };
}
