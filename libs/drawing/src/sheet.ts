import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { element, patterns } from "./marks.ts";
import { PICTURE_WIDTH, STYLE } from "./style.ts";
import { xmlText } from "./words.ts";

/** What a picture is made of. */
export interface Sheet {
  /** Tells apart the pictures of one page. */
  readonly id: string;
  readonly title: string;
  /** Everything that the picture shows as text, for who cannot see it. */
  readonly description: string;
  readonly height: number;
  readonly parts: readonly VNode[];
}

/** Makes an id of any words: letters, digits, `-` and `_`. */
export function idOf(words: string): string {
  return words.replace(/[^\w-]/g, "_");
}

/** Sets the parts of a picture on paper: the text of an SVG file. */
export function sheetSvg({ id, title, description, height, parts }: Sheet): string {
  return renderToString(
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        class: "mediamem-layout",
        role: "img",
        "aria-labelledby": `${id}-title ${id}-desc`,
        width: PICTURE_WIDTH,
        height,
        viewBox: `0 0 ${PICTURE_WIDTH} ${height}`,
      },
      element("title", { id: `${id}-title` }, xmlText(title)),
      element("desc", { id: `${id}-desc` }, xmlText(description)),
      element("style", null, STYLE),
      patterns(id),
      element("rect", { width: PICTURE_WIDTH, height, class: "paper" }),
      parts,
    ),
  );
}
