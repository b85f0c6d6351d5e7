/**
 * Limits of JSON that somebody else may have written, checked before it is used: a few megabytes of text can be made to
 * take gigabytes of memory, and a schema collects an issue for each of a million wrong values.
 */

/** The largest file that is read, in bytes; a string of V8 cannot be much longer. */
export const MOST_BYTES = 500_000_000;
/** The deepest nesting; a result has 8. */
const MOST_DEPTH = 32;
/** The most objects and arrays in a text: about a gigabyte when they are read. */
const MOST_CONTAINERS = 8_000_000;
/** The most values in a text: half a gigabyte of numbers. */
const MOST_VALUES = 64_000_000;
/** The longest text, in characters; nothing that wsmark writes comes near it. */
const MOST_CHARACTERS = 65_536;
/** Keys of the lists of a trial's single latencies, which may be long. */
const NUMBERS: readonly string[] = ["atMs", "latencyMs"];
/** Histograms are long texts, which `bench/folder/check_histograms.ts` checks. */
const HISTOGRAMS = "histograms";

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Parses JSON that somebody else may have written.
 *
 * @throws {SyntaxError} if it is not JSON, is nested too deep, or holds more values than any file of wsmark
 */
export function parseJson(text: string): unknown {
  checkText(text);
  return JSON.parse(text);
}

/** Counts the values of a text before any of them is allocated. */
function checkText(text: string): void {
  let [depth, containers, values] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case COMMA:
        if (++values > MOST_VALUES) throw tooMany("values", MOST_VALUES);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++containers > MOST_CONTAINERS) throw tooMany("objects", MOST_CONTAINERS);
        if (++depth > MOST_DEPTH) {
          throw new SyntaxError(`it is nested deeper than ${MOST_DEPTH} levels`);
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth--;
    }
  }
}

/** Where the string that begins at a quote ends; the end of the text if it never does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

function tooMany(what: string, most: number): SyntaxError {
  return new SyntaxError(`it has more than ${most.toLocaleString("en")} ${what}`);
}

/**
 * Checks that a value is not too large, so that finding out what is wrong with it costs little.
 *
 * @param what what it is, for the message: "a trial of wsmark"
 * @param most how many objects, lists and single values it may hold in all
 * @throws {SyntaxError} if it is larger, or has a text of more than 65,536 characters
 */
export function checkSize(value: unknown, what: string, most: number): void {
  let left = most;
  const waiting: { readonly value: unknown; readonly key: string }[] = [{ value, key: "" }];
  while (waiting.length > 0) {
    const { value, key } = waiting.pop()!;
    if (typeof value === "string") checkLength(value, key, what);
    if (typeof value !== "object" || value === null) continue;
    if (NUMBERS.includes(key) && isNumbers(value)) continue;
    if (key === HISTOGRAMS) continue;
    const names = Object.keys(value);
    left -= names.length;
    if (left < 0) {
      throw new SyntaxError(
        `Cannot read ${what}: it has more than ${most.toLocaleString("en")} values`,
      );
    }
    const isList = Array.isArray(value);
    for (const name of names) {
      if (!isList) checkLength(name, "a key", what);
      waiting.push({ value: (value as Record<string, unknown>)[name], key: isList ? key : name });
    }
  }
}

function checkLength(text: string, key: string, what: string): void {
  if (text.length <= MOST_CHARACTERS) return;
  throw new SyntaxError(
    `Cannot read ${what}: ${key}: longer than ${MOST_CHARACTERS.toLocaleString("en")} characters`,
  );
}

function isNumbers(value: object): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}
