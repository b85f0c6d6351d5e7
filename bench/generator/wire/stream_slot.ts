/** A connection on which the server sends by itself: all that may be a message of its stream is taken as one. */

import { Slot } from "./slot.ts";

export class StreamSlot extends Slot {
  override pushed(_isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.owner.takePush(this.number, buffer, start, end);
  }

  override reply(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.pushed(isText, buffer, start, end);
  }

  override unreadable(
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    contentStart = start,
  ): void {
    this.pushed(isText, buffer, contentStart, end);
  }

  override answered(
    _sequence: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.pushed(isText, buffer, start, end);
  }

  override wrong(
    _sequence: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.pushed(isText, buffer, start, end);
  }

  override exhausted(reason: string): void {
    this.ended(reason);
  }
}
