import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { MediaError } from "@mediamem/interface";
import { AREAS, libraryOf } from "../areas.ts";
import { RecordedSubject } from "../recording/recorded_subject.ts";
import { libraryNamed } from "./library.ts";
import { recordLibrary } from "./record_library.ts";
import { readRecording, RECORDED_FOLDER, recordingNames } from "./recorded_files.ts";

function isInstalled(): boolean {
  try {
    loadAvutil()[Symbol.dispose]();
    return true;
  } catch (error) {
    if (error instanceof MediaError && error.code === "LIBRARY_MISSING") return false;
    throw error;
  }
}

describe("the recordings of this package", () => {
  it("are those of the present cases, and small", async () => {
    const names = recordingNames();
    assert(names.includes("avutil-57"), names.join(", "));
    for (const name of names) {
      const areas = AREAS.filter((area) => libraryOf(area) === libraryNamed(`recorded:${name}`));
      const subject = await RecordedSubject.open(await readRecording(name), areas);
      assertEquals(subject.reference.id, `recorded:${name}`);
      assertLess(statSync(join(RECORDED_FOLDER, `${name}.answers.gz`)).size, 1_000_000);
    }
  });
});

describe("recordLibrary()", () => {
  // Half a million calls of C take longer than Bun gives a test.
  it("records the installed library", { skip: !isInstalled(), timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "mediamem-record-"));
    try {
      const { name, path, cases, bytes } = await recordLibrary("avutil", folder);
      assertEquals(path, join(folder, `${name}.answers.gz`));
      assertEquals(statSync(path).size, bytes);
      assert(cases > 200_000, `${cases} cases`);
      const recording = await readRecording(name, folder);
      assert(Object.keys(recording.header.formats).length > 150);
      assertEquals(recording.header.formats["yuv420p"], 0);
      const areas = AREAS.filter((area) => libraryOf(area) === "avutil");
      await RecordedSubject.open(recording, areas);
      await assertRejects(() =>
        RecordedSubject.open(recording, [{ ...areas[0]!, tests: areas[0]!.tests.slice(1) }])
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
