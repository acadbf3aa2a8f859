import { type Backend, type Io, type Ledger, type LedgerOptions, MediaError } from "@mediamem/interface";
import { checkBoolean } from "@mediamem/checks";
import { libraryFileNames, load, type LoadOptions, type SymbolTable } from "@mediamem/ffi";
import { splitVersion, type Version, versionText } from "@mediamem/ffi-avutil/native";
import { AllocationLedger } from "@mediamem/ledger";
import { AVFORMAT_ABIS, type AvformatAbi } from "./abi.ts";
import { checkAbi } from "./check_abi.ts";
import { checkMediaAbi } from "./check_media_abi.ts";
import { LogCapture } from "./media/log_capture.ts";
import { makeIo } from "./io/io.ts";
import { type AvformatLibrary, setLibrary } from "./library.ts";
import {
  CODEC_RELEASE_SYMBOLS,
  CODEC_SYMBOLS,
  CODEC_VERSION_SYMBOLS,
  FORMAT_RELEASE_SYMBOLS,
  FORMAT_SYMBOLS,
  UTIL_RELEASE_SYMBOLS,
  UTIL_SYMBOLS,
} from "./media_symbols.ts";
import { AVUTIL_SYMBOLS, IO_SYMBOLS, VERSION_SYMBOLS } from "./symbols.ts";

/** The areas of libavformat. */
export interface AvformatBackend extends Backend {
  /** Always `avformat`. */
  readonly id: "avformat";
  /** Buffered reading and writing through callbacks. */
  readonly io: Io;
  /** Media objects that were handed out and not given back: contexts, packets, parameters, dictionaries. */
  readonly ledger: Ledger;
}

/** How libavformat is loaded, and how its media objects are accounted for. */
export interface AvformatOptions extends LedgerOptions {
  /**
   * Whether errors carry the last line that the library logged (`MediaError.log`); undefined: false. Only for programs in which no other thread uses
   * FFmpeg, in workers or in other native modules over the same library: C has one log for the process, and a thread of C that would log into
   * JavaScript hangs for ever. Decoders with threads of their own are allowed; nothing is listened to while there are any.
   */
  readonly captureLog?: boolean;
}

/** `AV_LOG_QUIET`: what C would print, our errors say. */
const LOG_QUIET = -8;

/**
 * Loads the machine's libavformat, 58 to 62, as a backend.
 *
 * The environment variable `MEDIAMEM_LIBAVFORMAT` names another file by its absolute path, `MEDIAMEM_LIBAVCODEC` and `MEDIAMEM_LIBAVUTIL` the
 * libavcodec and libavutil that go with it; else those beside it are taken before those of the system. What was handed out stays to be given back, and can be, after the backend is disposed.
 *
 * Errors: `LIBRARY_MISSING` with everything that was tried, `ABI_MISMATCH` for an unknown major version, for a libavcodec or libavutil of another release and for
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
export function loadAvformat(options: AvformatOptions = {}): AvformatBackend {
  const ledger = new AllocationLedger(options);
  const { captureLog = false } = options;
  checkBoolean("loadAvformat", "captureLog", captureLog);
  const format = source("avformat", AVFORMAT_ABIS.map(({ major }) => major).toReversed());
  using asked = load({ ...format, symbols: VERSION_SYMBOLS });
  const version = splitVersion(asked.symbols.avformat_version());
  const abi = abiOf(version, asked.path);
  // Libraries of one release lie side by side.
  const util = { ...source("avutil", [abi.avutil]), beside: asked.path };
  const avutil = load({ ...util, symbols: AVUTIL_SYMBOLS });
  checkRelease(abi, "libavutil", abi.avutil, splitVersion(avutil.symbols.avutil_version()), avutil.path);
  const codec = { ...source("avcodec", [abi.major]), beside: asked.path };
  const avcodec = load({ ...codec, symbols: CODEC_VERSION_SYMBOLS });
  checkRelease(abi, "libavcodec", abi.major, splitVersion(avcodec.symbols.avcodec_version()), avcodec.path);
  const opened = [
    load({ ...format, symbols: IO_SYMBOLS }),
    load({ ...format, symbols: FORMAT_SYMBOLS }),
    load({ ...codec, symbols: CODEC_SYMBOLS }),
    load({ ...util, symbols: UTIL_SYMBOLS }),
  ] as const;
  const symbols = {
    ...opened[0].symbols,
    ...opened[1].symbols,
    ...opened[2].symbols,
    ...opened[3].symbols,
    ...avutil.symbols,
    // What gives back stays usable after the backend is disposed.
    ...load({ ...format, symbols: FORMAT_RELEASE_SYMBOLS }).symbols,
    ...load({ ...codec, symbols: CODEC_RELEASE_SYMBOLS }).symbols,
    ...load({ ...util, symbols: UTIL_RELEASE_SYMBOLS }).symbols,
  };
  symbols.av_log_set_level(LOG_QUIET);
  const log = new LogCapture(symbols, captureLog);
  const library: AvformatLibrary = { symbols, version, abi, path: opened[0].path, ledger, log };
  checkAbi(library);
  checkMediaAbi(library);
  const backend: AvformatBackend = {
    id: "avformat",
    library: Object.freeze({
      name: "libavformat",
      version: versionText(version),
      path: opened[0].path,
      abi: abi.name,
    }),
    ledger,
    io: makeIo(library),
    [Symbol.dispose](): void {
      for (const { close } of opened) close();
      if (shared === backend) shared = undefined;
    },
  };
  setLibrary(backend, library);
  return backend;
}

let shared: AvformatBackend | undefined;

/** Gives the backend of those who bring none: loaded at the first call, for the whole process. Throws as `loadAvformat()`. */
export function sharedAvformat(): AvformatBackend {
  return shared ??= loadAvformat();
}

/** Where a library is looked for. */
function source(name: string, majors: readonly number[]): Omit<LoadOptions<SymbolTable>, "symbols"> {
  return {
    library: `lib${name}`,
    environment: `MEDIAMEM_LIB${name.toUpperCase()}`,
    candidates: libraryFileNames(name, majors),
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

/** Memory goes from one library to the other, so all must be of one release. */
function checkRelease(
  { major }: AvformatAbi,
  name: string,
  wanted: number,
  version: Version,
  path: string,
): void {
  if (version.major === wanted) return;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ${path} with libavformat ${major}: found ${name} ${
      versionText(version)
    }, wanted major version ${wanted}`,
    { op: `${name.slice(3)}_version` },
  );
}
