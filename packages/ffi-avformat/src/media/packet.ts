import { MediaError } from "@mediamem/interface";
import { checkInt, checkInteger, checkLiveBytes, checkTimestamp } from "@mediamem/checks";
import { getPointer, memory, readCString, releaseMemory } from "@mediamem/ffi";
import { StructReader } from "@mediamem/ffi-avutil/native";
import { type AvformatLibrary, libraryOf } from "../library.ts";
import { type AvformatBackend, sharedAvformat } from "../load_avformat.ts";
import { allocated, failMedia } from "./failure.ts";
import {
  checkTimeBase,
  type Rational,
  readInt64,
  readTimestamp,
  writeInt64,
  writeTimestamp,
} from "./numbers.ts";
import { PacketHold } from "./packet_hold.ts";

/** What a packet says besides its data (`AVPacketSideData`). */
export interface PacketSideData {
  /** The type in words: `New Extradata`; null for one that the library has no words for. */
  readonly name: string | null;
  /** The type as a number of C. */
  readonly type: number;
  /** A copy of the bytes. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a packet is made with. */
export interface PacketOptions {
  /** When it is shown, in units of `timeBase`; undefined: null, unknown. */
  readonly pts?: number | null;
  /** When it is decoded; undefined: null, unknown. */
  readonly dts?: number | null;
  /** For how long it is shown; undefined: 0, unknown. */
  readonly duration?: number;
  /** Its stream; undefined: 0. */
  readonly streamIndex?: number;
  /** Whether decoding can start here; undefined: false. */
  readonly keyframe?: boolean;
  /** Seconds in one unit of its timestamps; undefined: null, those of the stream that it is written to. */
  readonly timeBase?: Rational | null;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
}

/** What is true of a packet (`AV_PKT_FLAG_KEY` …). */
export type PacketFlag = "key" | "corrupt" | "discard" | "trusted" | "disposable";

/** In the order of their bits. */
const FLAGS: readonly PacketFlag[] = ["key", "corrupt", "discard", "trusted", "disposable"];

// The fields of AVPacket lie at the same place in every version.
const PTS = 8;
const DTS = 16;
const DATA = 24;
const SIZE = 32;
const STREAM_INDEX = 36;
const FLAG_BITS = 40;
const SIDE_DATA = 48;
const SIDE_DATA_ELEMS = 56;
const DURATION = 64;
const POS = 72;
const STRUCT_BYTES = 80;

/** Frees the packets that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<PacketHold>((hold) => hold.abandon());

/**
 * A piece of coded data with its times (`AVPacket`), and the duty to give it back.
 *
 * It is the caller's alone: nothing that is read afterwards changes it. A packet that was given back throws `USE_AFTER_FREE` from everything but
 * dispose, and the views of its data are empty then.
 */
export class Packet implements Disposable {
  readonly #hold: PacketHold;
  #live = true;
  /** Seconds in one unit of its timestamps; null where nobody knows. */
  timeBase: Rational | null = null;

  private constructor(hold: PacketHold) {
    this.#hold = hold;
    forgotten.register(this, hold, this);
  }

  /**
   * Allocates an empty packet. Throws `ENOMEM`.
   *
   * @internal
   */
  static allocate(library: AvformatLibrary): Packet {
    const address = allocated("av_packet_alloc", library.symbols.av_packet_alloc());
    return new Packet(new PacketHold(library, address, STRUCT_BYTES));
  }

