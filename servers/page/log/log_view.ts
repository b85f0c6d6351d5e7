/// <reference lib="dom" />
/** The log as a list in which only the lines in sight are elements, so that ten thousand lines cost as much as twenty. */

import type { LogBook, LogLine } from "./log_book.ts";

/** Lines above and below those in sight, for a scroll that is faster than the next frame. */
const OVERSCAN = 3;
/** Characters of the time before a line. */
const TIME_WIDTH = 9;
/** Keys that scroll up; so does Space with Shift. */
const KEYS_UP: readonly string[] = ["ArrowUp", "PageUp", "Home"];

interface LogElements {
  readonly scroller: HTMLElement;
  /** As high as all lines together. */
  readonly spacer: HTMLElement;
  readonly rows: HTMLElement;
}

export class LogView {
  readonly #book: LogBook;
  readonly #elements: LogElements;
  readonly #drawSoon: () => void;
  #rowHeight = 0;
  #height = 0;
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
    this.#drawSoon = drawSoon;
    const { scroller } = elements;
    this.#followReader(scroller);
    scroller.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      if (Math.abs(scrollTop - this.#setTop) < 2) return;
      // Otherwise the log has grown and shrunk again with the results next to it, and goes back to the end.
      if (!this.#isAtEnd) this.#isAtEnd = scrollHeight - scrollTop - clientHeight < 2;
      drawSoon();
    });
    new ResizeObserver(() => {
      this.#rowHeight = 0;
      this.#wasDrawn = "";
      drawSoon();
    }).observe(scroller);
  }

  /** Whether it shows its end, and goes on to do so. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    this.#isAtEnd = true;
    this.#drawSoon();
  }

  /** Only the reader leaves the end, and only upwards: by a wheel, a key, a finger or the scroll bar. */
  #followReader(scroller: HTMLElement): void {
    const leave = (): void => {
      if (scroller.scrollTop === 0) return;
      this.#isAtEnd = false;
      this.#drawSoon();
    };
    const passive = { passive: true };
    scroller.addEventListener("wheel", ({ deltaY, ctrlKey }) => {
      if (deltaY < 0 && !ctrlKey) leave();
    }, passive);
    scroller.addEventListener("keydown", ({ key, shiftKey }) => {
      if (KEYS_UP.includes(key) || key === " " && shiftKey) leave();
      if (key === "End") this.toEnd();
    });
    scroller.addEventListener("pointerdown", ({ target, offsetX, pointerType }) => {
      const isOnBar = target === scroller && offsetX >= scroller.clientWidth;
      if (isOnBar && pointerType === "mouse") leave();
    });
    let fingerY = 0;
    scroller.addEventListener(
      "touchstart",
      ({ touches }) => fingerY = touches[0]!.clientY,
      passive,
    );
    scroller.addEventListener("touchmove", ({ touches }) => {
      if (touches[0]!.clientY > fingerY) leave();
      fingerY = touches[0]!.clientY;
    }, passive);
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
