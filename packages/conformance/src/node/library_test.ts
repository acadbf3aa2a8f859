import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MediaError } from "@mediamem/interface";
import { ConformanceError } from "../conformance_error.ts";
import { recordAnswers } from "../recording/record_answers.ts";
import { DEFAULT_SELECTION } from "../selection.ts";
import { tinyArea, tinyBackend } from "../tiny_area.ts";
import { type LibrarySources, openLibrary } from "./library.ts";
import { readRecording, recordingNames, writeRecording } from "./recorded_files.ts";

function missing(): never {
  throw new MediaError("LIBRARY_MISSING", "Cannot load libavutil: found nothing", { op: "dlopen" });
}

async function withRecordings(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-recorded-"));
  try {
    for (const major of [9, 57, 58]) {
      const recording = await recordAnswers(`tiny-${major}`, [tinyArea], tinyBackend({}, `${major}.0.0`));
      await writeRecording(recording, folder);
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
): Promise<[string, readonly string[]]> => {
  using library = await openLibrary(name, [tinyArea], selection, sources);
  return [library.subject.reference.id, library.notices];
};

describe("openLibrary()", () => {
  it("takes the installed library, and closes it", async () => {
    let closed = 0;
    const avutil = () => ({ ...tinyBackend({}, "57.0.0"), [Symbol.dispose]: () => void closed++ });
    assertEquals(await open(null, { avutil }), ["tiny", []]);
    assertEquals(await open("avutil", { avutil }), ["tiny", []]);
    assertEquals(closed, 2);
  });

  it("falls back to the newest recording where nothing is installed, and says so", async () => {
    await withRecordings(async (recorded) => {
      const [id, notices] = await open(null, { avutil: missing, recorded });
      assertEquals(id, "recorded:tiny-58");
      assertStringIncludes(notices[0]!, "This machine has no libavutil that opens");
      assertStringIncludes(notices[0]!, "recorded answers of tiny-58");
      assertStringIncludes(notices[0]!, "found nothing");
    });
  });

  it("does not fall back from a library that was asked for, nor from one that is broken", async () => {
    await withRecordings(async (recorded) => {
      const error = await assertRejects(
        () => open("avutil", { avutil: missing, recorded }),
        ConformanceError,
        "found nothing",
      );
      assertEquals(error.code, "LIBRARY_MISSING");
      await assertRejects(
        () => open(null, { avutil: missing, named: true, recorded }),
        ConformanceError,
        "found nothing",
      );
      const broken = (): never => {
        throw new MediaError("ABI_MISMATCH", "Cannot load libavutil 99", { op: "dlopen" });
      };
      await assertRejects(
        () => open(null, { avutil: broken, recorded }),
        MediaError,
        "Cannot load libavutil 99",
      );
    });
    const nothing = { avutil: missing, recorded: "/nonexistent" };
    await assertRejects(() => open(null, nothing), ConformanceError, "found nothing");
  });

  it("takes a recording by its name, for what was recorded", async () => {
    await withRecordings(async (recorded) => {
      const sources = { avutil: missing, recorded };
      assertEquals(await open("recorded:tiny-9", sources), ["recorded:tiny-9", []]);
      const full = { ...DEFAULT_SELECTION, scope: "full" } as const;
      await assertRejects(
        () => open("recorded:tiny-9", sources, full),
        ConformanceError,
        "found the full scope",
      );
      const none = await assertRejects(
        () => open("recorded:tiny-1", sources),
        ConformanceError,
        "wanted tiny-58, tiny-57, tiny-9",
      );
      assertEquals(none.code, "USAGE");
      await assertRejects(() => open("gst", sources), ConformanceError, "wanted avutil, recorded:tiny-58");
    });
  });
});

describe("readRecording()", () => {
  it("names the file that is damaged", async () => {
    await withRecordings(async (folder) => {
      assertEquals(recordingNames(folder), ["tiny-58", "tiny-57", "tiny-9"]);
      const path = join(folder, "tiny-57.answers.gz");
      writeFileSync(path, readFileSync(path).subarray(0, 500));
      const error = await assertRejects(() => readRecording("tiny-57", folder), ConformanceError, path);
      assertEquals(error.code, "RECORDING_CORRUPT");
    });
  });
});
