/** Messages like those of an application: JSON documents with an array of records, made from a seed. */

import { seededRandom } from "../../measure/record/random.ts";
import { bytesOf } from "../../protocols/parts/bytes.ts";
import { fillingsFor } from "./fillings.ts";
import { jsonOf } from "./sized_payload.ts";
import type { Payload } from "./types.ts";

/**
 * A JSON object of a given size: `{"connection":3    ,"sequence":17       ,"items":[…]}`. The items are records with ids,
 * names, times, numbers, booleans and nested objects; the last one fills what is left with a note, or with just an id.
 * Below about 300 bytes it is the only one.
 *
 * @param size bytes of each message, all ASCII
 * @throws {RangeError} below `SMALLEST_JSON`, where the numbers would not fit
 */
export function documents(size: number): Payload {
  return jsonOf("a document", size, ['"items":[', "]}"], (length) => {
    const random = seededRandom(SEED);
    return Array.from(
      { length: fillingsFor(size) },
      (_, index) => bytesOf(items(random, index, length)),
    );
  });
}

/** Seed of the records: every process makes the same. */
const SEED = 20_240_229;

const GIVEN = ["Ada", "Amina", "Bjarne", "Chen", "Dolores", "Edsger", "Farah", "Grace", "Hiro"];
const FAMILY = ["Adeyemi", "Dijkstra", "Garcia", "Hopper", "Kim", "Lovelace", "Nakamura", "Okafor"];
const STATES = ["open", "paid", "packed", "shipped", "returned", "cancelled"];
const TAGS = ["priority", "gift", "fragile", "export", "bulk", "recurring", "sample", "warranty"];
const CITIES = ["Oslo", "Lagos", "Lima", "Osaka", "Porto", "Quito", "Riga", "Tallinn", "Utrecht"];
const WORDS = (
  "the parcel was left with a neighbour who signed for it late in the evening because nobody " +
  "answered at the door and the driver had three more stops before the depot closed"
).split(" ");

const START_MS = Date.UTC(2024, 0, 1);
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** The items of one document, in exactly `length` characters. */
function items(random: () => number, index: number, length: number): string {
  let text = "";
  while (true) {
    const separator = text === "" ? "" : ",";
    const next = separator + JSON.stringify(record(random));
    const left = length - text.length - next.length;
    // What is left must be nothing, or have room for one more item.
    if (left !== 0 && left < ID_BYTES + 2) {
      return text + separator + filler(random, index, length - text.length - separator.length);
    }
    text += next;
    if (left === 0) return text;
  }
}

/** Characters of an item with only an id, without the id. */
const ID_BYTES = '{"id":""}'.length;
const NOTE_BYTES = '{"id":"","note":""}'.length;
/** Digits of the id of an item with a note. */
const ID_DIGITS = 4;

/** An item in exactly `length` characters. */
function filler(random: () => number, index: number, length: number): string {
  const id = index.toString(36);
  if (length < NOTE_BYTES + ID_DIGITS) {
    // The index is at the end, where it is not cut: each document differs from the others.
    const digits = length - ID_BYTES;
    return `{"id":"${id.padStart(digits, "0").slice(-digits)}"}`;
  }
  let note = "";
  const room = length - NOTE_BYTES - ID_DIGITS;
  while (note.length < room) note += `${pick(random, WORDS)} `;
  return `{"id":"${id.padStart(ID_DIGITS, "0")}","note":"${note.slice(0, room)}"}`;
}

function record(random: () => number): unknown {
  const given = pick(random, GIVEN);
  const family = pick(random, FAMILY);
  const createdMs = START_MS + Math.floor(random() * YEAR_MS);
  return {
    id: whole(random, 1e9),
    name: `${given} ${family}`,
    email: `${given}.${family}${whole(random, 100)}@example.com`.toLowerCase(),
    created: new Date(createdMs).toISOString(),
    updated: new Date(createdMs + whole(random, 1e9)).toISOString(),
    state: pick(random, STATES),
    active: random() < 0.5,
    total: whole(random, 1e6) / 100,
    tags: TAGS.filter(() => random() < 0.2),
    address: {
      city: pick(random, CITIES),
      zip: String(10_000 + whole(random, 90_000)),
      location: [degrees(random, 90), degrees(random, 180)],
    },
    manager: random() < 0.3 ? null : whole(random, 1e5),
  };
}

function pick<T>(random: () => number, all: readonly T[]): T {
  return all[whole(random, all.length)]!;
}

function whole(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

function degrees(random: () => number, most: number): number {
  return Math.round((random() * 2 - 1) * most * 1e6) / 1e6;
}
