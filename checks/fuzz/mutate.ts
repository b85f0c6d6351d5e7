/**
 * Damages JSON: values of other types and sizes, names that every object has, nesting, copies by the thousand, and text
 * that is cut or broken.
 */

import type { Random } from "./target.ts";

const EVIL_TEXTS: readonly string[] = [
  ...["", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>"],
  ...["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1", "\t=1", "\r=1"],
  ...["\x1b]0;owned\x07", "\x1b[2J\x1b[31mred", "\x9b31m"],
  ...["\u202Egnp.exe", "\ud800", "a\udfffb", "\u0000\uffff", "_x0041_"],
  ...["__proto__", "constructor", "toString", "../../etc/passwd", "C:\\con"],
  ...["|`*[x](javascript:alert(1))", "${1}{{1}}", "$&$'", "2026-02-30T00:00:00Z", "NaN"],
  ...["x".repeat(1000), "é😀".repeat(500), "a b ".repeat(2000)],
];
const NUMBERS: readonly number[] = [
  ...[0, -0, -1, 0.5, 1e-320, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 - 1, -(2 ** 53)],
  ...[1e6, 1e9, 100, 101, 3, 7, 65_536],
];
/** What JSON has no word for, or no two programs read alike. */
const RAW = ["NaN", "Infinity", "1e999", "-1e999", "1" + "0".repeat(400), "0x10"];
const RAW_MARK = "wsmark-raw-";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Holder = Json[] | { [key: string]: Json };

/** A text of JSON with one to four faults. */
export function mutateJson(random: Random, json: string): string {
  const value: Json = JSON.parse(json);
  const isOfText = random.chance(0.1);
  for (let faults = 1 + Math.floor(random.number() ** 2 * 4); faults > 0; faults--) {
    // Most values of another type are refused at once; what is left reaches the reports.
    (random.chance(0.7) ? mutateKindly : mutateValue)(random, value);
  }
  const text = JSON.stringify(value).replaceAll(
    new RegExp(`"${RAW_MARK}(\\d+)"`, "g"),
    (_, index) => RAW[Number(index)]!,
  );
  if (isOfText) return mutateText(random, text);
  // A name that occurs twice: programs disagree on which one counts.
  return random.chance(0.05) ? text.replace(/\{"(\w+)":/, '{"$1":null,"$1":') : text;
}

/** A place in a value: what holds it, and its name there. */
function placeIn(random: Random, value: Json): { holder: Holder; name: string } | undefined {
  let [holder, name]: [Holder | undefined, string] = [undefined, ""];
  let inside = value;
  // Not too shallow: most that can go wrong is deep inside.
  while (typeof inside === "object" && inside !== null) {
    const names = Object.keys(inside);
    if (names.length === 0 || holder !== undefined && random.chance(0.15)) break;
    holder = inside;
    name = random.pick(names);
    inside = (inside as Record<string, Json>)[name]!;
  }
  return holder === undefined ? undefined : { holder, name };
}

/** Another value of the same type, as odd as it can be. */
function mutateKindly(random: Random, value: Json): void {
  const place = placeIn(random, value);
  if (place === undefined) return;
  const holder = place.holder as Record<string, Json>;
  const old = holder[place.name]!;
  if (typeof old === "string") holder[place.name] = random.pick(EVIL_TEXTS);
  else if (typeof old === "boolean") holder[place.name] = !old;
  else if (typeof old === "number") {
    const scaled = Math.abs(old || 1) * 10 ** (random.below(24) - 8);
    const isCount = Number.isInteger(old);
    holder[place.name] = isCount ? Math.min(Math.round(scaled), 2 ** 53 - 1) : scaled;
  } else if (Array.isArray(old)) {
    if (random.chance(0.5) || old.length === 0) holder[place.name] = [];
    else repeat(random, old, random.pick(old));
  } else if (Array.isArray(place.holder)) repeat(random, place.holder, old);
}

function mutateValue(random: Random, value: Json): void {
  const place = placeIn(random, value);
  if (place === undefined) return;
  const holder = place.holder as Record<string, Json>;
  const { name } = place;
  const old = holder[name]!;
  const set = (value: Json): void => void (holder[name] = value);
  random.pick([
    () => void delete holder[name],
    () => set(random.pick<Json>(typeof old === "string" ? EVIL_TEXTS : NUMBERS)),
    () => set(anything(random)),
    () => {
      const names = ["__proto__", "constructor", "toString", "absent", "é"];
      if (Array.isArray(place.holder)) repeat(random, place.holder, old);
      else own(holder, random.pick(names), old);
    },
    () => {
      if (Array.isArray(place.holder)) place.holder.reverse();
      else own(holder, random.pick(Object.keys(holder)), old);
    },
    () => set(typeof old === "number" ? -old : typeof old === "string" ? old + old : [old]),
    () => {
      if (typeof old === "number") set(old * 10 ** (random.below(30) - 10));
      else if (typeof old === "string") set(mutateText(random, old));
    },
    () => set(typeof old === "number" ? Math.round(old) + 1 : { absent: "a reason" }),
    () => set(Array.isArray(old) ? [] : typeof old === "object" ? {} : random.pick(EVIL_TEXTS)),
  ])();
}

/** Sets a name, also one that every object has, as JSON.parse does. */
function own(holder: object, name: string, value: Json): void {
  const kind = { enumerable: true, writable: true, configurable: true };
  Object.defineProperty(holder, name, { value, ...kind });
}

function repeat(random: Random, list: Json[], value: Json): void {
  const most = random.pick([1, 2, 10, 100, 2000]);
  const size = JSON.stringify(value).length;
  // A thousand copies of a trial would make a large file, and test nothing new.
  const times = Math.max(1, Math.min(most, Math.floor(200_000 / size)));
  for (let index = 0; index < times; index++) list.push(structuredClone(value));
}

function anything(random: Random): Json {
  return random.pick<() => Json>([
    () => null,
    () => random.chance(0.5),
    () => random.pick(NUMBERS),
    () => random.pick(EVIL_TEXTS),
    () => nested(random.pick([2, 20, 40, 3000])),
    () => Array.from({ length: random.pick([0, 1, 1000]) }, () => random.pick(NUMBERS)),
    () => "x".repeat(random.pick([10_000, 65_536, 65_537, 400_000])),
    () => `${RAW_MARK}${random.below(RAW.length)}`,
  ])();
}

function nested(levels: number): Json {
  let value: Json = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const PUNCTUATION = [...'"{}[],:\\\u0000\n'];

/** A text that is cut, or has characters replaced, doubled, left out or put in. */
export function mutateText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + random.below(8));
  const [before, after] = [text.slice(0, at), text.slice(to)];
  return random.pick([
    () => before,
    () => before + after,
    () => text.slice(0, to) + text.slice(at),
    () => before + random.pick(PUNCTUATION) + text.slice(at),
    () => before + String.fromCharCode(random.below(65_536)) + after,
  ])();
}
