import type { ImageLayout } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./with_image.ts";

/** Mistakes in layouts. */
export const layoutDefects: readonly Defect[] = [
  defect(
    "extent",
    "A plane's extent is the linesize times the rows, the last row's padding included",
    (image) => ({
      imageLayout(...args): ImageLayout {
        const layout = image.imageLayout(...args);
        return {
          ...layout,
          planes: layout.planes.map((plane) => ({ ...plane, extent: plane.rows * Math.abs(plane.linesize) })),
        };
      },
    }),
  ),
  defect("frame-padding", "A frame has no room between its planes", (image) => ({
    imageLayout(...args): ImageLayout {
      const layout = image.imageLayout(...args);
      if (layout.rules.name !== "ffmpegFrame") return layout;
      return {
        ...layout,
        planes: layout.planes.map((plane) => ({ ...plane, offset: plane.offset - 32 * plane.plane })),
      };
    },
  })),
];
