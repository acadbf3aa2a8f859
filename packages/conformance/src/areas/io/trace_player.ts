import type { Backend, DataMarker, DynBuf, IoContext, ReadString, Whence } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { contentOf } from "./content.ts";
import { ioOf } from "./io_of.ts";
import { ScriptedEnds } from "./scripted_ends.ts";
import { type OpenContext, opened } from "./trace_operations.ts";

/** The word before the fields of a context in an answer. */
export const FIELDS = "fields";

/** The place of `bytesWritten` among the numbers that follow {@linkcode FIELDS}. */
export const BYTES_WRITTEN = 8;

/** Plays the operations of a trace on one backend and says what can be seen after each. */
export class TracePlayer {
  readonly #backend: Backend;
  readonly #out: Answer;
  #context: IoContext | null = null;
  #ends: ScriptedEnds | null = null;
  #kind: OpenContext["as"] = "reader";
  /** How far the context has been in its data: what lies further in a dynamic buffer has no defined content. */
  #extent = 0;
  /** Whether a dynamic buffer has lost bytes to an error: what lies in their place has no defined content. */
  #hasGaps = false;
  #step = 0;

  /** Gets ready to play on a backend. */
  constructor(backend: Backend, out: Answer) {
    this.#backend = backend;
    this.#out = out;
  }

  /** Plays one operation: `ok` and what it gave or how it failed, the fields of the context, and what the callbacks were asked. */
  play(operation: Operation): void {
    this.#step++;
    const out = this.#out;
    const context = opened(operation);
    if (context !== null) this.#open(context);
    else if (this.#context === null) return out.text("none");
    else if (this.#isBeyond(this.#context, operation)) return out.text("beyond");
    else this.#attempt(() => this.#call(this.#context!, operation));
    this.#attempt(() => this.#fields(this.#context!));
    this.#ends!.tell(out);
  }

  /** Frees the context, which must call nobody back. */
  end(): void {
    this.#context?.[Symbol.dispose]();
    this.#ends?.tell(this.#out);
    this.#ends?.end();
    this.#context = null;
  }

  #open(open: OpenContext): void {
    this.end();
    const { as, buffer, length = 5000, content = "bytes" } = open;
    const io = ioOf(this.#backend);
    const ends = new ScriptedEnds(open, io);
    this.#ends = ends;
    this.#kind = as;
    this.#extent = 0;
    this.#hasGaps = false;
    this.#context = as === "dynBuf" ? io.openDynBuf() : io.allocContext({
      ...ends.callbacks(),
      ...(buffer === undefined ? {} : { bufferSize: buffer }),
      ...(as === "memory" ? { buffer: contentOf(content, length) } : {}),
      ...(as === "writer" || as === "duplex" ? { writeFlag: true } : {}),
    });
    ends.context = this.#context;
    this.#out.text("ok");
  }

