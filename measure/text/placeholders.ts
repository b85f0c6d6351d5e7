/** Placeholders in texts: `{name}` stands for something, `{{name}}` says `{name}` itself. */

const NAME = "[A-Za-z]\\w*(?:\\.\\w+)*";

/** `{{name}}` with the name as the first group, or `{name}` with the name as the second. */
export const PLACEHOLDER: RegExp = new RegExp(`\\{\\{(${NAME})\\}\\}|\\{(${NAME})\\}`, "g");

/** What the environment says; each text in which something is filled in may have it. */
const VARIABLE = /^env\.\w+$/i;

/**
 * The first placeholder of a text that stands for nothing, as a phrase that follows the name of the text; undefined if
 * there is none.
 *
 * @param known the names of those that stand for something, beside `{env.NAME}`
 * @param isShown whether it may be shown: a secret can look like one
 */
export function placeholderProblem(
  text: string,
  known: readonly string[],
  isShown: (placeholder: string) => boolean = () => true,
): string | undefined {
  for (const [whole, , name] of text.matchAll(PLACEHOLDER)) {
    if (name === undefined || known.includes(name) || VARIABLE.test(name)) continue;
    const choice = known.map((one) => `{${one}}`).join(", ");
    const [found, written] = isShown(whole) ? [whole, `{${whole}}`] : ["{…}", "{{…}}"];
    return `has ${found}, which stands for nothing: choose from ${choice}, {env.NAME}, or write ${written} for these signs`;
  }
  return undefined;
}
