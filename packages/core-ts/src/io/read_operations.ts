import type { ReadString, Whence } from "@mediamem/interface";
import { checkInteger, checkLength, checkLiveBytes, checkWord } from "@mediamem/checks";
import { feof } from "./fill.ts";
import { checkReader, checkUsable, readResult, result } from "./io_checks.ts";
import type { Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";
import { read, readByte, readHigh, readHigh64, readLow, readLow64, readPartial } from "./read.ts";
import { seek, size } from "./seek.ts";
import { readLine, readString, readString16 } from "./strings.ts";

const INT_MAX = 2147483647;
const WHENCES = ["set", "cur", "end", "size"] as const;

/** The calls that read and move, with the checks of their arguments and the errors that they throw. */
export const readOperations = {
  *read(state: IoState, into: Uint8Array): Steps<number> {
    const op = "avio_read";
    checkReader(op, state);
    checkLiveBytes(op, "into", into);
    return readResult(op, state, yield* read(state, into));
  },

  *readPartial(state: IoState, into: Uint8Array): Steps<number> {
    const op = "avio_read_partial";
    // A writer with a read callback is both ends of a connection.
    if (state.callbacks.read === undefined) checkReader(op, state);
    checkUsable(op, state);
    checkLiveBytes(op, "into", into);
    return readResult(op, state, yield* readPartial(state, into));
  },

  *r8(state: IoState): Steps<number> {
    checkReader("avio_r8", state);
    return yield* readByte(state);
  },

  *rl16(state: IoState): Steps<number> {
    checkReader("avio_rl16", state);
    return yield* readLow(state, 2);
  },

  *rl24(state: IoState): Steps<number> {
    checkReader("avio_rl24", state);
    return yield* readLow(state, 3);
  },

  *rl32(state: IoState): Steps<number> {
    checkReader("avio_rl32", state);
    return yield* readLow(state, 4);
  },

  *rb16(state: IoState): Steps<number> {
    checkReader("avio_rb16", state);
    return yield* readHigh(state, 2);
  },

  *rb24(state: IoState): Steps<number> {
    checkReader("avio_rb24", state);
    return yield* readHigh(state, 3);
  },

  *rb32(state: IoState): Steps<number> {
    checkReader("avio_rb32", state);
    return yield* readHigh(state, 4);
  },

  *rl64(state: IoState): Steps<bigint> {
    checkReader("avio_rl64", state);
    return yield* readLow64(state);
  },

  *rb64(state: IoState): Steps<bigint> {
    checkReader("avio_rb64", state);
    return yield* readHigh64(state);
  },

  *getStr(state: IoState, maxLength: number, room: number = roomFor(maxLength)): Steps<ReadString> {
    checkString("avio_get_str", state, maxLength, room);
    return yield* readString(state, maxLength, room);
  },

  *getStr16le(state: IoState, maxLength: number, room: number = roomFor(2 * maxLength)): Steps<ReadString> {
    checkString("avio_get_str16le", state, maxLength, room);
    return yield* readString16(state, maxLength, room, readLow);
  },

  *getStr16be(state: IoState, maxLength: number, room: number = roomFor(2 * maxLength)): Steps<ReadString> {
    checkString("avio_get_str16be", state, maxLength, room);
    return yield* readString16(state, maxLength, room, readHigh);
  },

  *getLine(state: IoState, room: number): Steps<ReadString> {
    checkString("ff_get_line", state, 0, room);
    return yield* readLine(state, room);
  },

  *seek(state: IoState, offset: number, whence: Whence = "set"): Steps<number> {
    const op = "avio_seek";
    checkUsable(op, state);
    checkInteger(op, "offset", offset);
    checkWord(op, "whence", whence, WHENCES);
    // C knows one zero only.
    return result(op, state, yield* seek(state, offset + 0, whence));
  },

  *skip(state: IoState, bytes: number): Steps<number> {
    const op = "avio_skip";
    checkUsable(op, state);
    checkInteger(op, "bytes", bytes);
    return result(op, state, yield* seek(state, bytes + 0, "cur"));
  },

  *size(state: IoState): Steps<number> {
    const op = "avio_size";
    checkUsable(op, state);
    return result(op, state, yield* size(state));
  },

  *feof(state: IoState): Steps<boolean> {
    checkUsable("avio_feof", state);
    return yield* feof(state);
  },
};

/** Room for so many bytes and a zero, as far as C counts. */
function roomFor(bytes: number): number {
  return Math.min(bytes + 1, INT_MAX);
}

function checkString(op: string, state: IoState, maxLength: number, room: number): void {
  checkReader(op, state);
  checkLength(op, "maxLength", maxLength, 0);
  checkLength(op, "room", room, 1);
}
