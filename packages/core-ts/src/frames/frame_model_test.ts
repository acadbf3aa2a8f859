import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type BufferRef, type Frame, MediaError, type PixelFormatName } from "@mediamem/interface";
import { type CoreBackend, createCore } from "@mediamem/core-ts";
import { ffmpegFrame, imageLayout } from "@mediamem/core-ts/image";

const FORMATS = ["gray", "yuv420p", "rgb24"] as const;
const PLACES = 4;

type Step =
  | { readonly do: "setUp"; readonly at: number; readonly format: number; readonly size: [number, number] }
  | { readonly do: "crop"; readonly at: number; readonly size: [number, number] }
  | { readonly do: "paint"; readonly at: number; readonly fill: number }
  | { readonly do: "ref" | "moveRef" | "copy" | "clone"; readonly at: number; readonly from: number }
  | {
    readonly do: "alloc" | "getBuffer" | "unref" | "makeWritable" | "free" | "planeBuffer" | "unrefBuffer";
    readonly at: number;
  };

const at = fc.nat(PLACES - 1);
const size = fc.tuple(fc.nat(9), fc.nat(9));
const plain = fc.constantFrom(
  "alloc" as const,
  "getBuffer" as const,
  "unref" as const,
  "makeWritable" as const,
  "free" as const,
  "planeBuffer" as const,
  "unrefBuffer" as const,
);
const pairs = fc.constantFrom("ref" as const, "moveRef" as const, "copy" as const, "clone" as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("setUp" as const), at, format: fc.nat(2), size }),
  fc.record({ do: fc.constant("crop" as const), at, size }),
  fc.record({ do: fc.constant("paint" as const), at, fill: fc.integer({ min: 1, max: 255 }) }),
  { weight: 4, arbitrary: fc.record({ do: pairs, at, from: at }) },
  { weight: 6, arbitrary: fc.record({ do: plain, at }) },
);

/** Memory as the model sees it: how many refer to it, and the byte that all of it has. */
interface Memory {
  refs: number;
  fill: number;
  readonly bytes: number;
}

interface Fields {
  width: number;
  height: number;
  format: PixelFormatName | null;
  memory: Memory | null;
}

interface Held extends Fields {
  readonly frame: Frame;
  live: boolean;
}

/** The simple model: fields, and counts of who refers to what. */
class Model {
  readonly core: CoreBackend = createCore();
  readonly frames: Held[] = [];
  readonly places: (Held | undefined)[] = [];
  readonly references: ({ readonly ref: BufferRef; readonly memory: Memory } | undefined)[] = [];
  bytes = 0;
  handles = 0;

  open(frame: Frame, fields: Fields): Held {
    const { width, height, format, memory } = fields;
    const held = { frame, live: true, width, height, format, memory };
    this.handles++;
    this.frames.push(held);
    return held;
  }

  take(fields: Fields): Memory {
    const { size } = imageLayout(fields.format!, fields.width, fields.height, ffmpegFrame());
    this.bytes += size;
    return { refs: 1, fill: 0, bytes: size };
  }

  drop(held: Fields): void {
    const { memory } = held;
    held.memory = null;
    if (memory !== null) this.unref(memory);
  }

  unref(memory: Memory): void {
    if (--memory.refs === 0) this.bytes -= memory.bytes;
  }
}

const EMPTY: Fields = { width: 0, height: 0, format: null, memory: null };

function isEmpty({ memory, width, height }: Held): boolean {
  return memory === null && width === 0 && height === 0;
}

/** What a step must end with; changes the model where it is `ok`. Called before the step is done. */
function predict(model: Model, step: Step, held: Held, from: Held): string {
  if (step.do === "free" && !held.live) return "DOUBLE_FREE";
  if (!held.live) return "USE_AFTER_FREE";
  const { memory } = held;
  const given = memory !== null;
  switch (step.do) {
    case "setUp":
      if (given) return "EINVAL";
      [held.width, held.height] = step.size;
      held.format = FORMATS[step.format]!;
      return "ok";
    case "crop": {
      const [width, height] = step.size;
      if (!given || width < 1 || height < 1 || width > held.width || height > held.height) return "EINVAL";
      held.width = width;
      held.height = height;
      return "ok";
    }
    case "getBuffer":
      if (given || held.format === null || held.width === 0 || held.height === 0) return "EINVAL";
      held.memory = model.take(held);
      return "ok";
    case "ref":
    case "moveRef":
    case "copy":
      return predictPair(step.do, held, from);
    case "unref":
      model.drop(held);
      Object.assign(held, EMPTY);
      return "ok";
    case "free":
      model.drop(held);
      held.live = false;
      model.handles--;
      return "ok";
    case "makeWritable":
      if (memory === null) return "EINVAL";
      if (memory.refs > 1) {
        held.memory = model.take(held);
        held.memory.fill = memory.fill;
        model.unref(memory);
      }
      return "ok";
    case "paint":
      if (memory !== null) memory.fill = step.fill;
      return "ok";
    default:
      return given ? "ok" : "EINVAL";
  }
}

