import type { Operation } from "../../model.ts";
import { beside, fast, free, freep, limit, maxAlloc, read, take, write } from "./trace_operations.ts";

/** Larger than any request may be. */
const TOO_LARGE = 2147483648;

/** Traces that say what they show about blocks that are used again while they are large enough. */
export const NAMED_FAST: Readonly<Record<string, readonly Operation[]>> = {
  "fast-malloc-growth": [1, 42, 100, 139, 1000, 2000, 5000].map((size) => fast("fastMalloc", 0, size)),
  "fast-mallocz-growth": [1, 42, 100, 139, 1000, 2000, 5000].map((size) => fast("fastMallocz", 0, size)),
  "fast-realloc-growth": [1, 42, 100, 139, 1000, 2000, 5000].map((size) => fast("fastRealloc", 0, size)),
  "fast-does-nothing-while-there-is-enough": [
    fast("fastMalloc", 0, 100),
    write(0, 0, 138, 1),
    fast("fastMalloc", 0, 138),
    fast("fastMallocz", 0, 0),
    fast("fastRealloc", 0, 138),
    read(0, 0, 138),
  ],
  "fast-malloc-of-no-bytes-leaves-nothing": [
    fast("fastMalloc", 0, 0),
    fast("fastMallocz", 0, 0),
    fast("fastRealloc", 0, 0),
  ],
  "fast-mallocz-is-zero": [
    fast("fastMalloc", 0, 10),
    fast("fastMallocz", 0, 100),
    fast("fastMallocz", 0, 1000),
  ],
  "fast-realloc-keeps-content": [
    fast("fastRealloc", 0, 10),
    write(0, 0, 10, 1),
    fast("fastRealloc", 0, 1000),
  ],
  "fast-malloc-that-fails-frees-the-block": [
    fast("fastMalloc", 0, 10),
    fast("fastMalloc", 0, TOO_LARGE),
    freep(0),
  ],
  "fast-realloc-that-fails-keeps-the-block": [
    fast("fastRealloc", 0, 10),
    fast("fastRealloc", 0, TOO_LARGE),
    read(0, 0, 42),
    fast("fastRealloc", 0, 10),
  ],
  "fast-beyond-the-cap": [
    maxAlloc(100),
    fast("fastMalloc", 0, 101),
    fast("fastMallocz", 0, 101),
    fast("fastRealloc", 0, 101),
  ],
  "fast-realloc-grows-no-further-than-the-cap": [
    maxAlloc(100),
    fast("fastRealloc", 0, 90),
    fast("fastRealloc", 0, 100),
  ],
  "fast-on-a-plain-block": [
    take("malloc", 0, 100),
    fast("fastRealloc", 0, 50),
    take("malloc", 1, 10),
    fast("fastMalloc", 1, 50),
  ],
  "fast-malloc-over-budget": [
    limit(100),
    fast("fastMalloc", 0, 50),
    fast("fastMalloc", 0, 86),
    fast("fastMalloc", 0, 50),
  ],
  "fast-realloc-over-budget": [
    limit(100),
    fast("fastRealloc", 0, 50),
    fast("fastRealloc", 0, 86),
    read(0, 0, 85),
  ],
  "fast-malloc-after-free": [fast("fastMalloc", 0, 10), free(0), fast("fastMalloc", 0, 100)],
  "fast-realloc-after-free": [fast("fastRealloc", 0, 10), free(0), fast("fastRealloc", 0, 100)],
  "fast-inside-of-a-block": [
    take("malloc", 0, 100),
    beside(fast("fastMalloc", 0, 200), 8),
    beside(fast("fastMallocz", 0, 200), 8),
    beside(fast("fastRealloc", 0, 200), 8),
    read(0, 0, 100),
  ],
  "fast-of-sizes-that-are-none": [
    fast("fastMalloc", 0, 10),
    fast("fastMalloc", 0, -1),
    fast("fastMallocz", 0, 0.5),
    fast("fastRealloc", 0, -1),
    read(0, 0, 42),
  ],
};
