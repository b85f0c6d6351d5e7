/**
 * Makes drawings of Vega smaller: what shows nothing is dropped, marks of the same look that say nothing become one path,
 * and lines keep only the points that can be seen.
 */

/** Shortest distance that can be seen, in pixels. */
const VISIBLE = 0.3;

/**
 * A drawing that looks the same, but is smaller. Of the descriptions only the labels of single marks are kept.
 *
 * @param svg as Vega writes it
 */
export function compact(svg: string): string {
  const plain = withoutNoise(svg);
  const shared = ["font-family", "font-size"].reduce(hoisted, plain);
  return withSharedPaint(withoutWrappers(mergedRuns(shortLines(shortNumbers(shared)))));
}

/** A drawing without any description: that of the document has all of them. */
export function withoutLabels(svg: string): string {
  return svg.replace(/\saria-label="[^"]*"/g, "");
}

function withoutNoise(svg: string): string {
  return svg
    .replace(/\s(?:role|aria-roledescription|aria-hidden|pointer-events)="[^"]*"/g, "")
    .replace(/(<(?!svg)[^>]*?)\sclass="[^"]*"/g, "$1")
    // Labels of groups, axes and texts repeat what is written.
    .replace(/<(g|text)\b[^>]*>/g, (tag) => isOwned(tag) ? tag : withoutLabels(tag))
    .replace(/\s(?:(?:opacity|stroke-width)="1"|[xy]2="0"|stroke-dasharray="1,0")/g, "")
    .replace(/<line\b[^>]*>/g, (tag) => tag.replace(/\sfill="[^"]*"/, ""))
    .replace(/<[^>]*\sopacity="0"[^>]*>/g, (tag) => tag.replace(/\s(?:fill|stroke)="[^"]*"/g, ""))
    .replace(/\stransform="translate\(0,0\)"/g, "")
    .replace(/<path(?![^>]*(?:fill|stroke|aria-label)=)[^>]*\/>/g, "")
    .replace(/<path[^>]*display="none"[^>]*\/>/g, "");
}

function isOwned(tag: string): boolean {
  return /\saria-label="\d+\|/.test(tag);
}

/** Moves an attribute that has only one value to the document. */
function hoisted(svg: string, name: string): string {
  const attribute = new RegExp(`\\s${name}="[^"]*"`, "g");
  const found = new Set(svg.match(attribute));
  if (found.size !== 1) return svg;
  const [only] = found;
  return svg.replace(attribute, "").replace("<svg", `<svg${only}`);
}

/** Rounds to tenths of a pixel. */
function shortNumbers(svg: string): string {
  return svg.replace(/\s(?:d|transform|x[12]?|y[12]?)="[^"]*"/g, (attribute) => {
    return attribute.replace(/\d+\.\d+/g, (number) => short(Number(number)));
  });
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** Leaves out the points of long lines that are not seen. */
function shortLines(svg: string): string {
  return svg.replace(/\sd="M([-\d.,L]+)"/g, (whole, path: string) => {
    const points = path.split("L").map((point) => point.split(",").map(Number) as [number, number]);
    return points.length < 3 ? whole : ` d="${pathOf(simplified(points))}"`;
  });
}

type Point = readonly [x: number, y: number];

function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], index) => {
    if (index === 0) return `M${x},${y}l`;
    const [before, above] = points[index - 1]!;
    return `${short(x - before)},${short(y - above)}`;
  }).join(" ").replace("l ", "l").replace(/,-/g, "-").replace(/ -/g, "-")
    .replace(/(?<!\d)0\./g, ".");
}

/** A line without the points that are nearer to it than can be seen (Douglas and Peucker, 1973). */
export function simplified(points: readonly Point[], tolerance: number = VISIBLE): Point[] {
  const kept = new Set([0, points.length - 1]);
  const stretches: [number, number][] = [[0, points.length - 1]];
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch;
    let [farthest, most] = [from, tolerance];
    for (let index = from + 1; index < to; index++) {
      const away = distance(points[index]!, points[from]!, points[to]!);
      if (away > most) [farthest, most] = [index, away];
    }
    if (farthest === from) continue;
    kept.add(farthest);
    stretches.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

/** From a point to the line between two others. */
function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const square = dx * dx + dy * dy;
  const along = square === 0
    ? 0
    : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / square));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

const SINGLE = /<(path|line)\b((?:\s[\w-]+="[^"]*")*)\/>/g;
const SAYS = /\saria-label="(?!\d+\|")/;
const MOVE = /\stransform="translate\(([-\d.]+),([-\d.]+)\)"/;
const DOT = /\sd="M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0"/;

/** A mark as a part of a path: the parts of marks with the same look can be one path. */
interface Part {
  readonly look: string;
  readonly path: string;
}

