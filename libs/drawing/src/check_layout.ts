import type { ImageLayout } from "@mediamem/interface";

function refuse(what: string): never {
  throw new TypeError(`Cannot draw a layout: ${what}`);
}

function check(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  refuse(`${name} is ${String(value)}, wanted a safe integer from ${least}`);
}

/** Throws a `TypeError` for numbers that would end as `NaN`, or as a plane outside of the memory. */
export function checkLayout(layout: ImageLayout): void {
  check("size", layout.size, 0);
  for (const [i, { plane, offset, linesize, rowBytes, rows, extent }] of layout.planes.entries()) {
    check(`planes[${i}].plane`, plane, 0);
    check(`planes[${i}].offset`, offset, 0);
    check(`planes[${i}].linesize`, linesize, Number.MIN_SAFE_INTEGER);
    check(`planes[${i}].rowBytes`, rowBytes, 0);
    check(`planes[${i}].rows`, rows, 1);
    const wanted = Math.abs(linesize) * (rows - 1) + rowBytes;
    if (extent !== wanted) refuse(`planes[${i}].extent is ${String(extent)}, wanted ${wanted}`);
    const low = linesize < 0 ? offset + linesize * (rows - 1) : offset;
    if (low < 0 || low + extent > layout.size) {
      refuse(`plane ${plane} lies at bytes ${low} to ${low + extent}, wanted 0 to ${layout.size}`);
    }
  }
}
