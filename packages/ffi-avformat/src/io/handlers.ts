import { checkCount, checkEmpty, refusePromise } from "@mediamem/checks";
import { callback, memory } from "@mediamem/ffi";
import { AVERROR, type DataMarker, type IoCallbacks, MediaError, type Whence } from "@mediamem/interface";

const INT_MAX = 2147483647;
const AV_NOPTS_VALUE = -(2 ** 63);
const WHENCES: ReadonlyMap<number, Whence> = new Map([[0, "set"], [1, "cur"], [2, "end"], [0x10000, "size"]]);

/** In the order of `AVIODataMarkerType`. */
export const MARKERS: readonly DataMarker[] = [
  "header",
  "syncPoint",
  "boundaryPoint",
  "unknown",
  "trailer",
  "flushPoint",
];

/** The callbacks of one context, found by the number that C passes as `opaque`. */
export interface Handlers {
  readonly callbacks: IoCallbacks;
  /** How often in a row the read callback had nothing within one call on the context. */
  empty: number;
  /** What a callback threw last. */
  cause: unknown;
  /** Whether a callback runs: C is in the middle of a call on the context. */
  busy: boolean;
}

const all = new Map<number, Handlers>();
let last = 0;

/** Gives callbacks a number for C. */
export function register(callbacks: IoCallbacks): [opaque: number, handlers: Handlers] {
  const handlers: Handlers = { callbacks, empty: 0, cause: undefined, busy: false };
  all.set(++last, handlers);
  return [last, handlers];
}

/** Forgets the callbacks of a context that was freed. */
export function unregister(opaque: number): void {
  all.delete(opaque);
}

/** Runs a callback for C and believes only an answer that can be one; `room` is how many bytes it may say. */
function answer(op: string, opaque: number, room: number, call: (callbacks: IoCallbacks) => number): number {
  const handlers = all.get(opaque);
  if (handlers === undefined) {
    throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: its context was freed, wanted a live one`, {
      op,
    });
  }
  handlers.busy = true;
  try {
    const given = call(handlers.callbacks);
    refusePromise(op, given);
    checkCount(op, given, room);
    if (op === "read_packet") checkEmpty(op, given === 0 ? ++handlers.empty : handlers.empty = 0);
    return given;
  } catch (error) {
    handlers.cause = error;
    throw error;
  } finally {
    handlers.busy = false;
  }
}

/** The same with bytes that die when the callback is over. */
function lend(
  op: string,
  opaque: number,
  address: number,
  length: number,
  room: number,
  call: (callbacks: IoCallbacks, bytes: Uint8Array) => number,
): number {
  // No bytes may come as NULL.
  if (length === 0) return answer(op, opaque, room, (callbacks) => call(callbacks, new Uint8Array(0)));
  const view = memory(address, length);
  try {
    return answer(op, opaque, room, (callbacks) => call(callbacks, view.bytes));
  } finally {
    view.revoke();
  }
}

/** The C functions that every context has for callbacks: one each for the process, so that none is ever closed too early. */
export interface Thunks {
  readonly readPacket: number;
  readonly writePacket: number;
  readonly seek: number;
  readonly writeDataType: number;
}

let thunks: Thunks | undefined;

/** Gives the addresses of the C functions. */
export function ioThunks(): Thunks {
  thunks ??= {
    readPacket: callback(
      { parameters: ["pointer", "pointer", "i32"], result: "i32", failure: AVERROR.EXTERNAL },
      (opaque, address, size) =>
        lend("read_packet", opaque, address, size, size, (callbacks, bytes) => callbacks.read!(bytes)),
    ).address,
    writePacket: callback(
      { parameters: ["pointer", "pointer", "i32"], result: "i32", failure: AVERROR.EXTERNAL },
      (opaque, address, size) =>
        lend("write_packet", opaque, address, size, INT_MAX, (callbacks, bytes) => callbacks.write!(bytes)),
    ).address,
    seek: callback(
      { parameters: ["pointer", "i64", "i32"], result: "i64", failure: AVERROR.EXTERNAL },
      (opaque, offset, whence) => {
        const from = WHENCES.get(whence);
        if (from === undefined) return AVERROR.EINVAL;
        return answer("seek", opaque, Infinity, (callbacks) => callbacks.seek!(offset, from));
      },
    ).address,
    writeDataType: callback(
      { parameters: ["pointer", "pointer", "i32", "i32", "i64"], result: "i32", failure: AVERROR.EXTERNAL },
      (opaque, address, size, type, time) =>
        lend(
          "write_data_type",
          opaque,
          address,
          size,
          INT_MAX,
          (callbacks, bytes) =>
            callbacks.writeDataType!(
              bytes,
              MARKERS[type] ?? "unknown",
              time === AV_NOPTS_VALUE ? null : time,
            ),
        ),
    ).address,
  };
  return thunks;
}
