/** The options of protocols: reading, checking, and what is secret. */

import { isPlaceholder, MASK } from "../measure/text/secrets.ts";
import { shown } from "../measure/text/shown.ts";
import type { OptionValue, OptionValues, Protocol, ProtocolOption } from "./types.ts";

/** An option that a protocol does not have, or a value that an option cannot have. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/**
 * Reads the value of an option as it is written on the command line; of a list, an element.
 *
 * @throws {OptionError} for an option that the protocol does not have, and a text that is no such value
 */
export function readOption(protocol: Protocol, name: string, text: string): OptionValue {
  const { type, read } = optionOf(protocol, name);
  if (read !== undefined) {
    try {
      return read(text);
    } catch (error) {
      throw new OptionError(
        `The option ${name} of ${protocol.title} ${(error as Error).message}: received "${
          shown(text, 100)
        }"`,
      );
    }
  }
  if (type === "text") return text;
  if (type === "number") {
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    throw new OptionError(
      `The option ${name} of ${protocol.title} needs a number: received "${shown(text, 60)}"`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new OptionError(
      `The option ${name} of ${protocol.title} needs JSON: received "${shown(text, 60)}"`,
    );
  }
}

/** Reads a value of an option of which nothing is known: JSON, or text where it is not. */
export function looseOption(text: string): OptionValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Checks options that were given for a protocol.
 *
 * @throws {OptionError} for one that it does not have, and a value that it cannot use
 */
export function checkOptions(protocol: Protocol, values: OptionValues): void {
  for (const [name, value] of Object.entries(values)) {
    const option = optionOf(protocol, name);
    if (!option.isList) checkValue(protocol, option, name, value);
    else if (!Array.isArray(value)) refuse(protocol, option, name, "must be a list", value);
    else value.forEach((one, index) => checkValue(protocol, option, `${name}[${index}]`, one));
  }
  const problem = protocol.problem?.(withDefaults(protocol, values));
  if (problem !== undefined) throw new OptionError(problem);
}

/** @param place name of the option, with the number of the element in a list */
function checkValue(
  protocol: Protocol,
  option: ProtocolOption,
  place: string,
  value: OptionValue,
): void {
  const problem = problemOf(option, value);
  if (problem !== undefined) refuse(protocol, option, place, problem, value);
}

function refuse(
  { title }: Protocol,
  { isSecret }: ProtocolOption,
  place: string,
  problem: string,
  value: OptionValue,
): never {
  const received = isSecret ? MASK : shown(JSON.stringify(value), 100);
  throw new OptionError(`The option ${place} of ${title} ${problem}: received ${received}`);
}

function optionOf({ title, options = {} }: Protocol, name: string): ProtocolOption {
  if (Object.hasOwn(options, name)) return options[name]!;
  const known = Object.keys(options);
  throw new OptionError(
    `${title} has no option "${shown(name, 60)}"${
      known.length === 0 ? "" : `: choose from ${known.join(", ")}`
    }`,
  );
}

function problemOf(
  { type, oneOf, problem }: ProtocolOption,
  value: OptionValue,
): string | undefined {
  if (oneOf !== undefined && !oneOf.includes(value)) {
    return `must be one of ${oneOf.map((one) => JSON.stringify(one)).join(", ")}`;
  }
  if (type === "text" && typeof value !== "string") return "must be a text";
  if (type === "number" && typeof value !== "number") return "must be a number";
  return problem?.(value);
}

/** The values of all options that were given or have a default. */
export function withDefaults({ options = {} }: Protocol, values: OptionValues): OptionValues {
  const defaults = Object.entries(options).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const]
  );
  return { ...Object.fromEntries(defaults), ...values };
}

/** Whether a message can go to all connections of a group, with the options that were given. */
export function reachesGroups(protocol: Protocol, values: OptionValues = {}): boolean {
  const { hasGroups = false } = protocol;
  return typeof hasGroups === "boolean" ? hasGroups : hasGroups(withDefaults(protocol, values));
}

/** The values as they may be shown: secrets are masked. */
export function maskedOptions({ options = {} }: Protocol, values: OptionValues): OptionValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      options[name]?.isSecret && !isPlaceholder(value) ? MASK : value,
    ]),
  );
}

/** The secret texts among the values. */
export function secretOptions({ options = {} }: Protocol, values: OptionValues): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    options[name]?.isSecret && !isPlaceholder(value)
      ? [typeof value === "string" ? value : JSON.stringify(value)]
      : []
  );
}