  /** Makes a call. What it throws is an answer too: its code, or that it is what a callback threw. */
  #attempt(make: () => void): void {
    const out = this.#out;
    const { thrown } = this.#ends!;
    const before = thrown.length;
    try {
      make();
    } catch (error) {
      const at = thrown.indexOf(error);
      if (at >= 0) {
        out.text("thrown");
        out.push(at - before);
      } else if (error instanceof MediaError) {
        out.text(error.code);
        out.push(error.averror ?? 0);
        if (error.cause instanceof MediaError) out.text(error.cause.code);
        else if (error.cause !== undefined) out.push(thrown.indexOf(error.cause));
      } else if (error instanceof TypeError) out.text("TypeError");
      else throw error;
    }
  }

  #isBeyond(context: IoContext, { op, to, by }: Operation): boolean {
    if (this.#kind !== "dynBuf") return false;
    try {
      this.#extent = Math.max(this.#extent, context.tell());
      if (op === "seek") return (to as number) > this.#extent;
      return op === "skip" && context.tell() + (by as number) > this.#extent;
    } catch {
      return false;
    }
  }

  #fields(context: IoContext): void {
    const out = this.#out;
    const { bufferSize, bufPtr, bufEnd, bufPtrMax, pos, eofReached, error, bytesRead, bytesWritten } =
      context;
    if (error !== 0) this.#hasGaps = true;
    out.text(FIELDS);
    for (const field of [bufferSize, bufPtr, bufEnd, bufPtrMax, pos, eofReached ? 1 : 0, error, bytesRead]) {
      out.push(field);
    }
    out.push(bytesWritten);
    out.push(context.tell());
    out.push(context.writeFlag ? 1 : 0);
  }

  #call(context: IoContext, operation: Operation): void {
    const out = this.#out;
    const { op } = operation;
    const number = (name: string): number => operation[name] as number;
    switch (op) {
      case "read":
      case "readPartial": {
        const into = new Uint8Array(number("n"));
        const count = context[op](into);
        out.text("ok");
        out.push(count);
        return out.bytes(into);
      }
      case "r8":
      case "rl16":
      case "rl24":
      case "rl32":
      case "rb16":
      case "rb24":
      case "rb32":
      case "tell":
      case "size": {
        const value = context[op]();
        out.text("ok");
        return out.push(value);
      }
      case "rl64":
      case "rb64":
        return out.text(String(context[op]()));
      case "getStr":
      case "getStr16le":
      case "getStr16be":
        return this.#string(context[op](number("max"), number("room")));
      case "getLine":
        return this.#string(context.getLine(number("room")));
      case "seek": {
        const value = context.seek(number("to"), operation["whence"] as Whence | undefined);
        out.text("ok");
        return out.push(value);
      }
      case "skip": {
        const value = context.skip(number("by"));
        out.text("ok");
        return out.push(value);
      }
      case "feof":
        return out.text(String(context.feof()));
      case "w8":
      case "wl16":
      case "wl24":
      case "wl32":
      case "wb16":
      case "wb24":
      case "wb32":
        context[op](number("value"));
        return out.text("ok");
      case "wl64":
      case "wb64":
        context[op](BigInt(operation["digits"] as string));
        return out.text("ok");
      case "write":
        context.write(contentOf("bytes", number("n"), 1000 * this.#step));
        return out.text("ok");
      case "putStr": {
        const count = context.putStr(operation["text"] as string | null);
        out.text("ok");
        return out.push(count);
      }
      case "putStr16le":
      case "putStr16be": {
        const count = context[op](operation["text"] as string);
        out.text("ok");
        return out.push(count);
      }
      case "printStringArray":
        context.printStringArray(operation["texts"] as readonly string[]);
        return out.text("ok");
      case "mark":
        context.writeMarker((operation["time"] ?? null) as number | null, operation["type"] as DataMarker);
        return out.text("ok");
      case "flush":
      case "free":
        context[op]();
        return out.text("ok");
      case "dispose":
        context[Symbol.dispose]();
        return out.text("ok");
      case "direct":
      case "seekable":
        context[op] = operation["on"] as boolean;
        return this.#is(context[op] ? 1 : 0);
      case "error":
      case "maxPacketSize":
      case "minPacketSize":
        context[op] = number("to");
        return this.#is(context[op]);
      case "getDynBuf":
      case "closeDynBuf": {
        if (this.#kind !== "dynBuf") return out.text("none");
        const bytes = (context as DynBuf)[op]();
        out.text("ok");
        return this.#hasGaps ? out.push(bytes.length) : out.bytes(bytes);
      }
    }
    // Both sides would agree on an operation that neither knows.
    throw new Error(`Cannot play a trace: op is ${op}, wanted one of the words of this area`);
  }

  #string({ text, bytes, consumed }: ReadString): void {
    const out = this.#out;
    out.text("ok");
    out.text(text);
    out.bytes(bytes);
    out.push(consumed);
  }

  #is(value: number): void {
    this.#out.text("ok");
    this.#out.push(value);
  }
}
