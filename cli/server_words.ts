/** The shortest way to name a server of the user: by its URL or its command alone, before any option. */

/** A URL; a name may come before it. One that is no WebSocket's gets the error of the option. */
const URL_WORD = /^(?:[\w.-]+=)?[a-z][a-z\d+.-]*:\/\//i;
/** A command with a place for the port; a name may come before it. */
const COMMAND_WORD = /\{port\}/;
/** A name before a URL or a command: `mine=ws://…`, `mine=node server.js {port}`. */
const NAMED = /^[\w.-]+=/;

/**
 * Turns the words at the beginning of what was typed into the options that they stand for: `ws://localhost:3000/chat`
 * into `--url mine=ws://localhost:3000/chat`, `'node server.js {port}'` into `--command`. A word may name its server, as
 * the options do; the first without a name is called mine, others mine2, mine3 …
 *
 * @param args what was typed, without the name of a command
 * @returns the same, if it does not begin with such a word
 */
export function withOptionsForWords(args: readonly string[]): readonly string[] {
  const other = args.findIndex((word) => optionOf(word) === undefined);
  const words = other === -1 ? args : args.slice(0, other);
  if (words.length === 0) return args;
  let unnamed = 0;
  return words.flatMap((word) => {
    const option = `--${optionOf(word)}`;
    if (NAMED.test(word)) return [option, word];
    unnamed++;
    return [option, `mine${unnamed === 1 ? "" : unnamed}=${word}`];
  }).concat(args.slice(words.length));
}

/** The option that a word stands for, if it goes first; undefined if none. */
export function optionOf(word: string): "url" | "command" | undefined {
  if (word.startsWith("-")) return undefined;
  if (URL_WORD.test(word)) return "url";
  return COMMAND_WORD.test(word) ? "command" : undefined;
}
