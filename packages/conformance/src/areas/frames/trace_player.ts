import type { Backend, Frame, Frames, Ledger, PixelFormatName } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { codeOf, DEFAULT_MAX_ALLOC } from "../memory/attempt.ts";
import { ledgerOf, memoryOf } from "../memory/backend_areas.ts";
import { type HeldReference, pushFrame, pushReference } from "./frame_place.ts";
import { framesOf } from "./frames_of.ts";
import { paintPixels, pixelsOf } from "./pixels.ts";

/** Operations after which a frame that nobody shared its memory with has no view of it any more. */
const LETS_GO: ReadonlySet<string> = new Set(["unref", "free", "dispose", "moveRef"]);

/** Plays the operations of a trace on one backend and says what can be seen after each. */
export class TracePlayer {
  readonly #backend: Backend;
  readonly #frames: Frames;
  readonly #ledger: Ledger;
  readonly #out: Answer;
  readonly #places: (Frame | undefined)[] = [];
  readonly #references: (HeldReference | undefined)[] = [];
  readonly #made: Frame[] = [];
  readonly #taken: HeldReference[] = [];
  readonly #liveBefore: number;
  readonly #bytesBefore: number;
  readonly #limitBefore: number;
  #capped = false;
  #step = 0;

  /** Gets ready to play on a backend. */
  constructor(backend: Backend, out: Answer) {
    this.#backend = backend;
    this.#frames = framesOf(backend);
    this.#ledger = ledgerOf(backend);
    this.#out = out;
    this.#liveBefore = this.#ledger.live;
    this.#bytesBefore = this.#ledger.bytes;
    this.#limitBefore = this.#ledger.limitBytes;
  }

  /** Plays one operation: `ok`, the code of its error or `empty`, then the frames it was about, and how many are alive. */
  play(operation: Operation): void {
    this.#step++;
    try {
      this.#play(operation);
    } catch (error) {
      this.#out.text(codeOf(error));
    }
    for (const name of ["at", "from", "to"]) {
      const frame = this.#places[operation[name] as number];
      if (frame !== undefined) pushFrame(frame, this.#out);
    }
    const reference = this.#references[operation["reference"] as number];
    if (reference !== undefined) pushReference(reference, this.#out);
    this.#out.push(this.#ledger.live - this.#liveBefore);
  }

  /** Looks at everything once more, gives it back, and says what is left on the account. */
  end(): void {
    if (this.#capped) memoryOf(this.#backend).maxAlloc(DEFAULT_MAX_ALLOC);
    this.#ledger.limitBytes = this.#limitBefore;
    for (const frame of this.#made) pushFrame(frame, this.#out);
    for (const reference of this.#taken) pushReference(reference, this.#out);
    for (const frame of this.#made) frame[Symbol.dispose]();
    for (const { ref } of this.#taken) ref[Symbol.dispose]();
    this.#out.push(this.#ledger.live - this.#liveBefore);
    this.#out.push(this.#ledger.bytes - this.#bytesBefore);
  }

  #play(operation: Operation): void {
    const number = (name: string): number => operation[name] as number;
    switch (operation.op) {
      case "alloc":
        this.#place(number("at"), this.#frames.alloc());
        return this.#out.text("ok");
      case "picture": {
        const frame = this.#frames.alloc();
        this.#place(number("at"), frame);
        this.#words["setUp"]!({ ...operation, format: "yuv420p" }, frame, frame);
        this.#words["getBuffer"]!({ ...operation, align: 64 }, frame, frame);
        return this.#out.text("ok");
      }
      case "limit": {
        const bytes = operation["bytes"] as number | null;
        this.#ledger.limitBytes = bytes === null ? this.#limitBefore : this.#bytesBefore + bytes;
        return this.#out.text("ok");
      }
      case "maxAlloc":
        this.#capped = true;
        memoryOf(this.#backend).maxAlloc(number("max"));
        return this.#out.text("ok");
      case "unrefBuffer": {
        const held = this.#references[number("reference")];
        if (held === undefined) return this.#out.text("empty");
        held.ref.unref();
        return this.#out.text("ok");
      }
    }
    const frame = this.#places[number("at")];
    const from = "from" in operation ? this.#places[number("from")] : frame;
    // No TypeError for a word that nobody knows: that is an answer, on which both sides would agree.
    if (!Object.hasOwn(this.#words, operation.op)) throw unknown(operation);
    if (frame === undefined || from === undefined) return this.#out.text("empty");
    this.#perform(operation, frame, from);
  }

  /** Does something with a frame, and says what became of a view of memory that only one frame referred to. */
  #perform(operation: Operation, frame: Frame, from: Frame): void {
    const holder = operation.op === "moveRef" ? from : frame;
    const sole = holder.live && holder.isWritable ? holder.planes[0]!.memory : null;
    this.#words[operation.op]!(operation, frame, from);
    this.#out.text("ok");
    if (sole !== null) this.#out.text(sole.length === 0 ? "gone" : "there");
    if (sole !== null && !LETS_GO.has(operation.op) && holder.planes[0]!.memory !== sole) {
      this.#out.text("other");
    }
  }

  readonly #words: Readonly<Record<string, (operation: Operation, frame: Frame, from: Frame) => void>> = {
    setUp: (operation, frame) => {
      const [width, height] = operation["size"] as readonly [number, number];
      frame.format = operation["format"] as PixelFormatName | null;
      frame.width = width;
      frame.height = height;
    },
    setSide: (operation, frame) => {
      frame[operation["side"] as "width" | "height"] = operation["value"] as number;
    },
    setFormat: (operation, frame) => {
      frame.format = operation["format"] as PixelFormatName | null;
    },
    setPts: (operation, frame) => {
      frame.pts = operation["value"] as number | null;
    },
    getBuffer: (operation, frame) => {
      frame.getBuffer(operation["align"] as number);
      // A library hands out memory with what was in it before; here it follows from the trace.
      paintPixels(pixelsOf(frame)!, this.#step);
    },
    clone: (operation, frame) => this.#place(operation["to"] as number, frame.clone()),
    ref: (_, frame, from) => frame.ref(from),
    moveRef: (_, frame, from) => frame.moveRef(from),
    unref: (_, frame) => frame.unref(),
    makeWritable: (_, frame) => frame.makeWritable(),
    copy: (_, frame, from) => frame.copy(from),
    paint: (operation, frame) => {
      const pixels = pixelsOf(frame);
      if (pixels !== null) paintPixels(pixels, operation["seed"] as number);
    },
    planeBuffer: (operation, frame) => {
      const ref = frame.planeBuffer(operation["plane"] as number);
      const held: HeldReference = { ref, pixels: pixelsOf(frame)! };
      this.#taken.push(held);
      this.#references[operation["reference"] as number] = held;
    },
    free: (_, frame) => frame.free(),
    dispose: (_, frame) => frame[Symbol.dispose](),
  };

  #place(at: number, frame: Frame): void {
    this.#made.push(frame);
    this.#places[at] = frame;
  }
}

function unknown({ op }: Operation): Error {
  return new Error(`Cannot play a trace: op is ${op}, wanted a word that it has`);
}
