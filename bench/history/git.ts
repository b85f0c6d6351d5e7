/** Asks git. */

import { shown } from "../../measure/text/shown.ts";
import { UsageError } from "../usage.ts";

/** Git has refused what it was asked; the message is what it said, in one line. */
export class GitError extends Error {}

/**
 * What git prints.
 *
 * @param folder where it is asked
 * @throws {UsageError} if there is no git
 * @throws {GitError} if it fails
 */
export async function git(args: readonly string[], folder: string = "."): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command("git", { args: [...args], cwd: folder, stdin: "null" })
      .output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UsageError("git is not installed, or not on the PATH");
    }
    throw error;
  }
  if (output.success) return new TextDecoder().decode(output.stdout);
  throw new GitError(shown(new TextDecoder().decode(output.stderr).trim()));
}

/**
 * The id of the commit that a branch, a tag or another revision names.
 *
 * @throws {UsageError} if there is none, or no repository
 */
export async function commitOf(name: string, folder?: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  try {
    return (await git(args, folder)).trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(
      error.message === ""
        ? `There is no branch, tag or commit "${shown(name)}" here`
        : `git cannot read the repository of this folder: ${error.message}`,
    );
  }
}
