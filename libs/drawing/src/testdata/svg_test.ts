import { assert, assertEquals } from "@std/assert";

/** An element of an SVG file. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (SvgElement | string)[];
}

/** Reads XML strictly: throws for anything that is not well formed. */
export function parseXml(xml: string): SvgElement {
  const root: SvgElement = { name: "", attributes: {}, children: [] };
  const open = [root];
  const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < xml.length) {
    const start = token.lastIndex;
    const match = token.exec(xml);
    assert(match !== null, `Not well formed at ${start}: ${xml.slice(start, start + 60)}`);
    const [, closing, name, attributes, empty, content] = match;
    if (content !== undefined) {
      assert(!/&(?!(lt|gt|amp|quot|apos|#\d+);)|\]\]>/.test(content), `Not escaped: ${content}`);
      open.at(-1)!.children.push(content);
    } else if (closing === "/") {
      assertEquals(open.pop()!.name, name!);
    } else {
      const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map((pair) =>
        [pair[1]!, pair[2]!] as const
      );
      assertEquals(new Set(pairs.map((pair) => pair[0])).size, pairs.length, "An attribute stands twice");
      const element: SvgElement = { name: name!, attributes: Object.fromEntries(pairs), children: [] };
      open.at(-1)!.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  assertEquals(open.length, 1, "An element is not closed");
  assertEquals(root.children.length, 1);
  return root.children[0] as SvgElement;
}

/** All elements of a name, nearer ones first. */
export function elements(root: SvgElement, name: string): SvgElement[] {
  const children = root.children.filter((child) => typeof child !== "string");
  return [
    ...children.filter((child) => child.name === name),
    ...children.flatMap((child) => elements(child, name)),
  ];
}

/** All texts of an element. */
export function words(root: SvgElement): string {
  return root.children.map((child) => typeof child === "string" ? child : words(child)).join(" ");
}

/** The rectangles whose tooltip starts so. */
export function boxes(
  svg: SvgElement,
  title: string,
): { x: number; y: number; width: number; height: number }[] {
  return elements(svg, "rect").filter((rect) => words(rect).startsWith(title)).map(({ attributes }) => ({
    x: Number(attributes.x),
    y: Number(attributes.y),
    width: Number(attributes.width),
    height: Number(attributes.height),
  }));
}

/** How wide a text is drawn at least, px. */
const CHARACTER = 5.5;
const HEIGHT = 9;

/** The texts that stand on each other, in pairs. */
export function overlaps(svg: SvgElement): [string, string][] {
  const texts = elements(svg, "text").map((text) => {
    const content = words(text);
    const size = text.attributes.class?.includes("title") ? 1.7 : 1;
    const width = content.length * CHARACTER * size;
    const anchor = text.attributes["text-anchor"];
    const x = Number(text.attributes.x) - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    return { content, x, width, y: Number(text.attributes.y) };
  });
  const found: [string, string][] = [];
  for (const [i, a] of texts.entries()) {
    for (const b of texts.slice(i + 1)) {
      if (Math.abs(a.y - b.y) < HEIGHT && a.x < b.x + b.width && b.x < a.x + a.width) {
        found.push([a.content, b.content]);
      }
    }
  }
  return found;
}

/** Fails for a picture that is not well formed, has numbers that are none, reaches beyond its paper, or sets a text on another. */
export function assertSound(svg: string): SvgElement {
  assert(!/NaN|Infinity|undefined/.test(svg), svg.slice(0, 2000));
  const root = parseXml(svg);
  const [right, bottom] = [Number(root.attributes.width), Number(root.attributes.height)];
  for (const rect of elements(root, "rect")) {
    const { x = "0", y = "0", width, height } = rect.attributes;
    if (rect.attributes.class === "padding-paper" || rect.attributes.class === "gap-paper" && x === "0") {
      continue;
    }
    assert(Number(width) >= 0 && Number(height) >= 0, JSON.stringify(rect.attributes));
    assert(Number(x) >= 0 && Number(x) + Number(width) <= right + 1, JSON.stringify(rect.attributes));
    assert(Number(y) >= 0 && Number(y) + Number(height) <= bottom + 0.01, JSON.stringify(rect.attributes));
  }
  for (const text of elements(root, "text")) assert(Number(text.attributes.y) <= bottom, words(text));
  assertEquals(overlaps(root), []);
  return root;
}