  /**
   * Makes a packet with a copy of bytes, which lie in memory that codecs may look behind (`av_new_packet`).
   *
   * Errors: `TypeError`, `EINVAL`, `ENOMEM`, `OVER_BUDGET`, and those of `loadAvformat()`.
   */
  static from(bytes: Uint8Array, options: PacketOptions = {}): Packet {
    const op = "av_new_packet";
    checkLiveBytes(op, "bytes", bytes);
    const library = libraryOf(op, options.avformat ?? sharedAvformat());
    const packet = Packet.allocate(library);
    try {
      const { symbols } = library;
      const answer = symbols.av_new_packet(packet.address, bytes.length);
      if (answer < 0) failMedia(symbols, op, answer, `make a packet of ${bytes.length} bytes`, "memory");
      packet.received();
      packet.data.set(bytes);
      packet.pts = options.pts ?? null;
      packet.dts = options.dts ?? null;
      packet.duration = options.duration ?? 0;
      packet.streamIndex = options.streamIndex ?? 0;
      packet.keyframe = options.keyframe ?? false;
      if (options.timeBase != null) checkTimeBase(op, "timeBase", options.timeBase);
      packet.timeBase = options.timeBase ?? null;
      return packet;
    } catch (error) {
      packet[Symbol.dispose]();
      throw error;
    }
  }

  /** Whether it was not given back yet. */
  get live(): boolean {
    return this.#live;
  }

  /** Address of the `AVPacket`, for a call that reads it or fills it; after the latter call {@linkcode Packet.received}. */
  get address(): number {
    this.#struct("AVPacket");
    return this.#hold.address;
  }

  /**
   * The library that it belongs to.
   *
   * @internal
   */
  get library(): AvformatLibrary {
    return this.#hold.library;
  }

  /**
   * Counts what C has put into the packet. Throws `OVER_BUDGET`.
   *
   * @internal
   */
  received(): void {
    this.#hold.count(this.size);
  }

  /** Bytes of data. */
  get size(): number {
    return this.#struct("AVPacket.size").getInt32(SIZE, true);
  }

