import {
  AVUTIL_MAJORS,
  type Backend,
  type Image,
  type Ledger,
  type LedgerOptions,
  MediaError,
  type Memory,
} from "@mediamem/interface";
import { libraryFileNames, load } from "@mediamem/ffi";
import { AllocationLedger } from "@mediamem/ledger";
import { AVUTIL_ABIS, type AvutilAbi } from "./abi.ts";
import { AllocationCap } from "./allocation_cap.ts";
import { BufferAccount } from "./buffer_account.ts";
import { BufferContext } from "./buffers/buffer_context.ts";
import { type AvutilBuffers, NativeBuffers } from "./buffers/buffers.ts";
import { checkAbi } from "./check_abi.ts";
import { type AvutilFrames, makeFrames } from "./frames/frames.ts";
import { FormatTable } from "./image/format_table.ts";
import { makeImage } from "./image/image.ts";
import { type AvutilLibrary, type AvutilVersion, splitVersion, versionText } from "./library.ts";
import { makeMemory } from "./memory/memory.ts";
import { AVUTIL_SYMBOLS, MEMORY_SYMBOLS, VERSION_SYMBOLS } from "./symbols.ts";

/** How libavutil is loaded. */
export type AvutilOptions = LedgerOptions;

/** The areas of libavutil. */
export interface AvutilBackend extends Backend {
  /** Always `avutil`. */
  readonly id: "avutil";
  /** What was handed out and not given back. */
  readonly ledger: Ledger;
  /** The `av_malloc` family. */
  readonly memory: Memory;
  /** Reference-counted buffers and their pools. */
  readonly buffers: AvutilBuffers;
  /** Pixel formats and picture layout. */
  readonly image: Image;
  /** Pictures with their memory. */
  readonly frames: AvutilFrames;
}

/** `AV_LOG_QUIET`: what C would print, our errors say. */
const LOG_QUIET = -8;

function abiOf(version: AvutilVersion, path: string): AvutilAbi {
  const found = AVUTIL_ABIS.find((abi) => abi.major === version.major);
  if (found !== undefined) return found;
  const [oldest, newest] = [AVUTIL_MAJORS[0], AVUTIL_MAJORS.at(-1)];
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ${path}: found libavutil ${
      versionText(version)
    }, wanted a major version from ${oldest} to ${newest}`,
    { op: "avutil_version" },
  );
}

/**
 * Loads the machine's libavutil, 56 to 60, as a backend.
 *
 * The environment variable `MEDIAMEM_LIBAVUTIL` names another file by its absolute path. The library's own log is turned off.
 * Memory that was allocated stays usable, and is to be freed, after the backend is disposed; everything else then throws
 * `USE_AFTER_FREE`. What `memory.maxAlloc` changed in the process is set back then.
 *
 * Errors: `LIBRARY_MISSING` with everything that was tried, `ABI_MISMATCH` for an unknown major version and for a library whose
 * structs are not where they should be, `SYMBOL_MISSING` for a library without a function that every version has, `ENOSYS` where
 * no native code can be called, `TypeError` and `EINVAL` for options out of range.
 *
 * @param options How it keeps account.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { loadAvutil } from "@mediamem/ffi-avutil";
 * import { MediaError } from "@mediamem/interface";
 *
 * try {
 *   using avutil = loadAvutil();
 *   assertEquals(avutil.image.bufferSize("yuv420p", 300, 300, 16), 139200);
 * } catch (error) {
 *   // A machine without libavutil; the message lists everything that was tried.
 *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
 * }
 * ```
 */
export function loadAvutil(options: AvutilOptions = {}): AvutilBackend {
  const ledger = new AllocationLedger(options);
  const source = {
    library: "libavutil",
    environment: "MEDIAMEM_LIBAVUTIL",
    candidates: libraryFileNames("avutil", AVUTIL_MAJORS.toReversed()),
  };
  // The version first: another major may lack what the table wants, and that would be the wrong thing to complain about.
  using asked = load({ ...source, symbols: VERSION_SYMBOLS });
  const version = splitVersion(asked.symbols.avutil_version());
  const abi = abiOf(version, asked.path);
  const opened = load({ ...source, symbols: AVUTIL_SYMBOLS });
  const lasting = load({ ...source, symbols: MEMORY_SYMBOLS });
  const { path } = opened;
  const symbols = { ...opened.symbols, ...lasting.symbols };
  symbols.av_log_set_level(LOG_QUIET);
  checkAbi(symbols, abi);
  const library: AvutilLibrary = { symbols, version, abi };
  const formats = new FormatTable(symbols, abi);
  const account = new BufferAccount(ledger);
  const cap = new AllocationCap(library, ledger);
  const bufferContext = new BufferContext(library, ledger, account, cap, {
    av_buffer_ref: lasting.address("av_buffer_ref"),
    av_buffer_unref: lasting.address("av_buffer_unref"),
  });
  const buffers = new NativeBuffers(bufferContext);
  let open = true;
  return {
    id: "avutil",
    library: Object.freeze({ name: "libavutil", version: versionText(version), path, abi: abi.name }),
    ledger,
    memory: makeMemory(library, ledger, cap),
    buffers,
    image: makeImage(library, formats),
    frames: makeFrames(library, formats, ledger, account, (reference) => buffers.retain(reference)),
    [Symbol.dispose](): void {
      if (!open) return;
      open = false;
      cap.restore();
      bufferContext.signals.close();
      opened.close();
    },
  };
}
