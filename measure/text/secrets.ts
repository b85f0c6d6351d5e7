/** Secrets in texts: passwords in URLs, tokens in queries and in commands. */

/** What replaces a secret. */
export const MASK = "***";

/** `scheme://user:password@`; a URL has no space and no slash in them. No scheme is longer than that. */
const USER_INFO = /([a-z][a-z\d+.-]{0,30}:\/\/)([^\s/?#\\]+)@/gi;
// The groups of the next three: what is before a name, the name, what is between, and the value.
/** `?name=value`, `&name=value`; a quote at its end is a shell's, as of `'mine=ws://host/?name=value'`. */
const PARAMETER = /([?&])([\w.~%-]{1,100})(=)((?:[^&#\s"']|'(?!\s|$))+)/g;
/** `NAME=value`, the value in quotes or without spaces. */
const ASSIGNMENT = /(^|[\s"'=:])([A-Za-z][\w.-]{0,100})(=)('[^']*'|"[^"]*"|[^\s"']+)/g;
/** `--name value`, `--name=value`. */
const FLAG = /((?:^|[\s"'=])--?)([A-Za-z][\w.-]{0,100})(=|\s+)('[^']*'|"[^"]*"|[^\s"'-][^\s"']*)/g;
/** `Authorization: Bearer value`. */
const HEADER = /\b(authorization:\s*(?:(?:basic|bearer|digest|token)\s+)?)([^\s"',]+)/gi;

/** `Cookie: value`, up to the end of the line or of what it is quoted in. */
const COOKIE = /\b((?:set-)?cookie:[ \t]*)([^\s"'][^\r\n"']*)/gi;

/** Ends of names whose values are secrets, without what separates their words. */
const SECRET_ENDINGS =
  /(?:token|secret|passw(?:or)?d|passphrase|pwd|apikey|accesskey|secretkey|signature|credentials?|jwt|authorization)$/;
/** The same for words that other words end with, too: only as whole words. */
const SECRET_WORDS = /(?:^|[^a-z\d])(?:auth|pass|pw)$/;
/** Only in a query: in a command a key is just as often the name of a file. */
const SECRET_WORDS_IN_QUERY = /(?:^|[^a-z\d])(?:key|sig)$/;

function namesSecret(name: string, inQuery: boolean): boolean {
  const words = name.replaceAll(/([a-z])(?=[A-Z])/g, "$1-").toLowerCase();
  return SECRET_ENDINGS.test(words.replaceAll(/[^a-z\d]/g, "")) || SECRET_WORDS.test(words) ||
    inQuery && SECRET_WORDS_IN_QUERY.test(words);
}

/** What stands for something that is filled in later, and so is no secret: `{env.NAME}`, `{connection}`, …. */
const PLACEHOLDER = "(?:\\{|%7B)(?:env\\.\\w+|connection|group|random)(?:\\}|%7D)";
const PLACEHOLDERS = new RegExp(`^(?:${PLACEHOLDER})+$`, "i");
/** The same as the value of a field: `Bearer {env.TOKEN}`, `sid={env.SID}; b={random}`. */
const PLACEHOLDERS_IN_FIELD = new RegExp(
  `^(?:[a-z]+ +)?(?:(?:[\\w.-]+=)?${PLACEHOLDER}(?:; *|$))+$`,
  "i",
);

/** Whether a value is nothing but what is filled in later. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === "string" && PLACEHOLDERS.test(value);
}

/** Names of fields of HTTP whose values are secrets. */
const SECRET_FIELDS = /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i;

/** Whether the value of a field of HTTP is a secret, by its name. */
export function isSecretField(name: string): boolean {
  return SECRET_FIELDS.test(name) || namesSecret(name, true);
}

/** The value of a field of HTTP as it may be shown; placeholders stay. */
export function maskedField(name: string, value: string): string {
  if (!isSecretField(name)) return masked(value);
  return PLACEHOLDERS_IN_FIELD.test(value) ? value : MASK;
}

/** Called with each secret as it was in the text. */
type Found = (secret: string) => void;

/**
 * Replaces every secret in a text by {@linkcode MASK}: the password of a URL (the user, if there is no password), the
 * values of query parameters, assignments and flags whose names say that they are secret, and of `Authorization:`.
 */
export function masked(text: string, found: Found = () => {}): string {
  const mask = (secret: string): string => {
    if (PLACEHOLDERS.test(secret)) return secret;
    found(secret.replace(/^(['"])(.*)\1$/s, "$2"));
    return MASK;
  };
  const named =
    (inQuery: boolean) =>
    (all: string, before: string, name: string, between: string, value: string): string =>
      namesSecret(name, inQuery) ? before + name + between + mask(value) : all;
  return text
    .replace(USER_INFO, (_, scheme: string, info: string) => {
      const [, user = "", password = info] = /^([^:]*:)(.+)$/s.exec(info) ?? [];
      return `${scheme}${user}${mask(password)}@`;
    })
    .replace(PARAMETER, named(true))
    .replace(ASSIGNMENT, named(false))
    .replace(FLAG, named(false))
    .replace(HEADER, (_, before: string, value: string) => before + mask(value))
    .replace(
      COOKIE,
      (_, before: string, value: string) =>
        before + (PLACEHOLDERS_IN_FIELD.test(value) ? value : mask(value)),
    );
}

/** The words of a command, {@linkcode masked}: what follows a flag for a secret, and all that is assigned to one. */
export function maskedWords(words: readonly string[], found: Found = () => {}): string[] {
  const mask = (secret: string): string => {
    found(secret);
    return MASK;
  };
  return words.map((word, index) => {
    const [, flag] = /^--?([A-Za-z][\w.-]*)$/.exec(words[index - 1] ?? "") ?? [];
    if (flag !== undefined && namesSecret(flag, false) && !word.startsWith("-")) return mask(word);
    const [, start, name = "", value = ""] = /^((?:--?)?([A-Za-z][\w.-]*)=)(.+)$/s.exec(word) ?? [];
    return start !== undefined && namesSecret(name, false)
      ? start + mask(value)
      : masked(word, found);
  });
}

/** Shorter secrets are left in: they are parts of too many words. */
const SHORTEST = 4;

/**
 * Takes known secrets out of a text that others wrote.
 *
 * @param secrets in every form in which they may be repeated
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: a secret may be part of another.
  return secrets.filter(({ length }) => length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
}
