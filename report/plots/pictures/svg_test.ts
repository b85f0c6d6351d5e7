import assert from "node:assert/strict";
import { compact, simplified, withoutLabels } from "./svg.ts";

const inSvg = (content: string): string => `<svg width="9" height="9">${content}</svg>`;
const small = (content: string): string => compact(inSvg(content)).slice(inSvg("").length - 6, -6);

Deno.test("compact() drops what shows nothing", () => {
  assert.equal(
    small(
      '<g class="mark-group" role="graphics-object"><path class="background" d="M0,0h0"/>' +
        '<g transform="translate(0,0)"><rect width="9" height="9" opacity="1" fill="red"/></g>' +
        '<g class="mark-text"/><g class="mark-rule"></g></g>',
    ),
    '<rect width="9" height="9" fill="red"/>',
  );
});

Deno.test("compact() keeps groups that move what is in them", () => {
  const group = '<g transform="translate(1,2)"><rect fill="red"/></g>';
  assert.equal(small(`<g class="a">${group}</g><g>${group}</g>`), group + group);
});

Deno.test("compact() rounds to tenths of a pixel", () => {
  assert.equal(small('<rect x="1.23456" y="7" fill="red"/>'), '<rect x="1.2" y="7" fill="red"/>');
});

const dot = (label: string, x: number, fill: string): string =>
  `<path aria-label="${label}" role="graphics-symbol" transform="translate(${x},1)" ` +
  `d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="${fill}" opacity="0.5"/>`;

Deno.test("compact() makes one path of points of a server that say nothing", () => {
  assert.equal(
    small(dot("0|", 1, "red") + dot("0|", 2, "red") + dot("1|", 3, "blue") + dot("1|", 4, "blue")),
    '<path aria-label="0|" stroke="red" opacity="0.5" stroke-width="4" stroke-linecap="round" d="M1,1h0m1,0h0"/>' +
      '<path aria-label="1|" stroke="blue" opacity="0.5" stroke-width="4" stroke-linecap="round" d="M3,1h0m1,0h0"/>',
  );
});

Deno.test("compact() keeps a mark that says something", () => {
  const svg = small(dot("0|ws: 7", 1, "red") + dot("0|ws: 8", 2, "red"));
  assert.deepEqual(svg.match(/aria-label="[^"]*"/g), [
    'aria-label="0|ws: 7"',
    'aria-label="0|ws: 8"',
  ]);
});

Deno.test("compact() makes one path of ticks", () => {
  const tick = (x: number): string =>
    `<line transform="translate(${x},0)" x2="0" y2="5" stroke="red" stroke-width="1" opacity="1"/>`;
  assert.equal(small(tick(1) + tick(2)), '<path stroke="red" d="M1,0l0,5M2,0l0,5"/>');
});

Deno.test("compact() shares the paint of neighbours", () => {
  const text = (x: number): string =>
    `<text transform="translate(${x},0)" fill="var(--a)">${x}</text>`;
  assert.equal(
    small(text(1) + text(2)),
    '<g fill="var(--a)"><text transform="translate(1,0)">1</text><text transform="translate(2,0)">2</text></g>',
  );
});

Deno.test("compact() moves the only font to the document", () => {
  const text = '<text font-family="A" font-size="9px">a</text>';
  assert.equal(
    compact(inSvg(`${text}${text}`)),
    '<svg font-size="9px" font-family="A" width="9" height="9"><text>a</text><text>a</text></svg>',
  );
});

Deno.test("compact() leaves out the points of a line that are not seen", () => {
  assert.equal(
    small('<path d="M0,0L1,0.1L2,0L3,9L3.5,-0.5" stroke="red"/>'),
    '<path d="M0,0l2,0 1,9 .5-9.5" stroke="red"/>',
  );
});

Deno.test("simplified() keeps the ends and the corners", () => {
  assert.deepEqual(simplified([[0, 0], [1, 0], [2, 0], [2, 5], [2, 9]], 0.1), [[0, 0], [2, 0], [
    2,
    9,
  ]]);
  assert.deepEqual(simplified([[1, 1], [1, 1]]), [[1, 1], [1, 1]]);
});

Deno.test("withoutLabels() drops all descriptions", () => {
  assert.equal(withoutLabels('<path aria-label="0|ws" d="M0,0"/>'), '<path d="M0,0"/>');
});

Deno.test("compact() keeps the outlines of hollow points", () => {
  const hollow = (x: number): string =>
    dot("0|", x, "red").replace('fill="red"', 'stroke="red" stroke-width="1.3"');
  const svg = small(hollow(1) + hollow(2));
  assert.equal(svg.match(/stroke="red" stroke-width="1.3"/g)?.length, 2, svg);
});
