import type { ImageLayout } from "@mediamem/interface";
import { compareAreas } from "./compare_areas.ts";
import type { Area, VectorTest } from "./model.ts";
import { parseQuery } from "./query.ts";
import type { RunReport } from "./reports/run_report.ts";
import { DEFAULT_SELECTION } from "./selection.ts";
import type { Shard } from "./shard.ts";
import { LiveSubject } from "./subject.ts";
import { strideTest, tinyArea, tinyBackend } from "./tiny_area.ts";
import type { Tiny } from "./tiny_area.ts";

/** What a report of the artificial area may be made of. */
export interface TinyReportOptions {
  readonly changes?: Partial<Tiny>;
  readonly area?: Area;
  readonly version?: string;
  readonly shard?: Shard;
  readonly cases?: string;
  readonly notices?: readonly string[];
}

/** A layout to draw. */
export function tinyLayout(linesize: number): ImageLayout {
  return {
    format: "gray",
    width: 3,
    height: 2,
    rules: { name: "ffmpeg", align: linesize },
    size: 2 * linesize,
    planes: [{ plane: 0, offset: 0, linesize, rowBytes: 3, rows: 2, extent: linesize + 3 }],
  };
}

const drawn: VectorTest = {
  ...strideTest,
  picture: (backend) => tinyLayout(backend.id === "core-ts" ? 4 : 8),
};

/** The artificial area with one of everything that a report shows. */
export const reportedArea: Area = {
  ...tinyArea,
  tests: [drawn, ...tinyArea.tests.slice(1)],
  known: [{
    id: "tiny/rgb24",
    tests: ["tiny/stride"],
    majors: [1],
    reason: "Version 1 adds <one> byte & more to wide rgb24.",
    expected(_test, [format, width], _major, ours, out) {
      if (format !== "rgb24" || width !== 100) return false;
      out.copyFrom(ours);
      out.numbers[0]! += 1;
      return true;
    },
  }],
  overview: () => [tinyLayout(16)],
};

const { stride } = tinyBackend().tiny;

/** What a run of the artificial area reports. Unless changed, one case is known and those of p010le at 99 are different. */
export async function tinyReport(options: TinyReportOptions = {}): Promise<RunReport> {
  const { area = reportedArea, version = "1.0.0", shard = null, cases, notices = [] } = options;
  const changes = options.changes ?? {
    stride: (format, width, align) =>
      stride(format, width, align) -
      (format === "rgb24" && width === 100 ? 1 : format === "p010le" && width === 99 ? 1 : 0),
    describe: (format) => format === "gray" ? '<b>"&"\u0001</b>' : tinyBackend().tiny.describe(format),
  };
  const query = cases === undefined ? null : parseQuery(cases);
  return await compareAreas(
    [area],
    new LiveSubject(tinyBackend(changes)),
    new LiveSubject(tinyBackend({}, version)),
    { selection: { ...DEFAULT_SELECTION, shard, query }, notices },
  );
}