/** Undefined if the mark must stay what it is. */
function partOf(tag: string, attributes: string): Part | undefined {
  if (SAYS.test(attributes)) return undefined;
  const [move = "", x = "0", y = "0"] = MOVE.exec(attributes) ?? [];
  const rest = attributes.replace(move, "");
  if (tag === "line") {
    const length = (name: string): string =>
      new RegExp(`\\s${name}="([^"]*)"`).exec(rest)?.[1] ?? "0";
    const look = rest.replace(/\s[xy]2="[^"]*"/g, "");
    return { look, path: `M${x},${y}l${length("x2")},${length("y2")}` };
  }
  const dot = DOT.exec(rest);
  // A hollow one has an outline.
  if (dot !== null && /\sfill=/.test(rest)) {
    // A line without a length, but with round ends.
    const look = rest.replace(dot[0], "").replace(/\sstroke[\w-]*="[^"]*"/g, "")
      .replace(/\sfill=/, " stroke=");
    return {
      look: `${look} stroke-width="${short(2 * Number(dot[1]))}" stroke-linecap="round"`,
      path: `M${x},${y}h0`,
    };
  }
  const path = /\sd="([^"]*)"/.exec(rest)?.[1];
  if (path === undefined || move !== "" || /\sfill=/.test(rest)) return undefined;
  return { look: rest.replace(/\sd="[^"]*"/, ""), path };
}

/** One path of several; dots are placed relative to one another, which is shorter. */
function joined(paths: readonly string[]): string {
  let [left, top] = [0, 0];
  return paths.map((path, index) => {
    const [, x, y] = /^M([-\d.]+),([-\d.]+)h0$/.exec(path) ?? [];
    if (x === undefined) return path;
    const move = index === 0
      ? path
      : `m${short(Number(x) - left)},${short(Number(y) - top)}h0`.replace(",-", "-");
    [left, top] = [Number(x), Number(y)];
    return move;
  }).join("");
}

/** Makes one path of marks of the same look that follow one another. */
function mergedRuns(svg: string): string {
  let written = "";
  let end = 0;
  let open: { look: string; paths: string[]; first: string } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { look, paths, first } = open;
    written += paths.length === 1 ? first : `<path${look} d="${joined(paths)}"/>`;
    open = undefined;
  };
  for (const match of svg.matchAll(SINGLE)) {
    const [whole, tag, attributes] = match;
    const part = partOf(tag!, attributes!);
    const isNext = match.index === end && part !== undefined && part.look === open?.look;
    if (isNext) open!.paths.push(part.path);
    else {
      close();
      written += svg.slice(end, match.index);
      if (part === undefined) written += whole;
      else open = { look: part.look, paths: [part.path], first: whole };
    }
    end = match.index + whole.length;
  }
  close();
  return written + svg.slice(end);
}

/** Drops groups without attributes or without content. */
function withoutWrappers(svg: string): string {
  const plain: boolean[] = [];
  let whole = svg.replace(/<g\b[^>]*\/>/g, "").replace(
    /<g\b([^>]*)>|<\/g>/g,
    (tag, attributes?: string) => {
      if (tag === "</g>") return plain.pop() ? "" : tag;
      plain.push(attributes === "");
      return attributes === "" ? "" : tag;
    },
  );
  for (let before = ""; before !== whole;) {
    before = whole;
    whole = whole.replace(/<g\b[^>]*><\/g>/g, "");
  }
  return whole;
}

const SHAPE = /<(?:path|line)\b[^>]*\/>|<text\b[^>]*>[^<]*<\/text>/g;
/** What differs from mark to mark. */
const OWN = /\s(?:aria-label|transform|d|x2|y2|text-anchor)="[^"]*"/g;
const TAG = /^<\w+((?:\s[\w-]+="[^"]*")*)/;

/** Puts the paint that marks next to one another share into a group around them. */
function withSharedPaint(svg: string): string {
  let written = "";
  let end = 0;
  let open: { paint: string; shapes: string[] } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { paint, shapes } = open;
    const isWorth = paint.length * (shapes.length - 1) > "<g></g>".length;
    written += isWorth
      ? `<g${paint}>${shapes.map((shape) => withoutPaint(shape)).join("")}</g>`
      : shapes.join("");
    open = undefined;
  };
  for (const { 0: shape, index } of svg.matchAll(SHAPE)) {
    const paint = TAG.exec(shape)![1]!.replace(OWN, "");
    // What is hidden stays on its own: it is found by that. Opacities of a group and of its marks are not the same.
    const isShared = paint !== "" && !/\sopacity=/.test(paint);
    if (index !== end || open?.paint !== paint) {
      close();
      written += svg.slice(end, index);
    }
    if (isShared) (open ??= { paint, shapes: [] }).shapes.push(shape);
    else written += shape;
    end = index + shape.length;
  }
  close();
  return written + svg.slice(end);
}

function withoutPaint(shape: string): string {
  return shape.replace(TAG, (tag, attributes: string) => {
    const own = attributes.match(OWN) ?? [];
    return tag.slice(0, tag.length - attributes.length) + own.join("");
  });
}
