/// <reference lib="dom" />
/** The log as a list in which only the lines in sight are elements, so that ten thousand lines cost as much as twenty. */

import type { LogBook, LogLine } from "./log_book.ts";

/** Lines above and below those in sight, for a scroll that is faster than the next frame. */
const OVERSCAN = 3;
/** Characters of the time before a line. */
const TIME_WIDTH = 9;

interface LogElements {
  readonly scroller: HTMLElement;
  /** As high as all lines together. */
  readonly spacer: HTMLElement;
  readonly rows: HTMLElement;
}

export class LogView {
  readonly #book: LogBook;
  readonly #elements: LogElements;
  #rowHeight = 0;
  #height = 0;
  /** Whether the reader has used an input that scrolls: only the reader leaves the end. */
  #isTouched = false;
  #isAtEnd = true;
  #setTop = 0;
  #wasDrawn = "";

  /**
   * @param drawSoon called when {@linkcode LogView.draw} is due in the next frame: not at once, because drawing scrolls,
   * too, and a second layout takes most of the time of a frame
   */
  constructor(book: LogBook, elements: LogElements, drawSoon: () => void) {
    this.#book = book;
    this.#elements = elements;
    const { scroller } = elements;
    for (const input of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      scroller.addEventListener(input, () => this.#isTouched = true, { passive: true });
    }
    scroller.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      if (Math.abs(scrollTop - this.#setTop) < 2) return;
      // Otherwise the log has grown and shrunk again with the results next to it, and has to go back to the end.
      if (this.#isTouched) this.#isAtEnd = scrollHeight - scrollTop - clientHeight < 2;
      drawSoon();
    });
    new ResizeObserver(() => {
      this.#rowHeight = 0;
      this.#wasDrawn = "";
      drawSoon();
    }).observe(scroller);
  }

  /** Shows what is in sight now: the end, unless the reader has scrolled away from it. */
  draw(): void {
    const { scroller, spacer, rows } = this.#elements;
    if (this.#rowHeight === 0) this.#measure();
    const height = this.#rowHeight;
    const { length, omitted } = this.#book;
    const end = Math.max(0, length * height - this.#height);
    if (end === 0) this.#isAtEnd = true;
    const top = this.#isAtEnd ? end : Math.min(scroller.scrollTop, end);
    const first = Math.max(0, Math.floor(top / height) - OVERSCAN);
    const inSight = Math.ceil(this.#height / height);
    const count = Math.min(length - first, inSight + 2 * OVERSCAN);
    const state = `${first} ${count} ${length} ${omitted} ${top}`;
    if (state === this.#wasDrawn && Math.abs(scroller.scrollTop - this.#setTop) < 2) return;
    this.#wasDrawn = state;

    spacer.style.height = `${length * height}px`;
    rows.style.transform = `translateY(${first * height}px)`;
    while (rows.childElementCount > count) rows.lastElementChild!.remove();
    while (rows.childElementCount < count) rows.append(newRow());
    for (let index = 0; index < count; index++) {
      const place = first + index;
      fill(rows.children[index] as HTMLElement, this.#book.line(place)!, omitted + place + 1);
    }
    if (!this.#isAtEnd) return;
    scroller.scrollTop = end;
    this.#setTop = end;
  }

  /** Measured once and remembered: each time the browser lays out what has changed since. */
  #measure(): void {
    const row = newRow();
    row.className = "line";
    this.#elements.rows.append(row);
    this.#rowHeight = Math.max(1, row.getBoundingClientRect().height);
    row.remove();
    this.#height = this.#elements.scroller.clientHeight;
  }
}

function newRow(): HTMLElement {
  const row = document.createElement("div");
  row.setAttribute("role", "listitem");
  const time = document.createElement("span");
  time.className = "at";
  time.append("");
  const text = document.createElement("span");
  text.append("");
  row.append(time, text);
  return row;
}

function fill(row: HTMLElement, { kind, atMs, text }: LogLine, position: number): void {
  const name = `line ${kind}`;
  if (row.className !== name) row.className = name;
  row.ariaPosInSet = String(position);
  write(row.firstChild!, `${(atMs / 1000).toFixed(3).padStart(TIME_WIDTH)}  `);
  write(row.lastChild!, text);
}

/** Changes the text of a node that holds one text. */
function write(node: Node, text: string): void {
  const held = node.firstChild as Text;
  if (held.data !== text) held.data = text;
}
