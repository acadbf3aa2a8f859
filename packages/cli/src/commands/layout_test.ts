import { imageLayout } from "@mediamem/core-ts/image";
import { MediaError } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../command_error.ts";
import type { LayoutAnswer } from "../layout_answers.ts";
import { recordingTerminal } from "../recording_terminal.ts";
import { layout } from "./layout.ts";

const right = imageLayout("yuv420p", 99, 51, { name: "ffmpeg", align: 1 });
const wrong = { ...right, size: 7650, planes: right.planes.map((plane) => ({ ...plane, linesize: 100 })) };

/** What the command does when the backends answer so. */
async function compare(...answers: LayoutAnswer[]) {
  const terminal = recordingTerminal();
  const flags = { rules: "ffmpeg", backend: "all", json: true } as const;
  const code = await layout("yuv420p", "99x51", flags, terminal, () => Promise.resolve(answers));
  return { code, layouts: JSON.parse(terminal.outText()), err: terminal.errText() };
}

function failed(code: "EINVAL" | "ENOSYS" | "LIBRARY_MISSING"): MediaError {
  return new MediaError(code, `Cannot do it: ${code}`, { op: "op" });
}

describe("layout() of all backends", () => {
  it("gives 0 where they agree", async () => {
    const { code, layouts, err } = await compare({ backend: "a", layout: right }, {
      backend: "b",
      layout: right,
    });
    assertEquals([code, layouts.length, err], [0, 2, ""]);
  });

  it("gives 1 and shows the fields where they differ", async () => {
    const { code, err } = await compare({ backend: "a", layout: right }, { backend: "b", layout: wrong });
    assertEquals(code, 1);
    assertStringIncludes(err, "The backends differ:\n");
    assertMatch(err, /^size +7649 +7650$/m);
    assertMatch(err, /^plane 0 linesize +99 +100$/m);
    assertEquals(/offset/.test(err), false);
  });

  it("gives 1 where one refuses what the other lays out", async () => {
    const { code, err } = await compare({ backend: "a", layout: right }, {
      backend: "b",
      error: failed("EINVAL"),
    });
    assertEquals([code, err], [1, "b: Cannot do it: EINVAL (EINVAL)\n"]);
  });

  it("gives 0 where one cannot be asked, and says so", async () => {
    for (const reason of ["ENOSYS", "LIBRARY_MISSING"] as const) {
      const { code, layouts, err } = await compare({ backend: "a", layout: right }, {
        backend: "b",
        error: failed(reason),
      });
      assertEquals([code, layouts.length, err], [0, 1, `b: Cannot do it: ${reason} (${reason})\n`]);
    }
  });

  it("is a usage error where nobody has a layout", async () => {
    await assertRejects(
      () =>
        compare({ backend: "a", error: failed("LIBRARY_MISSING") }, {
          backend: "b",
          error: failed("EINVAL"),
        }),
      UsageError,
      "Cannot do it: EINVAL",
    );
  });
});
