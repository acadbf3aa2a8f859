import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { fileNames, libraryFolders, mayExist } from "./library_path.ts";
import { type Runtime, runtime } from "./runtime.ts";

/** A machine with these files (by path) and environment. */
function machine(
  platform: string,
  architecture: string,
  files: Record<string, string>,
  environment: Record<string, string> = {},
): Runtime {
  return {
    ...runtime(),
    platform,
    architecture,
    environment: (name) => environment[name],
    readFile: (path) => files[path] ?? null,
    readFolder: (path) =>
      Object.keys(files).filter((file) => file.startsWith(`${path}/`)).map((file) =>
        file.slice(path.length + 1)
      ),
    exists: (path) => path in files,
  };
}

describe("libraryFolders()", () => {
  it("follows ld.so.conf and its includes, then Debian's folders, then the rest", () => {
    const linux = machine("linux", "arm64", {
      "/etc/ld.so.conf": "# comment\ninclude /etc/ld.so.conf.d/*.conf\n/opt/last/ # here\nrelative\n",
      "/etc/ld.so.conf.d/a.conf": "/opt/a\n/usr/lib/aarch64-linux-gnu\n",
      "/etc/ld.so.conf.d/readme": "/opt/wrong\n",
    });
    assertEquals(libraryFolders(linux), [
      "/opt/a",
      "/usr/lib/aarch64-linux-gnu",
      "/opt/last",
      "/usr/local/lib/aarch64-linux-gnu",
      "/lib/aarch64-linux-gnu",
      "/usr/local/lib",
      "/usr/lib64",
      "/lib64",
      "/usr/lib",
      "/lib",
    ]);
  });

  it("starts with the absolute folders of LD_LIBRARY_PATH and no others", () => {
    const linux = machine("linux", "mips", {}, { LD_LIBRARY_PATH: ":.:relative:/opt/first:/usr/lib:" });
    assertEquals(libraryFolders(linux), [
      "/opt/first",
      "/usr/lib",
      "/usr/local/lib",
      "/usr/lib64",
      "/lib64",
      "/lib",
    ]);
  });

  it("knows Homebrew on macOS", () => {
    const mac = machine("darwin", "arm64", {}, { DYLD_LIBRARY_PATH: "/opt/mine" });
    assertEquals(libraryFolders(mac).slice(0, 3), ["/opt/mine", "/opt/homebrew/lib", "/usr/local/lib"]);
  });

  it("gives absolute folders only on this very machine", () => {
    for (const folder of libraryFolders(runtime())) assert(folder.startsWith("/"), folder);
  });
});

describe("mayExist()", () => {
  it("asks for the file, except for the system libraries of macOS, which are none", () => {
    const linux = machine("linux", "x64", { "/usr/lib/libx.so.1": "" });
    assertEquals([mayExist(linux, "/usr/lib/libx.so.1"), mayExist(linux, "/usr/lib/liby.so.1")], [
      true,
      false,
    ]);
    const mac = machine("darwin", "x64", {});
    assertEquals([mayExist(mac, "/usr/lib/libSystem.B.dylib"), mayExist(mac, "/opt/x.dylib")], [true, false]);
  });
});

describe("fileNames()", () => {
  it("puts the version where the platform has it", () => {
    assertEquals(fileNames("linux", "avutil", [60, "59"]), ["libavutil.so.60", "libavutil.so.59"]);
    assertEquals(fileNames("darwin", "avutil", [60]), ["libavutil.60.dylib"]);
  });
});
