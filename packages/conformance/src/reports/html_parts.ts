import type { ImageLayout } from "@mediamem/interface";
import { pixelFormat } from "@mediamem/core-ts/image";
import { LayoutPicture } from "@mediamem/drawing";
import { type ComponentChild, h, type VNode } from "preact";

/** A table that scrolls sideways where the screen is narrow. `numbers` tells which columns are flush right. */
export function scroll(
  titles: readonly string[],
  numbers: readonly boolean[],
  rows: readonly ComponentChild[],
): ComponentChild {
  const head = titles.map((title, i) => h("th", { class: numbers[i] ? "number" : "" }, title));
  return h(
    "div",
    { class: "scroll" },
    h("table", null, h("thead", null, h("tr", null, head)), h("tbody", null, rows)),
  );
}

/** A picture of a layout; where its numbers contradict each other, which a difference may be about, the reason in words. */
export function figure(layout: ImageLayout, caption: string, id: string): ComponentChild {
  try {
    const picture = LayoutPicture({ layout, descriptor: pixelFormat(layout.format), id }) as VNode;
    return h("figure", null, h("figcaption", null, caption), picture);
  } catch (error) {
    return h(
      "figure",
      null,
      h("figcaption", null, `${caption}: ${error instanceof Error ? error.message : error}`),
    );
  }
}
