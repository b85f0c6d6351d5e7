/** `completion`: writes the script with which a shell completes command lines. */

import { unknownWord } from "../../bench/choice.ts";
import { UsageError } from "../../bench/usage.ts";
import { type Action, EXIT } from "../command.ts";
import { completedCommands } from "../completion/commands.ts";
import { shells } from "../completion/mod.ts";
import { print } from "../output/terminal.ts";

export const action: Action = async ({ positional: [name = ""] }) => {
  const names = Object.keys(shells);
  if (!names.includes(name)) throw new UsageError(`Unknown ${unknownWord("shell", name, names)}`);
  print(shells[name]!(await completedCommands()).trimEnd());
  return EXIT.done;
};
