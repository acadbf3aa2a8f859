import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, MediaError } from "@mediamem/interface";
import { ConformanceError } from "../conformance_error.ts";
import type { Area, LibraryName } from "../model.ts";
import { recordAnswers } from "../recording/record_answers.ts";
import { DEFAULT_SELECTION } from "../selection.ts";
import { tinyArea, tinyBackend } from "../tiny_area.ts";
import { type LibrarySources, openLibrary } from "./library.ts";
import { readRecording, recordingNames, writeRecording } from "./recorded_files.ts";

/** Libraries of which one is loaded so, and the other not at all. */
function loading(load: () => Backend, library: LibraryName = "avutil"): LibrarySources["load"] {
  const other = (): never => {
    throw new Error("Nobody asked for this library");
  };
  return { avutil: other, avformat: other, [library]: load };
}

function missing(): never {
  throw new MediaError("LIBRARY_MISSING", "Cannot load libavutil: found nothing", { op: "dlopen" });
}

const RECORDED = [["avutil", 9], ["avutil", 57], ["avutil", 58], ["avformat", 60]] as const;

/** The same cases, to be compared with the other library. */
const other: Area = { ...tinyArea, library: "avformat" };

async function withRecordings(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-recorded-"));
  try {
    for (const [library, major] of RECORDED) {
      const name = `${library}-${major}`;
      await writeRecording(
        await recordAnswers(name, [tinyArea], tinyBackend({}, `${major}.0.0`)),
        folder,
      );
    }
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const open = async (
  name: string | null,
  sources: LibrarySources,
  selection = DEFAULT_SELECTION,
  areas: readonly Area[] = [tinyArea],
): Promise<[string, readonly string[]]> => {
  using library = await openLibrary(name, areas, selection, sources);
  return [library.subject.reference.id, library.notices];
};

describe("openLibrary()", () => {
  it("takes the installed library, and closes it", async () => {
    let closed = 0;
    const load = loading(() => ({ ...tinyBackend({}, "57.0.0"), [Symbol.dispose]: () => void closed++ }));
    assertEquals(await open(null, { load }), ["tiny", []]);
    assertEquals(await open("avutil", { load }), ["tiny", []]);
    assertEquals(closed, 2);
  });

  it("takes the library that the areas are compared with", async () => {
    const load = loading(() => tinyBackend({}, "59.0.0"), "avformat");
    assertEquals(await open(null, { load }, DEFAULT_SELECTION, [other]), ["tiny", []]);
    assertEquals(await open("avformat", { load }, DEFAULT_SELECTION, [other]), ["tiny", []]);
  });

  it("goes on without libavformat where no recording has the cases, and says why", async () => {
    const full = { ...DEFAULT_SELECTION, scope: "full" } as const;
    await withRecordings(async (recorded) => {
      const absent = { load: loading(missing, "avformat"), recorded };
      const [id, [notice]] = await open(null, absent, DEFAULT_SELECTION, [other]);
      assertEquals(id, "recorded:avformat-60");
      assertStringIncludes(notice!, "recorded answers of avformat-60");
      using library = await openLibrary(null, [other], full, absent);
      assertEquals(library.subject.reference.id, "avformat");
      assertEquals(library.subject.absence, "This machine has no libavformat that opens");
      assertStringIncludes(library.notices[0]!, "found nothing");
      const error = await assertRejects(
        () => open("avformat", absent, DEFAULT_SELECTION, [other]),
        ConformanceError,
        "found nothing",
      );
      assertEquals(error.code, "LIBRARY_MISSING");
      await assertRejects(
        () => open(null, { ...absent, named: ["avformat"] }, full, [other]),
        ConformanceError,
        "found nothing",
      );
    });
    const mismatch = loading(() => {
      throw new MediaError("ABI_MISMATCH", "libavutil is another", { op: "avutil_version" });
    }, "avformat");
    const nothing = { load: mismatch, recorded: "/nonexistent" };
    assertEquals(await open(null, nothing, DEFAULT_SELECTION, [other]), [
      "avformat",
      ["This machine has no libavformat that opens. libavutil is another"],
    ]);
  });

  it("falls back to the newest recording where nothing is installed, and says so", async () => {
    await withRecordings(async (recorded) => {
      const [id, notices] = await open(null, { load: loading(missing), recorded });
      assertEquals(id, "recorded:avutil-58");
      assertStringIncludes(notices[0]!, "This machine has no libavutil that opens");
      assertStringIncludes(notices[0]!, "recorded answers of avutil-58");
      assertStringIncludes(notices[0]!, "found nothing");
    });
  });

  it("does not fall back from a library that was asked for, nor from one that is broken", async () => {
    await withRecordings(async (recorded) => {
      const error = await assertRejects(
        () => open("avutil", { load: loading(missing), recorded }),
        ConformanceError,
        "found nothing",
      );
      assertEquals(error.code, "LIBRARY_MISSING");
      await assertRejects(
        () => open(null, { load: loading(missing), named: ["avutil"], recorded }),
        ConformanceError,
        "found nothing",
      );
      const broken = (): never => {
        throw new MediaError("ABI_MISMATCH", "Cannot load libavutil 99", { op: "dlopen" });
      };
      await assertRejects(
        () => open(null, { load: loading(broken), recorded }),
        MediaError,
        "Cannot load libavutil 99",
      );
    });
    const nothing = { load: loading(missing), recorded: "/nonexistent" };
    await assertRejects(() => open(null, nothing), ConformanceError, "found nothing");
  });

  it("takes a recording by its name, for what was recorded", async () => {
    await withRecordings(async (recorded) => {
      const sources = { load: loading(missing), recorded };
      assertEquals(await open("recorded:avutil-9", sources), ["recorded:avutil-9", []]);
      const full = { ...DEFAULT_SELECTION, scope: "full" } as const;
      await assertRejects(
        () => open("recorded:avutil-9", sources, full),
        ConformanceError,
        "found the full scope",
      );
      const none = await assertRejects(
        () => open("recorded:avutil-1", sources),
        ConformanceError,
        "wanted avformat-60, avutil-58, avutil-57, avutil-9",
      );
      assertEquals(none.code, "USAGE");
      await assertRejects(
        () => open("gst", sources),
        ConformanceError,
        "wanted avutil, avformat or recorded:NAME, one of avformat-60",
      );
    });
  });
});

describe("readRecording()", () => {
  it("names the file that is damaged", async () => {
    await withRecordings(async (folder) => {
      assertEquals(recordingNames(folder), ["avformat-60", "avutil-58", "avutil-57", "avutil-9"]);
      const path = join(folder, "avutil-57.answers.gz");
      writeFileSync(path, readFileSync(path).subarray(0, 500));
      const error = await assertRejects(() => readRecording("avutil-57", folder), ConformanceError, path);
      assertEquals(error.code, "RECORDING_CORRUPT");
    });
  });
});
