import { type Backend, type Io, MediaError } from "@mediamem/interface";
import { libraryFileNames, load } from "@mediamem/ffi";
import { splitVersion, type Version, versionText } from "@mediamem/ffi-avutil/native";
import { AVFORMAT_ABIS, type AvformatAbi } from "./abi.ts";
import { checkAbi } from "./check_abi.ts";
import { makeIo } from "./io/io.ts";
import { AVUTIL_SYMBOLS, IO_SYMBOLS, VERSION_SYMBOLS } from "./symbols.ts";

/** The areas of libavformat. */
export interface AvformatBackend extends Backend {
  /** Always `avformat`. */
  readonly id: "avformat";
  /** Buffered reading and writing through callbacks. */
  readonly io: Io;
}

/** `AV_LOG_QUIET`: what C would print, our errors say. */
const LOG_QUIET = -8;

/**
 * Loads the machine's libavformat, 58 to 62, as a backend.
 *
 * The environment variable `MEDIAMEM_LIBAVFORMAT` names another file by its absolute path, `MEDIAMEM_LIBAVUTIL` the libavutil that goes with it.
 *
 * Errors: `LIBRARY_MISSING` with everything that was tried, `ABI_MISMATCH` for an unknown major version, for a libavutil of another release and for
 * a library whose structs are not where they should be, `SYMBOL_MISSING` for a library without a function that every version has, `ENOSYS`
 * where no native code can be called.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { loadAvformat } from "@mediamem/ffi-avformat";
 * import { MediaError } from "@mediamem/interface";
 *
 * try {
 *   using avformat = loadAvformat();
 *   using context = avformat.io.allocContext({ buffer: new Uint8Array([1, 2, 3, 4]) });
 *   assertEquals(context.rb32(), 0x01020304);
 * } catch (error) {
 *   // A machine without libavformat; the message lists everything that was tried.
 *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
 * }
 * ```
 */
export function loadAvformat(): AvformatBackend {
  const source = {
    library: "libavformat",
    environment: "MEDIAMEM_LIBAVFORMAT",
    candidates: libraryFileNames("avformat", AVFORMAT_ABIS.map(({ major }) => major).toReversed()),
  };
  using asked = load({ ...source, symbols: VERSION_SYMBOLS });
  const version = splitVersion(asked.symbols.avformat_version());
  const abi = abiOf(version, asked.path);
  const avutil = load({
    library: "libavutil",
    environment: "MEDIAMEM_LIBAVUTIL",
    candidates: libraryFileNames("avutil", [abi.avutil]),
    symbols: AVUTIL_SYMBOLS,
  });
  checkRelease(abi, splitVersion(avutil.symbols.avutil_version()), avutil.path);
  const opened = load({ ...source, symbols: IO_SYMBOLS });
  const symbols = { ...opened.symbols, ...avutil.symbols };
  symbols.av_log_set_level(LOG_QUIET);
  const library = { symbols, version, abi };
  checkAbi(library);
  return {
    id: "avformat",
    library: Object.freeze({
      name: "libavformat",
      version: versionText(version),
      path: opened.path,
      abi: abi.name,
    }),
    io: makeIo(library),
    [Symbol.dispose]: () => opened.close(),
  };
}

function abiOf(version: Version, path: string): AvformatAbi {
  const found = AVFORMAT_ABIS.find((abi) => abi.major === version.major);
  if (found !== undefined) return found;
  const [oldest, newest] = [AVFORMAT_ABIS[0]!.major, AVFORMAT_ABIS.at(-1)!.major];
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ${path}: found libavformat ${
      versionText(version)
    }, wanted a major version from ${oldest} to ${newest}`,
    { op: "avformat_version" },
  );
}

/** Memory goes from one library to the other, so both must be of one release. */
function checkRelease(abi: AvformatAbi, version: Version, path: string): void {
  if (version.major === abi.avutil) return;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ${path} with libavformat ${abi.major}: found libavutil ${
      versionText(version)
    }, wanted major version ${abi.avutil}`,
    { op: "avutil_version" },
  );
}