  /** The data itself, until the packet is given back or changed; empty for a packet without data. Packets of `ref()` see the same bytes. */
  get data(): Uint8Array<ArrayBuffer> {
    const struct = this.#struct("AVPacket.data");
    const known = this.#hold.view;
    if (known !== null && !known.bytes.buffer.detached) return known.bytes;
    const size = struct.getInt32(SIZE, true);
    if (size === 0) return new Uint8Array(0);
    return (this.#hold.view = memory(getPointer(struct, DATA), size)).bytes;
  }

  /** A copy of the data. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.data.slice();
  }

  /** Moves the reference into a packet of its own; this one is empty then, and still to be given back (`av_packet_move_ref`). */
  take(): Packet {
    const op = "av_packet_move_ref";
    this.#struct(op);
    const { library } = this.#hold;
    this.#refusePinned(op);
    const taken = Packet.allocate(library);
    library.symbols.av_packet_move_ref(taken.address, this.address);
    this.#hold.count(0);
    taken.received();
    taken.timeBase = this.timeBase;
    return taken;
  }

  /** A second packet with the same data, which is shared and not copied (`av_packet_ref`). */
  ref(): Packet {
    const op = "av_packet_ref";
    this.#struct(op);
    const { symbols } = this.#hold.library;
    const made = Packet.allocate(this.#hold.library);
    const answer = symbols.av_packet_ref(made.address, this.address);
    if (answer < 0) {
      made[Symbol.dispose]();
      failMedia(symbols, op, answer, "share a packet", "memory for a reference");
    }
    made.received();
    made.timeBase = this.timeBase;
    return made;
  }

  /** Lets go of the data and of everything else in the packet, which can be filled again (`av_packet_unref`). */
  unref(): void {
    const op = "av_packet_unref";
    this.#struct(op);
    const pinned = this.#hold.unview();
    const { symbols } = this.#hold.library;
    if (pinned === null) {
      symbols.av_packet_unref(this.address);
    } else {
      // The data lives on in another packet until nobody sees it any more.
      const kept = new PacketHold(this.#hold.library, allocated(op, symbols.av_packet_alloc()), STRUCT_BYTES);
      symbols.av_packet_move_ref(kept.address, this.address);
      releaseMemory(pinned, () => kept.release());
    }
    this.#hold.count(0);
    this.timeBase = null;
  }

  /** When it is shown, in units of the time base; null where nobody knows. */
  get pts(): number | null {
    return readTimestamp(this.#struct("AVPacket.pts"), PTS);
  }
  set pts(value: number | null) {
    checkTimestamp("AVPacket.pts", "pts", value);
    writeTimestamp(this.#struct("AVPacket.pts"), PTS, value);
  }

  /** When it is decoded, in units of the time base; null where nobody knows. */
  get dts(): number | null {
    return readTimestamp(this.#struct("AVPacket.dts"), DTS);
  }
  set dts(value: number | null) {
    checkTimestamp("AVPacket.dts", "dts", value);
    writeTimestamp(this.#struct("AVPacket.dts"), DTS, value);
  }

  /** For how long it is shown, in units of the time base; 0 where nobody knows. */
  get duration(): number {
    return readInt64(this.#struct("AVPacket.duration"), DURATION);
  }
  set duration(value: number) {
    checkInteger("AVPacket.duration", "duration", value);
    writeInt64(this.#struct("AVPacket.duration"), DURATION, value);
  }

  /** Position in the source, bytes; -1 where nobody knows. */
  get position(): number {
    return readInt64(this.#struct("AVPacket.pos"), POS);
  }

  /** Index of its stream. */
  get streamIndex(): number {
    return this.#struct("AVPacket.stream_index").getInt32(STREAM_INDEX, true);
  }
  set streamIndex(value: number) {
    checkInt("AVPacket.stream_index", "streamIndex", value);
    this.#struct("AVPacket.stream_index").setInt32(STREAM_INDEX, value, true);
  }

  /** What is true of it. */
  get flags(): readonly PacketFlag[] {
    const bits = this.#struct("AVPacket.flags").getInt32(FLAG_BITS, true);
    return FLAGS.filter((_, bit) => (bits >> bit & 1) !== 0);
  }

  /** Whether decoding can start here. */
  get keyframe(): boolean {
    return (this.#struct("AVPacket.flags").getInt32(FLAG_BITS, true) & 1) !== 0;
  }
  set keyframe(value: boolean) {
    const struct = this.#struct("AVPacket.flags");
    const bits = struct.getInt32(FLAG_BITS, true);
    struct.setInt32(FLAG_BITS, value ? bits | 1 : bits & ~1, true);
  }

  /** What it says besides its data, copied. */
  get sideData(): readonly PacketSideData[] {
    const struct = this.#struct("AVPacket.side_data");
    const count = struct.getInt32(SIDE_DATA_ELEMS, true);
    if (count === 0) return [];
    const { symbols, abi } = this.#hold.library;
    const { sizeof, fields } = abi.media.AVPacketSideData;
    const array = memory(getPointer(struct, SIDE_DATA), count * sizeof!);
    const found: PacketSideData[] = [];
    for (let i = 0; i < count; i++) {
      const entry = new StructReader(array.data, fields, i * sizeof!);
      const type = entry.i32("type");
      const bytes = entry.size("size");
      const view = bytes === 0 ? null : memory(entry.pointer("data"), bytes);
      found.push({
        name: readCString(symbols.av_packet_side_data_name(type)),
        type,
        data: view?.bytes.slice() ?? new Uint8Array(0),
      });
      view?.revoke();
    }
    array.revoke();
    return found;
  }

  /** Gives the packet back, with its reference to the data (`av_packet_free`). A second time does nothing. */
  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    forgotten.unregister(this);
    this.#hold.release();
  }

  #struct(op: string): DataView {
    if (this.#live) return this.#hold.struct.data;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the packet was given back, wanted a live one${this.#hold.describe()}`,
      { op },
    );
  }

  /** The views see the data, which is about to be somebody else's. */
  #refusePinned(op: string): void {
    const pinned = this.#hold.unview();
    if (pinned === null) return;
    this.#hold.view = pinned;
    throw new MediaError("LOCKED", `Cannot call ${op}: a view of the data is in use, wanted none`, { op });
  }
}
