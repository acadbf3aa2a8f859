import { AVUTIL_MAJORS, type Backend, type ComponentDescriptor } from "@mediamem/interface";
import { imageOf, openBackend } from "../backends.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { chromaInWords, type FormatReport, formatReport, majorsInWords } from "../format_report.ts";
import { fold } from "../fold.ts";
import { type Column, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { canonicalName } from "../canonical_name.ts";

/** The flags of `mediamem formats`. */
export interface FormatsFlags {
  readonly json?: boolean;
}

interface Row extends FormatReport {
  readonly chroma: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: "name", value: (row) => row.name },
  { head: "components", value: (row) => String(row.nbComponents), align: "right", drop: 5 },
  { head: "planes", value: (row) => String(row.planes), align: "right", drop: 2 },
  { head: "bits", value: (row) => String(row.bitsPerPixel), align: "right", drop: 1 },
  { head: "padded", value: (row) => String(row.paddedBitsPerPixel), align: "right", drop: 6 },
  { head: "chroma", value: (row) => row.chroma, drop: 4 },
  { head: "flags", value: (row) => row.flags.join(" ").toLowerCase() || "-", drop: 7 },
  { head: "majors", value: (row) => majorsInWords(row.numbers), drop: 3 },
];

const COMPONENT_COLUMNS: readonly Column<ComponentDescriptor & { readonly index: number }>[] = [
  { head: "component", value: (row) => String(row.index), align: "right" },
  { head: "plane", value: (row) => String(row.plane), align: "right" },
  { head: "step", value: (row) => String(row.step), align: "right" },
  { head: "offset", value: (row) => String(row.offset), align: "right" },
  { head: "shift", value: (row) => String(row.shift), align: "right" },
  { head: "depth", value: (row) => String(row.depth), align: "right" },
];

async function printOne(row: Row, core: Backend, terminal: Terminal): Promise<void> {
  const { write, columns, colours } = terminal.out;
  const facts: [string, string][] = [
    ["components", String(row.nbComponents)],
    ["planes", String(row.planes)],
    ["bits per pixel", `${row.bitsPerPixel}, ${row.paddedBitsPerPixel} with padding`],
    [
      "chroma",
      row.chroma === "-" ? "none" : `${row.chroma}, shifts ${row.log2ChromaW} and ${row.log2ChromaH}`,
    ],
    ["flags", row.flags.join(" ").toLowerCase() || "none"],
    ["aliases", row.alias.join(", ") || "none"],
    ["other byte order", row.swapEndianness ?? "none"],
    ["in GStreamer", row.gstreamer ?? "none"],
    ["in WebCodecs", row.webcodecs ?? "none"],
  ];
  write(`${colours.bold(row.name)}\n`);
  for (const [name, value] of facts) write(`  ${colours.dim(name.padEnd(16))}  ${value}\n`);
  if (row.components.length > 0) {
    write(
      `\n${
        table(
          COMPONENT_COLUMNS,
          row.components.map((component, index) => ({ ...component, index })),
          columns,
          colours.dim,
        )
      }`,
    );
  }
  const majors = AVUTIL_MAJORS.map((major) => ({ major, number: row.numbers[major] }));
  write(`\n${
    table(
      [
        { head: "libavutil", value: ({ major }) => String(major), align: "right" },
        {
          head: "number",
          value: ({ number }) => number === undefined ? "-" : String(number),
          align: "right",
        },
      ],
      majors,
      columns,
      colours.dim,
    )
  }`);
  // The conformance is much to import, and only this needs it.
  const { formatHistory } = await import("../format_history.ts");
  const changes = formatHistory(core, row.name);
  if (changes.length > 0) write("\n");
  for (const { majors, reason } of changes) {
    for (const text of fold(`libavutil ${majors} describes it otherwise: ${reason}`, columns)) {
      write(`${text}\n`);
    }
  }
}

/** Prints all pixel formats, or one of them with everything that is known about it. */
export async function formats(
  name: string | undefined,
  flags: FormatsFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  using core = await openBackend("core-ts");
  const image = imageOf(core);
  const names = name === undefined ? image.pixelFormats() : [canonicalName(image, name)];
  const rows = names.map((format) => ({
    ...formatReport(image, format),
    chroma: chromaInWords(image.pixelFormat(format)),
  }));
  if (flags.json) {
    const reports = rows.map(({ chroma: _chroma, ...report }) => report);
    terminal.out.write(`${JSON.stringify(name === undefined ? reports : reports[0], null, 2)}\n`);
  } else if (name === undefined) {
    const { write, columns, colours } = terminal.out;
    write(table(COLUMNS, rows, columns, colours.dim));
  } else {
    await printOne(rows[0]!, core, terminal);
  }
  return EXIT_CODE.OK;
}
