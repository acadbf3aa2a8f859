import { Command, Option } from "commander";
import { BACKEND_IDS } from "./backends.ts";
import type { ExitCode } from "./exit_code.ts";
import { RULE_SET_NAMES } from "./rule_sets.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

function examples(...lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  mediamem ${line}`)].join("\n");
}

/**
 * Declares the commands. What a command does is imported when it runs, so that `--help` is instant.
 *
 * @param terminal Where commands and help write to.
 * @param finish Takes the exit code of the command that ran.
 */
export function makeProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command("mediamem");
  const problem = terminal.err.colours.red("mediamem:");
  program
    .description(
      "Media memory: the exact layout of pictures, the heap and the pools, drawn and compared with the libraries of this machine.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this text")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out.write,
      writeErr: terminal.err.write,
      getOutHelpWidth: () => Math.min(terminal.out.columns, 100),
      getErrHelpWidth: () => Math.min(terminal.err.columns, 100),
      getOutHasColors: () => terminal.out.colours.isColorSupported,
      getErrHasColors: () => terminal.err.colours.isColorSupported,
      outputError: (message, write) =>
        write(
          message.replace(/^error: (.)/, (_, letter: string) => `${problem} ${letter.toUpperCase()}`).replace(
            /\.$/m,
            "",
          ),
        ),
    })
    .showHelpAfterError("See mediamem --help")
    .addHelpText(
      "after",
      examples(
        "doctor",
        "formats yuv420p",
        "layout yuv420p 300x300 --align 16 --svg layout.svg",
        "heap --random 20000 --svg heap.svg",
        "pool --random 400 --max 8 --svg pool.svg",
        "conformance",
      ) +
        "\n\nExit codes: 0 fine, 1 backends differ or something is broken, 2 wrong usage.",
    );

  program.command("doctor")
    .description("show the runtime, the backends and the libraries that were found")
    .addHelpText(
      "after",
      examples("doctor", "doctor    # MEDIAMEM_LIBAVUTIL=/path/to/libavutil.so takes that library"),
    )
    .action(async () => {
      const { doctor } = await import("./commands/doctor.ts");
      finish(await doctor(terminal));
    });

  program.command("formats")
    .description("list the pixel formats, or describe one")
    .argument("[name]", "a pixel format by any of its names")
    .option("--json", "print JSON")
    .addHelpText("after", examples("formats", "formats p010", "formats yuv420p --json"))
    .action(async (name: string | undefined, flags: { json?: boolean }) => {
      const { formats } = await import("./commands/formats.ts");
      finish(await formats(name, flags, terminal));
    });

  program.command("layout")
    .description("compute, compare and draw the layout of a picture in memory")
    .argument("<format>", "a pixel format by any of its names")
    .argument("<size>", "WIDTHxHEIGHT in pixels")
    .option("--align <n>", "bytes that rows are rounded up to (default: ffmpeg 1, ffmpegFrame 0, webgpu 256)")
    .addOption(new Option("--rules <rules>", "the rule set").choices(RULE_SET_NAMES).default("ffmpeg"))
    .addOption(
      new Option("--backend <backend>", "who computes").choices([...BACKEND_IDS, "all"]).default("core-ts"),
    )
    .option("--json", "print JSON")
    .option("--svg <file>", "draw the planes to scale; - for standard output")
    .addHelpText(
      "after",
      examples(
        "layout yuv420p 300x300 --align 16",
        "layout nv12 1920x1080 --rules gstreamer --json",
        "layout yuv420p 99x51 --rules ffmpegFrame --backend all",
        "layout pal8 17x13 --align 32 --svg layout.svg",
      ),
    )
    .action(async (format: string, size: string, flags: import("./commands/layout.ts").LayoutFlags) => {
      const { layout } = await import("./commands/layout.ts");
      finish(await layout(format, size, flags, terminal));
    });

  program.command("heap")
    .description("replay an allocation trace, report what the heap came to, and draw it")
    .option("--trace <file>", "the trace: one operation on each line; - for standard input")
    .option("--random <n>", "a trace of n operations instead: sizes 1 to 4096, all as likely; see below")
    .option("--seed <n>", "another random trace (default: 1)")
    .option("--live <n>", "as many blocks of a random trace are in use at most (default: 1000)")
    .option("--write-trace <file>", "leave the random trace as a file")
    .option("--checked", "red zones around blocks, poison and quarantine for freed ones")
    .addOption(
      new Option("--alignment <n>", "what addresses are multiples of").choices(["16", "32", "64"]).default(
        "64",
      ),
    )
    .option("--size <bytes>", "the storage at first (default: 65536)")
    .option("--max <bytes>", "as far as the storage grows (default: 4294967296)")
    .option("--limit <bytes>", "the most bytes in use, as asked for (default: no limit)")
    .option("--at <n>", "draw the heap after operation n (default: the last)")
    .option("--strict", "stop at the first operation that fails")
    .option("--json", "print JSON")
    .option("--svg <file>", "draw the heap to scale, and its figures over time; - for standard output")
    .addHelpText(
      "after",
      [
        "",
        "A trace has one operation on each line, # begins a comment:",
        "  malloc NAME SIZE [ALIGNMENT]   calloc NAME COUNT SIZE   realloc NAME SIZE   free NAME",
        "  write NAME OFFSET LENGTH       writes bytes, also past the end of the block, on purpose",
        "",
        "Of 16 operations of a random trace 9 are a malloc, 6 a free of a random block and 1 a realloc,",
        "until as many blocks as may be are in use; then a free stands in for each malloc.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples(
        "heap --random 20000 --svg heap.svg",
        "heap --trace trace.txt --checked --strict",
        "heap --random 100 --seed 7 --write-trace trace.txt --json",
        "heap --trace - --limit 1000000 < trace.txt",
      ) +
        "\n\nExit codes: 0 fine, also with leaks; 1 an operation failed or the heap is not sound, 2 wrong usage.",
    )
    .action(async (flags: import("./commands/heap.ts").HeapFlags) => {
      const { heap } = await import("./commands/heap.ts");
      finish(heap(flags, terminal));
    });

  program.command("pool")
    .description("replay a trace on a buffer pool, show its life over time, and draw it")
    .option("--trace <file>", "the trace: one operation on each line; - for standard input")
    .option("--random <n>", "a trace of n operations instead; see below")
    .option("--seed <n>", "another random trace (default: 1)")
    .option("--live <n>", "as many buffers of a random trace are out at most (default: 8, or --max)")
    .option("--write-trace <file>", "leave the random trace as a file")
    .option("--format <format>", "the pixel format of the frames in the buffers (default: yuv420p)")
    .option("--size <size>", "WIDTHxHEIGHT of the frames (default: 1920x1080)")
    .option("--bytes <n>", "bytes of a buffer, instead of a frame")
    .option("--max <n>", "as many buffers may be out at a time (default: no limit)")
    .option("--high-water <n>", "warn when so many are out (default: never)")
    .option("--preallocate <n>", "make so many at once (default: 0)")
    .option("--poison", "overwrite memory that comes back")
    .addOption(
      new Option("--backend <backend>", "whose pool").choices([...BACKEND_IDS, "all"]).default("core-ts"),
    )
    .option("--strict", "stop at the first operation that fails")
    .option("--json", "print JSON")
    .option("--svg <file>", "draw who had which buffer when; - for standard output")
    .addHelpText(
      "after",
      [
        "",
        "A trace has one operation on each line, # begins a comment:",
        "  get NAME [HOLDER]    release NAME    trim    uninit    resize WIDTHxHEIGHT or resize BYTES",
        "",
        "Of 128 operations of a random trace 66 are a get for one of three holders, 61 a release of a random",
        "buffer and 1 a trim; each 200 operations the size changes between the given one and half of it.",
      ].join("\n"),
    )
    .addHelpText(
      "after",
      examples(
        "pool --random 400 --max 8 --high-water 6 --svg pool.svg",
        "pool --trace trace.txt --format nv12 --size 1280x720 --preallocate 4",
        "pool --random 1000 --bytes 65536 --backend all --json",
      ) +
        "\n\nExit codes: 0 fine, also with buffers out at the end; 1 an operation failed or backends differ, 2 wrong usage.",
    )
    .action(async (flags: import("./commands/pool.ts").PoolFlags) => {
      const { pool } = await import("./commands/pool.ts");
      finish(await pool(flags, terminal));
    });

  program.command("conformance")
    .description("compare core-ts with a library, case by case, and leave a report")
    .option("--area <area>", "only this area")
    .option(
      "--backend <backend>",
      "avutil, avformat, or a recording such as recorded:avutil-57 (default: what is installed)",
    )
    .addOption(
      new Option("--runtime <runtime>", "where to run").choices(["deno", "bun", "both"]).default("both"),
    )
    .option("--full", "the whole grids: minutes, millions of comparisons")
    .option("--seed <n>", "another sample of the grids")
    .option("--case <id>", "only this case, or those that a pattern such as image/fill* names")
    .option("--shard <i/n>", "only the i-th of n equal parts")
    .option("--report <dir>", "the folder for the report", "report")
    .option("--json <file>", "the report as JSON; - for standard output")
    .addHelpText(
      "after",
      examples(
        "conformance",
        "conformance --runtime bun --case image/linesize:format=nv12",
        "conformance --full --shard 2/8 --report report/2",
        "conformance --backend recorded:avutil-57",
      ),
    )
    .action(async (flags: import("./commands/conformance.ts").ConformanceFlags) => {
      const { conformance } = await import("./commands/conformance.ts");
      finish(await conformance(flags, terminal));
    });

  program.command("merge")
    .description("put the JSON reports of shards together")
    .argument("<file...>", "report.json of each shard")
    .option("--report <dir>", "the folder for the report", "report")
    .option("--json <file>", "the report as JSON; - for standard output")
    .addHelpText("after", examples("merge report/1/report.json report/2/report.json --report report"))
    .action(async (files: string[], flags: import("./commands/conformance.ts").ReportFlags) => {
      const { merge } = await import("./commands/conformance.ts");
      finish(await merge(files, flags, terminal));
    });

  program.command("self-test")
    .description("plant known defects in core-ts and look whether the cases find each of them")
    .option("--area <area>", "only this area")
    .addHelpText("after", examples("self-test", "self-test --area image"))
    .action(async (flags: import("./commands/planted_defects.ts").SelfTestFlags) => {
      const { selfTestCommand } = await import("./commands/planted_defects.ts");
      finish(await selfTestCommand(flags, terminal));
    });

  for (const command of program.commands) {
    command.copyInheritedSettings(program).showHelpAfterError(`See mediamem ${command.name()} --help`);
  }
  return program;
}
