/** Bytes and who gets them back: a line in the log for the program's, nothing for ours. */
export interface ModelMemory {
  bytes: number[];
  readonly own: boolean;
  readonly name: string | null;
}

/** `AVBuffer`, as simply as it can be said. */
export interface ModelBuffer {
  readonly memory: ModelMemory;
  refs: number;
  readonly readOnly: boolean;
  readonly pool: ModelPool | null;
  reallocatable: boolean;
}

/** `AVBufferRef`. */
export interface ModelRef {
  buffer: ModelBuffer;
  offset: number;
  size: number;
}

/** `AVBufferPool`: an array for a stack. */
export interface ModelPool {
  readonly size: number;
  readonly program: boolean;
  readonly idle: ModelMemory[];
  out: number;
  given: boolean;
  stats: { hits: number; misses: number; returned: number; freed: number; peak: number };
}

/** What libavutil does with buffers, told with arrays: no addresses, no lists, no handles. */
export class BufferModel {
  /** What the program was told: buffers and pools that are free, by name. */
  readonly log: string[] = [];
  /** All memory of our own that is alive. */
  bytes = 0;

  memory(size: number, name: string | null = null): ModelMemory {
    if (name === null) this.bytes += size;
    return { bytes: new Array(size).fill(0), own: name === null, name };
  }

  buffer(
    memory: ModelMemory,
    readOnly = false,
    reallocatable = false,
    pool: ModelPool | null = null,
  ): ModelBuffer {
    return { memory, refs: 1, readOnly, reallocatable, pool };
  }

  whole(buffer: ModelBuffer, size: number = buffer.memory.bytes.length): ModelRef {
    return { buffer, offset: 0, size };
  }

  content({ buffer, offset, size }: ModelRef): number[] {
    return buffer.memory.bytes.slice(offset, offset + size);
  }

  isWritable({ buffer }: ModelRef): boolean {
    return buffer.refs === 1 && !buffer.readOnly;
  }

  free(memory: ModelMemory): void {
    if (memory.own) this.bytes -= memory.bytes.length;
    else this.log.push(memory.name!);
  }

  unref({ buffer }: ModelRef): void {
    if (--buffer.refs > 0) return;
    if (buffer.pool === null) this.free(buffer.memory);
    else this.takeBack(buffer.pool, buffer.memory);
  }

  move(ref: ModelRef, buffer: ModelBuffer, offset: number, size: number): void {
    const old = { ...ref };
    Object.assign(ref, { buffer, offset, size });
    this.unref(old);
  }

  makeWritable(ref: ModelRef): void {
    if (this.isWritable(ref)) return;
    const memory = this.memory(ref.size);
    memory.bytes = this.content(ref);
    this.move(ref, this.buffer(memory), 0, ref.size);
  }

  realloc(ref: ModelRef, size: number): void {
    if (size === ref.size) return;
    const inPlace = ref.buffer.reallocatable && this.isWritable(ref) && ref.offset === 0;
    const old = inPlace ? ref.buffer.memory.bytes : this.content(ref);
    const bytes = Array.from({ length: size }, (_, i) => old[i] ?? 0);
    if (inPlace) {
      this.bytes += size - old.length;
      ref.buffer.memory.bytes = bytes;
      ref.size = size;
      return;
    }
    const memory = this.memory(size);
    memory.bytes = bytes;
    this.move(ref, this.buffer(memory, false, true), 0, size);
  }

  replace(dst: ModelRef, src: ModelRef): void {
    if (dst.buffer === src.buffer) Object.assign(dst, src);
    else {
      src.buffer.refs++;
      this.move(dst, src.buffer, src.offset, src.size);
    }
  }

  pool(size: number, program: boolean): ModelPool {
    const stats = { hits: 0, misses: 0, returned: 0, freed: 0, peak: 0 };
    return { size, program, idle: [], out: 0, given: false, stats };
  }

  /** The memory of the next hand-out; `make` is asked where nothing is idle. */
  handOut(pool: ModelPool, make: () => ModelMemory): { memory: ModelMemory; isNew: boolean } {
    const idle = pool.idle.pop();
    const memory = idle ?? make();
    pool.stats[idle === undefined ? "misses" : "hits"]++;
    pool.stats.peak = Math.max(pool.stats.peak, ++pool.out);
    return { memory, isNew: idle === undefined };
  }

  takeBack(pool: ModelPool, memory: ModelMemory): void {
    pool.stats.returned++;
    pool.idle.push(memory);
    pool.out--;
    this.end(pool);
  }

  trim(pool: ModelPool): number {
    const count = pool.idle.length;
    for (const memory of pool.idle.splice(0).reverse()) this.free(memory);
    pool.stats.freed += count;
    return count;
  }

  uninit(pool: ModelPool): void {
    pool.given = true;
    this.trim(pool);
    this.end(pool);
  }

  end(pool: ModelPool): void {
    if (!pool.given || pool.out > 0) return;
    this.trim(pool);
    this.log.push("pool");
  }
}
