import type { ColorRange, Image, ImageAllocation, PixelFormatName, Plane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { linesizes, planeSizes } from "@mediamem/core-ts/image";
import type { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { fillSeeded } from "./seeded.ts";

const OPERATIONS: ReadonlySet<string> = new Set([
  "alloc",
  "fillBlack",
  "fillColor",
  "writeLine",
  "readLine",
  "copy",
  "copyToBuffer",
  "free",
]);

/** What stands in one place: a picture, its memory live or freed. */
interface Held {
  readonly allocation: ImageAllocation;
  readonly format: PixelFormatName;
  readonly width: number;
  readonly height: number;
  freed: boolean;
}

/** Plays the operations of a trace on one backend and says what can be seen after each. */
export class TracePlayer {
  readonly #image: Image;
  readonly #out: Answer;
  readonly #places: (Held | undefined)[] = [];
  readonly #made: Held[] = [];

  /** Gets ready to play on a backend. */
  constructor(image: Image, out: Answer) {
    this.#image = image;
    this.#out = out;
  }

  /** Plays one operation: `ok` and what it gave, the code of its error, or `empty` where a place holds nothing. */
  play(operation: Operation): void {
    try {
      this.#play(operation);
    } catch (error) {
      if (error instanceof MediaError) this.#out.text(error.code);
      else if (error instanceof TypeError) this.#out.text("TypeError");
      else throw error;
    }
  }

  /** Frees what the trace left. */
  end(): void {
    for (const held of this.#made) if (!held.freed) held.allocation.free();
  }

  #play(operation: Operation): void {
    // No TypeError: that is an answer, on which both sides would agree.
    if (!OPERATIONS.has(operation.op)) {
      throw new Error(
        `Cannot play a trace: op is ${operation.op}, wanted one of ${[...OPERATIONS].join(", ")}`,
      );
    }
    const number = (name: string): number => operation[name] as number;
    if (operation.op === "alloc") return this.#alloc(operation);
    const held = this.#places[number(operation.op === "copy" ? "from" : "at")];
    if (held === undefined) return this.#out.text("empty");
    const { allocation, format, width, height } = held;
    const image = this.#image;
    switch (operation.op) {
      case "fillBlack":
        image.fillBlack(allocation.planes, format, operation["range"] as ColorRange, width, height);
        return this.#seen(held);
      case "fillColor": {
        const color = operation["color"] as unknown as readonly [number, number, number, number];
        image.fillColor(allocation.planes, format, color, width, height);
        return this.#seen(held);
      }
      case "writeLine": {
        const line = new Uint16Array(number("width"));
        fillSeeded(new Uint8Array(line.buffer), number("seed"));
        const [x, y] = operation["from"] as unknown as readonly [number, number];
        image.writeImageLine(line, allocation.planes, format, x, y, number("component"), line.length);
        return this.#seen(held);
      }
      case "readLine": {
        const line = new Uint16Array(number("width"));
        const [x, y] = operation["from"] as unknown as readonly [number, number];
        image.readImageLine(line, allocation.planes, format, x, y, number("component"), line.length);
        this.#out.text("ok");
        return this.#out.bytes(new Uint8Array(line.buffer));
      }
      case "copy": {
        const to = this.#places[number("to")];
        if (to === undefined) return this.#out.text("empty");
        const planes = operation["flip"] === true ? flipped(to) : to.allocation.planes;
        image.copyImage(planes, allocation.planes, format, width, height);
        return this.#seen(to);
      }
      case "copyToBuffer": {
        const align = number("align");
        const buffer = new Uint8Array(image.bufferSize(format, width, height, align));
        const size = image.copyToBuffer(buffer, allocation.planes, format, width, height, align);
        this.#out.text("ok");
        this.#out.push(size);
        return this.#out.bytes(buffer);
      }
      case "free":
        allocation.free();
        held.freed = true;
        this.#out.text("ok");
        // Views die with their memory.
        return this.#out.push(allocation.memory.length);
    }
  }

  #alloc(operation: Operation): void {
    const format = operation["format"] as PixelFormatName;
    const [width, height] = operation["size"] as unknown as readonly [number, number];
    const place = operation["at"] as number;
    const allocation = this.#image.allocImage(format, width, height, operation["align"] as number);
    const held: Held = { allocation, format, width, height, freed: false };
    this.#made.push(held);
    this.#places[place] = held;
    // A library hands out memory with what was in it before; here it follows from the trace.
    fillSeeded(allocation.memory, this.#made.length);
    this.#out.text("ok");
    this.#out.push(allocation.size);
    for (const { offset, linesize } of allocation.planes) {
      this.#out.push(offset);
      this.#out.push(linesize);
    }
  }

  #seen({ allocation }: Held): void {
    this.#out.text("ok");
    this.#out.bytes(allocation.memory);
  }
}

/** The planes of a picture, bottom row first. The palette has no rows to turn. */
function flipped({ allocation, format, width, height }: Held): readonly Plane[] {
  const rowBytes = linesizes(format, width);
  const rows = planeSizes(format, height, [1, 1, 1, 1]);
  return allocation.planes.map((plane, i) =>
    rowBytes[i] === 0 ? plane : {
      memory: plane.memory,
      offset: plane.offset + plane.linesize * (rows[i]! - 1),
      linesize: -plane.linesize,
    }
  );
}
