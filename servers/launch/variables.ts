/** Variables of the environment that several give: options of a runtime stand side by side. */

/** What stands between the options in a variable that is a list of them. */
const SEPARATORS: Readonly<Record<string, string>> = {
  BUN_OPTIONS: " ",
  DENO_V8_FLAGS: ",",
  GODEBUG: ",",
  JAVA_TOOL_OPTIONS: " ",
  JDK_JAVA_OPTIONS: " ",
  NODE_OPTIONS: " ",
  PYTHONPATH: Deno.build.os === "windows" ? ";" : ":",
  RUBYOPT: " ",
};

/** All variables of several: what is a list of options is joined, of others the last one counts. */
export function joined(
  all: readonly { readonly [name: string]: string }[],
): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, value] of all.flatMap(Object.entries<string>)) {
    const separator = SEPARATORS[name];
    const before = made[name] ?? "";
    made[name] = separator === undefined || before === "" ? value : `${before}${separator}${value}`;
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
