import type { DataMarker, ReadString, Whence } from "@mediamem/interface";
import { checkInteger, checkLiveBytes } from "@mediamem/checks";
import type { AsyncIoContext } from "./async_io_context.ts";
import { checkReader, result } from "./io_checks.ts";
import { readOperations } from "./read_operations.ts";
import { runStepsAsync } from "./run_steps.ts";
import { ensureSeekback, rewindWithProbeData } from "./seekback.ts";
import { SyncIoContext } from "./sync_io_context.ts";
import { writeOperations } from "./write_operations.ts";

/** A context whose callbacks answer when they can. */
export class EitherIoContext extends SyncIoContext implements AsyncIoContext {
  readAsync(into: Uint8Array): Promise<number> {
    return runStepsAsync(this.state, readOperations.read(this.state, into));
  }

  readPartialAsync(into: Uint8Array): Promise<number> {
    return runStepsAsync(this.state, readOperations.readPartial(this.state, into));
  }

  r8Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.r8(this.state));
  }

  rl16Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rl16(this.state));
  }

  rl24Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rl24(this.state));
  }

  rl32Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rl32(this.state));
  }

  rl64Async(): Promise<bigint> {
    return runStepsAsync(this.state, readOperations.rl64(this.state));
  }

  rb16Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rb16(this.state));
  }

  rb24Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rb24(this.state));
  }

  rb32Async(): Promise<number> {
    return runStepsAsync(this.state, readOperations.rb32(this.state));
  }

  rb64Async(): Promise<bigint> {
    return runStepsAsync(this.state, readOperations.rb64(this.state));
  }

  getStrAsync(maxLength: number, room?: number): Promise<ReadString> {
    return runStepsAsync(this.state, readOperations.getStr(this.state, maxLength, room));
  }

  getStr16leAsync(maxLength: number, room?: number): Promise<ReadString> {
    return runStepsAsync(this.state, readOperations.getStr16le(this.state, maxLength, room));
  }

  getStr16beAsync(maxLength: number, room?: number): Promise<ReadString> {
    return runStepsAsync(this.state, readOperations.getStr16be(this.state, maxLength, room));
  }

  getLineAsync(room: number): Promise<ReadString> {
    return runStepsAsync(this.state, readOperations.getLine(this.state, room));
  }

  seekAsync(offset: number, whence?: Whence): Promise<number> {
    return runStepsAsync(this.state, readOperations.seek(this.state, offset, whence));
  }

  skipAsync(bytes: number): Promise<number> {
    return runStepsAsync(this.state, readOperations.skip(this.state, bytes));
  }

  sizeAsync(): Promise<number> {
    return runStepsAsync(this.state, readOperations.size(this.state));
  }

  feofAsync(): Promise<boolean> {
    return runStepsAsync(this.state, readOperations.feof(this.state));
  }

  w8Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.w8(this.state, value));
  }

  wl16Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wl16(this.state, value));
  }

  wl24Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wl24(this.state, value));
  }

  wl32Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wl32(this.state, value));
  }

  wl64Async(value: bigint): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wl64(this.state, value));
  }

  wb16Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wb16(this.state, value));
  }

  wb24Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wb24(this.state, value));
  }

  wb32Async(value: number): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wb32(this.state, value));
  }

  wb64Async(value: bigint): Promise<void> {
    return runStepsAsync(this.state, writeOperations.wb64(this.state, value));
  }

  writeAsync(bytes: Uint8Array): Promise<void> {
    return runStepsAsync(this.state, writeOperations.write(this.state, bytes));
  }

  putStrAsync(text: string | null): Promise<number> {
    return runStepsAsync(this.state, writeOperations.putStr(this.state, text));
  }

  putStr16leAsync(text: string): Promise<number> {
    return runStepsAsync(this.state, writeOperations.putStr16le(this.state, text));
  }

  putStr16beAsync(text: string): Promise<number> {
    return runStepsAsync(this.state, writeOperations.putStr16be(this.state, text));
  }

  printStringArrayAsync(texts: readonly string[]): Promise<void> {
    return runStepsAsync(this.state, writeOperations.printStringArray(this.state, texts));
  }

  writeMarkerAsync(time: number | null, type: DataMarker): Promise<void> {
    return runStepsAsync(this.state, writeOperations.writeMarker(this.state, time, type));
  }

  flushAsync(): Promise<void> {
    return runStepsAsync(this.state, writeOperations.flush(this.state));
  }

  ensureSeekback(bytes: number): void {
    const op = "ffio_ensure_seekback";
    checkReader(op, this.state);
    checkInteger(op, "bytes", bytes);
    result(op, this.state, ensureSeekback(this.state, bytes));
    this.state.open();
  }

  rewindWithProbeData(bytes: Uint8Array): void {
    const op = "ffio_rewind_with_probe_data";
    checkReader(op, this.state);
    checkLiveBytes(op, "bytes", bytes);
    result(op, this.state, rewindWithProbeData(this.state, bytes));
    this.state.open();
  }
}
