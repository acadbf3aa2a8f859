import type { BestPixelFormat, Image, PixelFormatName } from "@mediamem/interface";
import { checkBoolean, checkInt, show } from "@mediamem/checks";
import type { AvutilLibrary } from "../library.ts";
import type { FormatTable } from "./format_table.ts";

/** What conversions lose, and which target loses least. */
export type LossFunctions = Pick<Image, "pixFmtLoss" | "findBestPixFmtOf2" | "findBestPixFmtOfList">;

const NONE = -1;

/** Binds the functions to a library. */
export function lossFunctions({ symbols }: AvutilLibrary, formats: FormatTable): LossFunctions {
  const loss = new Int32Array(1);

  function numberOf(op: string, format: PixelFormatName | null): number {
    return format === null ? NONE : formats.find(op, format).number;
  }

  function answer(best: number): BestPixelFormat {
    return { format: formats.byNumber(best)?.name ?? null, loss: loss[0]! };
  }

  return {
    pixFmtLoss(dst, src, hasAlpha): number {
      const op = "av_get_pix_fmt_loss";
      const dstNumber = formats.find(op, dst).number;
      const srcNumber = formats.find(op, src).number;
      checkBoolean(op, "hasAlpha", hasAlpha);
      return symbols.av_get_pix_fmt_loss(dstNumber, srcNumber, hasAlpha ? 1 : 0);
    },

    findBestPixFmtOf2(dst1, dst2, src, hasAlpha, lossMask = 0): BestPixelFormat {
      const op = "av_find_best_pix_fmt_of_2";
      const first = numberOf(op, dst1);
      const second = numberOf(op, dst2);
      const source = formats.find(op, src).number;
      checkBoolean(op, "hasAlpha", hasAlpha);
      checkInt(op, "lossMask", lossMask);
      loss[0] = lossMask;
      return answer(symbols.av_find_best_pix_fmt_of_2(first, second, source, hasAlpha ? 1 : 0, loss));
    },

    // The function is one of libavcodec, which asks this one of libavutil for each candidate in turn.
    findBestPixFmtOfList(dsts, src, hasAlpha, lossMask = 0): BestPixelFormat {
      const op = "avcodec_find_best_pix_fmt_of_list";
      if (!Array.isArray(dsts)) {
        throw new TypeError(`Cannot call ${op}: dsts is ${show(dsts)}, wanted an array of names`);
      }
      const candidates = Array.from(dsts, (format) => formats.find(op, format).number);
      // Without a candidate C leaves the loss to chance; here it is that of no format.
      if (candidates.length === 0) candidates.push(NONE);
      const source = formats.find(op, src).number;
      checkBoolean(op, "hasAlpha", hasAlpha);
      checkInt(op, "lossMask", lossMask);
      let best = NONE;
      for (const candidate of candidates) {
        loss[0] = lossMask;
        best = symbols.av_find_best_pix_fmt_of_2(best, candidate, source, hasAlpha ? 1 : 0, loss);
      }
      return answer(best);
    },
  };
}
