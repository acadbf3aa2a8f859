import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { makeFolder } from "../../spawn_test.ts";
import { UsageError } from "../command_error.ts";
import { LineReader } from "./line_reader.ts";

const folder = makeFolder();

afterAll(folder.remove);

function linesOf(text: string | Uint8Array): string[] {
  const file = join(folder.path, "lines.txt");
  writeFileSync(file, text);
  using reader = new LineReader(file);
  const lines: string[] = [];
  for (let line = reader.next(); line !== null; line = reader.next()) {
    lines.push(line);
    assertEquals(reader.line, lines.length);
  }
  assertEquals(reader.done, reader.total);
  return lines;
}

describe("LineReader", () => {
  it("gives the lines of a file, with and without an end", () => {
    assertEquals(linesOf(""), []);
    assertEquals(linesOf("\n"), [""]);
    assertEquals(linesOf("a"), ["a"]);
    assertEquals(linesOf("a\nb\n"), ["a", "b"]);
    assertEquals(linesOf("a\r\n\r\n b\tc"), ["a", "", " b\tc"]);
    assertEquals(linesOf("\uFEFFmalloc é 1\n"), ["malloc é 1"]);
  });

  it("gives lines that lie across its buffer", () => {
    for (const length of [1, 7, 65, 1021, 40_000]) {
      const lines = Array.from(
        { length: Math.ceil(900_001 / (length + 1)) },
        (_, i) => `${i}`.padEnd(length, "x"),
      );
      assertEquals(linesOf(lines.join("\n")), lines);
    }
  });

  it("refuses what is no text of lines", () => {
    assertThrows(
      () => linesOf("a\n" + "x".repeat(900_000)),
      UsageError,
      "lines.txt:2: the line has more than 65536",
    );
    assertEquals(linesOf("x".repeat(65_536) + "\n").length, 1);
  });

  it("names files that cannot be read", () => {
    const missing = join(folder.path, "missing");
    assertThrows(() => new LineReader(missing), UsageError, `Cannot read ${missing}: there is no such file`);
    const taken = join(folder.path, "folder");
    mkdirSync(taken);
    assertThrows(() => new LineReader(taken), UsageError, "it is a folder, wanted a file");
    const nested = join(folder.path, "lines.txt", "x");
    assertThrows(() => new LineReader(nested), UsageError, "Cannot read");
  });
});
