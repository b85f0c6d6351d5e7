/** Reads XML as wsmark and its libraries write it, for tests. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly in it. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&amp;": "&",
};

const plain = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|apos|amp);/g, (entity) => ENTITIES[entity]!);

/**
 * The root of a document.
 *
 * @throws {SyntaxError} if its tags do not match
 */
export function parse(xml: string): Element {
  type Open = Omit<Element, "children" | "text"> & { children: Element[]; text: string };
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  for (
    const [, text, end, name, attributes, single] of xml.replace(/^<\?.*?\?>\s*/, "").matchAll(
      /([^<]*)<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g,
    )
  ) {
    open.at(-1)!.text += plain(text!);
    if (end === "/") {
      if (open.pop()!.name !== name) throw new SyntaxError(`Unexpected </${name}>`);
      continue;
    }
    const pairs = [...attributes!.matchAll(/([\w:.-]+)="([^"]*)"/g)]
      .map(([, key, value]) => [key!, plain(value!)]);
    const element: Open = {
      name: name!,
      attributes: Object.fromEntries(pairs),
      children: [],
      text: "",
    };
    open.at(-1)!.children.push(element);
    if (single !== "/") open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new SyntaxError("Tags do not match");
  return root.children[0]!;
}

/** An element and all within it, in the order of the document. */
export function* all(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* all(child);
}

/** The elements with this name. */
export function named(element: Element, name: string): Element[] {
  return [...all(element)].filter((one) => one.name === name);
}
