import { Heap, type HeapStats } from "@mediamem/core-ts/memory";
import { type HeapHistory, type HeapMap, type HeapMapOptions, mapHeap } from "@mediamem/drawing";
import { MediaError } from "@mediamem/interface";
import { UsageError } from "../command_error.ts";
import { drive } from "./drive.ts";
import type { FailureLog } from "./failure_log.ts";
import { heapLine, type HeapOperation } from "./heap_operation.ts";
import { HeapReplay } from "./heap_replay.ts";
import { findLeaks, type Leaks } from "./leaks.ts";
import { ThinnedSeries } from "./thinned_series.ts";
import type { TraceProgress } from "./trace_progress.ts";
import type { TraceSource } from "./trace_source.ts";

/** How a trace is run on a heap. */
export interface HeapRunOptions {
  readonly checked: boolean;
  readonly alignment: 16 | 32 | 64;
  /** Bytes of the storage at first. */
  readonly size: number;
  /** Bytes that the storage may grow to. */
  readonly max: number;
  /** The most bytes in use; `Infinity` for no limit. */
  readonly limit: number;
  /** After which operation the heap is drawn; undefined: after the last. */
  readonly at: number | undefined;
  readonly strict: boolean;
  /** How finely the terminal draws the heap. */
  readonly strip: HeapMapOptions;
}

/** What came of a run. */
export interface HeapRun {
  readonly operations: number;
  readonly failures: FailureLog;
  /** What `check()` found at the end. */
  readonly violations: readonly string[];
  /** The figures at the end. */
  readonly stats: HeapStats;
  readonly leaks: Leaks;
  readonly history: HeapHistory;
  /** The heap as it is drawn; null where its blocks do not follow each other any more. */
  readonly picture: HeapPicture | null;
}

/** What of a heap is drawn: as it was at one moment. */
export interface HeapPicture {
  /** For a file. */
  readonly map: HeapMap;
  /** For the terminal. */
  readonly strip: HeapMap;
  /** The names of blocks by their addresses; empty where there are too many to be drawn. */
  readonly names: ReadonlyMap<number, string>;
}

function makeStorage({ size, max }: HeapRunOptions): ArrayBuffer {
  try {
    return new ArrayBuffer(size, { maxByteLength: max });
  } catch (error) {
    throw new UsageError(
      `Cannot make a storage of ${size} bytes that grows to ${max}: this machine has not so much to give, wanted less`,
      "--max takes the most bytes that the heap may grow to",
      error,
    );
  }
}

function takePicture(heap: Heap, replay: HeapReplay, strip: HeapMapOptions): HeapPicture | null {
  try {
    const map = mapHeap(heap);
    const names = new Map<number, string>();
    if (map.exact !== null) {
      for (const [name, { address }] of replay.blocks.entries()) if (address !== 0) names.set(address, name);
    }
    return { map, strip: mapHeap(heap, strip), names };
  } catch (error) {
    if (error instanceof MediaError && error.code === "CORRUPTED") return null;
    throw error;
  }
}

function makeHeap(storage: ArrayBuffer, { checked, alignment, limit }: HeapRunOptions): Heap {
  try {
    return Heap.create(storage, { checked, alignment, limitBytes: limit });
  } catch (error) {
    if (error instanceof MediaError) throw new UsageError(error.message, "--size and --max make room", error);
    throw error;
  }
}

/** Runs a trace on a heap of its own. Throws a `UsageError` for what cannot be in a trace. */
export function runHeapTrace(
  source: TraceSource<HeapOperation>,
  options: HeapRunOptions,
  progress: TraceProgress,
): HeapRun {
  const { at, strict } = options;
  const storage = makeStorage(options);
  const heap = makeHeap(storage, options);
  const replay = new HeapReplay(heap, storage, (line) => source.where(line));
  const series = new ThinnedSeries(["highest", "highest", "later"]);
  const sample = (count: number): void => {
    const { bytes, total, fragmentation } = heap.stats();
    series.add(count, bytes, total, fragmentation);
  };
  sample(0);
  let picture = at === 0 ? takePicture(heap, replay, options.strip) : null;
  const { operations, failures } = drive({
    source,
    progress,
    strict,
    apply: (operation) => replay.apply(operation),
    after: (count) => {
      if (series.wants(count)) sample(count);
      if (count === at) picture = takePicture(heap, replay, options.strip);
    },
    line: heapLine,
  });
  if (at !== undefined && at > operations) {
    throw new UsageError(
      `Cannot draw the heap after operation ${at}: ${source.name} ended after ${operations}, wanted a number up to that`,
    );
  }
  if (!series.wants(operations)) sample(operations);
  const violations = heap.check();
  return {
    operations,
    failures,
    violations,
    stats: heap.stats(),
    leaks: findLeaks(replay.blocks),
    history: {
      steps: series.steps,
      bytes: series.values(0),
      total: series.values(1),
      fragmentation: series.values(2),
      operations,
      drawnAt: at ?? operations,
    },
    picture: at === undefined ? takePicture(heap, replay, options.strip) : picture,
  };
}
