import type { Operation } from "../../model.ts";
import { call, getLine, getText, open, read, readPartial, set, skip, turn } from "./trace_operations.ts";

function times(count: number, operation: Operation): readonly Operation[] {
  return Array.from({ length: count }, () => operation);
}

/** How bytes are asked for, buffered and handed out. */
export const NAMED_READS: Readonly<Record<string, readonly Operation[]>> = {
  // What a new context looks like
  "new-reader": [open({ as: "reader", buffer: 100 })],
  "new-reader-that-seeks": [open({ as: "reader", buffer: 100, seek: "works" })],
  "new-writer": [open({ as: "writer", buffer: 100 })],
  "new-memory": [open({ as: "memory", length: 10 })],
  "the-buffer-has-32768-bytes-at-first": [open({ as: "reader" }), call("r8")],

  // When the callback is asked, and for how much
  "reading-through-the-buffer": [
    open({ as: "reader", buffer: 1000 }),
    read(10),
    read(990),
    call("r8"),
    read(1000),
    read(999),
    read(1001),
    read(5000),
    read(10),
  ],
  "as-much-as-the-buffer-goes-through-it": [open({ as: "reader", buffer: 100 }), read(100), read(100)],
  "more-than-the-buffer-goes-past-it": [open({ as: "reader", buffer: 100 }), read(101), read(101)],
  "the-rest-goes-past-the-buffer": [open({ as: "reader", buffer: 100 }), read(50), read(152), read(151)],
  "past-the-buffer-in-pieces": [
    open({ as: "reader", buffer: 10, pieces: [7, 30], length: 200 }),
    read(100),
    read(11),
    read(10),
  ],
  "past-the-buffer-forgets-what-was-in-it": [
    open({ as: "reader", buffer: 10, seek: "works" }),
    read(5),
    read(20),
    skip(-1),
  ],
  "direct-reads-go-past-the-buffer": [
    open({ as: "reader", buffer: 100 }),
    turn("direct", true),
    read(10),
    call("r8"),
    read(10),
    read(120),
    turn("direct", false),
    read(10),
  ],
  "reading-nothing": [open({ as: "reader", length: 3 }), read(0), read(3), read(0), read(1), read(0)],
  "reading-nothing-at-the-end-asks": [open({ as: "reader", buffer: 10, length: 0 }), call("r8"), read(0)],
  "short-answers-are-read-on": [open({ as: "reader", buffer: 100, pieces: [3] }), read(10), read(2), read(2)],
  "a-buffer-of-one-byte": [open({ as: "reader", buffer: 1, length: 5 }), read(1), call("rb16"), read(3)],
  "a-buffer-of-no-bytes": [open({ as: "reader", buffer: 0, length: 5 }), read(2), call("r8"), call("feof")],

  // Where a refill puts its bytes
  "refills-start-over-in-small-buffers": [
    open({ as: "reader", buffer: 32768, pieces: [100] }),
    read(100),
    read(50),
    read(100),
  ],
  "refills-append-while-32768-fit": [
    open({ as: "reader", buffer: 65536, length: 200000, pieces: [32768] }),
    ...times(4, read(32768)),
  ],
  "refills-append-one-byte-before-the-limit": [
    open({ as: "reader", buffer: 32769, length: 200000, pieces: [1, 1, 5] }),
    ...times(4, read(1)),
  ],
  "refills-append-packets": [
    open({ as: "reader", buffer: 1000, length: 2000, pieces: [188] }),
    set("maxPacketSize", 188),
    ...times(7, read(188)),
  ],
  "packets-as-large-as-the-buffer": [
    open({ as: "reader", buffer: 100, pieces: [10] }),
    set("maxPacketSize", 100),
    ...times(3, read(10)),
  ],
  "packets-larger-than-the-buffer": [
    open({ as: "reader", buffer: 100, pieces: [10] }),
    set("maxPacketSize", 101),
    ...times(3, read(10)),
  ],
  "what-was-appended-can-be-gone-back-to": [
    open({ as: "reader", buffer: 1000, pieces: [188] }),
    set("maxPacketSize", 188),
    read(188),
    read(188),
    skip(-300),
    read(300),
  ],

  // The end
  "the-end-is-asked-twice-at-first": [
    open({ as: "reader", buffer: 100, length: 10 }),
    read(10),
    read(1),
    read(1),
    read(1),
  ],
  "the-end-past-the-buffer-is-asked-twice": [
    open({ as: "reader", buffer: 10, length: 5 }),
    read(20),
    read(20),
    read(20),
  ],
  "the-end-leaves-the-buffer-as-it-is": [
    open({ as: "reader", buffer: 100, length: 10, pieces: [5] }),
    read(20),
    skip(-3),
    read(3),
  ],
  "bytes-at-the-end-are-zeros": [open({ as: "reader", length: 2 }), call("rb32"), call("r8"), call("feof")],
  "a-byte-at-the-end-asks-no-more": [
    open({ as: "reader", length: 1 }),
    call("r8"),
    call("r8"),
    call("r8"),
    read(1),
  ],
  "feof-asks-again-only-at-the-end": [
    open({ as: "reader", length: 1 }),
    call("feof"),
    call("r8"),
    call("feof"),
    call("r8"),
    call("feof"),
    call("feof"),
  ],
  "a-source-that-grows": [
    open({ as: "reader", buffer: 10, length: 5, grows: [4, 0, 20] }),
    read(10),
    call("feof"),
    read(10),
    read(10),
    call("feof"),
    call("feof"),
    read(30),
  ],
  "numbers-over-the-end": [open({ as: "reader", length: 9 }), call("rl64"), call("rb32"), call("tell")],
  "numbers-over-the-end-of-the-buffer": [
    open({ as: "reader", buffer: 3 }),
    call("rb16"),
    call("rl16"),
    call("rb24"),
    call("rl24"),
    call("rb32"),
    call("rl32"),
    call("rb64"),
    call("rl64"),
  ],

  // None for now
  "none-for-now": [
    open({ as: "reader", pieces: [3, 0] }),
    read(5),
    read(1),
    call("r8"),
    call("feof"),
    read(1),
  ],
  "none-for-now-empties-the-buffer": [open({ as: "reader", pieces: [3, 0] }), read(3), call("r8"), skip(-1)],
  "none-for-now-past-the-buffer-is-asked-again": [
    open({ as: "reader", buffer: 5, pieces: [0, 0, 2], length: 50 }),
    read(20),
  ],
  "none-for-now-while-seeking-is-asked-again": [
    open({ as: "reader", buffer: 5, pieces: [0, 0, 2], length: 50 }),
    skip(20),
  ],
  "none-for-now-very-often": [open({ as: "reader", buffer: 5, pieces: [0, 1] }), read(1100)],
  "none-for-ever": [
    open({ as: "reader", buffer: 5, pieces: [0] }),
    read(5),
    read(6),
    skip(1),
    call("feof"),
    set("error", 0),
    read(5),
  ],

  // As much as is there
  "partial-reads-take-what-is-there": [
    open({ as: "reader", buffer: 100, pieces: [10] }),
    readPartial(4),
    readPartial(20),
    readPartial(20),
  ],
  "partial-reads-go-through-the-buffer": [open({ as: "reader", buffer: 10 }), readPartial(100)],
  "partial-reads-of-nothing-ask": [open({ as: "reader", length: 5 }), readPartial(0), readPartial(0)],
  "partial-reads-at-the-end": [
    open({ as: "reader", length: 5 }),
    readPartial(10),
    readPartial(10),
    readPartial(0),
  ],
  "partial-reads-of-a-direct-reader": [
    open({ as: "reader", buffer: 10 }),
    turn("direct", true),
    readPartial(4),
    readPartial(40),
  ],
  "partial-reads-of-a-writer": [
    open({ as: "duplex", buffer: 10, length: 20 }),
    readPartial(8),
    call("tell"),
    readPartial(15),
    readPartial(15),
    readPartial(0),
  ],
  "partial-reads-of-a-writer-that-only-writes": [open({ as: "writer" }), readPartial(8)],

  // A buffer is all there is
  "memory-is-read": [open({ as: "memory", length: 10 }), call("rb32"), read(6), read(1), call("r8")],
  "memory-is-moved-in": [open({ as: "memory", length: 10 }), skip(5), read(2), skip(-7), read(1), skip(9)],
  "memory-beyond-the-end": [open({ as: "memory", length: 10 }), skip(11), call("tell"), read(1), read(1)],
  "memory-beyond-the-end-from-the-end": [open({ as: "memory", length: 10 }), read(10), skip(1), read(1)],
  "memory-has-no-size": [open({ as: "memory", length: 10 }), call("size"), call("feof")],
  "memory-read-beyond-its-end": [open({ as: "memory", length: 10 }), read(11), read(11), read(1)],
  "memory-with-a-larger-buffer": [open({ as: "memory", length: 10, buffer: 15 }), read(15), call("feof")],
  "memory-with-a-smaller-buffer": [open({ as: "memory", length: 10, buffer: 5 }), read(5), read(1)],
  "memory-partly-read": [open({ as: "memory", length: 10 }), readPartial(4), readPartial(9), readPartial(1)],
  "no-memory": [open({ as: "memory", length: 0 }), call("r8"), read(1), call("feof")],

  // Flushing
  "flushing-a-reader-drops-what-it-has": [
    open({ as: "reader", buffer: 100 }),
    read(10),
    call("flush"),
    call("tell"),
    read(10),
  ],
  "flushing-at-the-end": [open({ as: "reader", length: 3 }), read(5), call("flush"), call("feof"), read(1)],

  // Texts
  "texts-end-with-a-zero": [
    open({ as: "reader", content: "text", buffer: 7 }),
    getText("getStr", 100),
    getText("getStr", 100, 3),
    getText("getStr", 1),
    getText("getStr", 0),
    getText("getStr", 5, 1),
    call("tell"),
  ],
  "texts-of-16-bits": [
    open({ as: "reader", content: "text", buffer: 7 }),
    skip(48),
    getText("getStr16le", 100),
    getText("getStr16be", 100),
    getText("getStr16le", 9, 4),
    getText("getStr16be", 3),
    call("tell"),
  ],
  "texts-over-the-end": [
    open({ as: "reader", length: 5, content: "text" }),
    getText("getStr", 100),
    getText("getStr", 100),
    getText("getStr16le", 100),
  ],
  "lines": [open({ as: "reader", content: "text", buffer: 11 }), ...times(8, getLine(100))],
  "lines-that-are-too-long": [open({ as: "reader", content: "text", buffer: 11 }), ...times(4, getLine(4))],
  "a-line-that-ends-with-the-source": [
    open({ as: "reader", content: "text", length: 18 }),
    getLine(100),
    getLine(100),
    getLine(100),
  ],

  // What a reader does not do
  "a-reader-does-not-write": [
    open({ as: "reader" }),
    { op: "w8", value: 1 },
    { op: "write", n: 1 },
    { op: "putStr", text: "x" },
    { op: "mark", type: "header" },
  ],

  // The end of a context
  "a-freed-context": [
    open({ as: "reader" }),
    call("r8"),
    call("free"),
    call("r8"),
    read(1),
    call("tell"),
    skip(0),
    call("free"),
    call("dispose"),
    turn("direct", true),
    set("error", 0),
  ],
  "disposed-and-freed": [open({ as: "reader" }), call("dispose"), call("dispose"), call("free")],
};