function predictPair(operation: string, held: Held, from: Held): string {
  if (!from.live) return "USE_AFTER_FREE";
  if (operation === "copy") {
    if (held.format === null || held.format !== from.format) return "EINVAL";
    if (held.memory === null || from.memory === null) return "EINVAL";
    if (held.width < from.width || held.height < from.height) return "EINVAL";
    return held.memory === from.memory ? "OVERLAP" : "ok";
  }
  if (held === from || !isEmpty(held)) return "EINVAL";
  if (operation === "ref") {
    if (from.memory === null) return "EINVAL";
    from.memory.refs++;
  }
  const { width, height, format, memory } = from;
  Object.assign(held, { width, height, format, memory });
  if (operation === "moveRef") Object.assign(from, EMPTY);
  return "ok";
}

/** Does a step and gives how it ended. */
function perform(model: Model, step: Step, held: Held, from: Held): string {
  const { frame } = held;
  try {
    switch (step.do) {
      case "setUp":
        // One after the other would leave a frame half set up where it has memory.
        if (held.live && frame.linesizes.length > 0) throw refused();
        [frame.width, frame.height] = step.size;
        frame.format = FORMATS[step.format]!;
        break;
      case "crop": {
        const [width, height] = step.size;
        if (frame.linesizes.length === 0 || height < 1 || height > frame.height) throw refused();
        frame.width = width;
        frame.height = height;
        break;
      }
      case "paint":
        frame.planes[0]?.memory.fill(step.fill);
        break;
      case "ref":
      case "moveRef":
      case "copy":
        frame[step.do](from.frame);
        break;
      case "clone":
        model.places[step.at] = model.open(frame.clone(), held);
        held.memory!.refs++;
        break;
      case "planeBuffer":
        drop(model, step.at);
        model.references[step.at] = { ref: frame.planeBuffer(0), memory: held.memory! };
        held.memory!.refs++;
        break;
      case "alloc":
      case "unrefBuffer":
        break;
      default:
        frame[step.do]();
    }
    return "ok";
  } catch (error) {
    if (error instanceof MediaError) return error.code;
    throw error;
  }
}

function refused(): MediaError {
  return new MediaError("EINVAL", "Cannot do the step: the frame is not fit for it, wanted another", {
    op: "",
  });
}

function drop(model: Model, at: number): void {
  const found = model.references[at];
  model.references[at] = undefined;
  if (found === undefined) return;
  model.unref(found.memory);
  found.ref.unref();
}

/** Holds everything that can be seen against the model. */
function compare(model: Model): void {
  const { ledger } = model.core;
  const references = model.references.filter((found) => found !== undefined);
  assertEquals([ledger.live, ledger.bytes], [model.handles + references.length, model.bytes]);
  for (const { ref, memory } of references) {
    assertEquals([ref.refCount, ref.data[0]], [memory.refs, memory.fill]);
  }
  for (const { frame, live, width, height, format, memory } of model.frames) {
    assertEquals(frame.live, live);
    if (!live) continue;
    const { planes, isWritable } = frame;
    assertEquals([frame.width, frame.height, frame.format], [width, height, format]);
    assertEquals([planes.length > 0, isWritable], [memory !== null, memory?.refs === 1]);
    if (memory !== null) assertEquals(planes[0]!.memory[0], memory.fill);
  }
}

describe("the frames of core-ts", () => {
  it("refer to memory as a model with counts does, whatever is done in whatever order", () => {
    const property = fc.property(fc.array(step, { size: "max", maxLength: 80 }), (steps) => {
      const model = new Model();
      for (const step of steps) {
        const before = model.places[step.at];
        if (step.do === "alloc" && before === undefined) {
          model.places[step.at] = model.open(model.core.frames.alloc(), EMPTY);
        }
        if (step.do === "unrefBuffer") drop(model, step.at);
        const held = model.places[step.at];
        const from = model.places["from" in step ? step.from : step.at];
        if (step.do === "alloc" || step.do === "unrefBuffer" || held === undefined || from === undefined) {
          continue;
        }
        const copied = step.do === "copy" ? from.memory?.fill : undefined;
        const wanted = predict(model, step, held, from);
        assertEquals(perform(model, step, held, from), wanted, JSON.stringify(step));
        // The model has one byte for all of the memory: what the copy left of another one is painted over.
        if (step.do === "copy" && wanted === "ok") {
          assertEquals(held.frame.planes[0]!.memory[0], copied);
          held.memory!.fill = copied!;
          held.frame.planes[0]!.memory.fill(copied!);
        }
        // What was freed makes room, so that places do not all end up dead.
        if (step.do === "free" && wanted === "DOUBLE_FREE") model.places[step.at] = undefined;
        compare(model);
      }
      for (let at = 0; at < PLACES; at++) drop(model, at);
      for (const { frame } of model.frames) frame[Symbol.dispose]();
      assertEquals([model.core.ledger.live, model.core.ledger.bytes], [0, 0]);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
