import { type PointerArray, pointerArray } from "@mediamem/ffi";

/** Memory that the program brought. */
export interface ProgramMemory {
  /** What the program gave. Its being here keeps it from being collected while C may look. */
  readonly data: Uint8Array;
  /** Address of its first byte. */
  readonly address: number;
  readonly opaque: unknown;
  readonly readOnly: boolean;
}

/**
 * How C says that it has let something go, without calling JavaScript.
 *
 * C is given `av_buffer_unref` as the function to call and the address of `slot` as its argument. In the slot is a token, a reference to
 * a buffer of ours without bytes: when C calls, on whatever thread, it frees the token and puts NULL in its place.
 */
export class ReleaseSignal {
  /** Memory of an `AVBufferRef`, so that `av_buffer_ref` can be given it as well; the pointer in its first field is the signal. */
  readonly slot: PointerArray = pointerArray(3);
  /** The `AVBufferRef *` that C will free; 0 while there is none. */
  token = 0;
  /** What was released last goes first, as C does it. */
  stamp = 0;
  /** Whether somebody looks for it. */
  watched = false;
  /** Whose memory it is about; null for none. */
  memory: ProgramMemory | null = null;
  /** What is to be done when C has let go; what it throws is the program's. */
  run: () => void = nothing;

  /** Puts the token into the slot: from now on C may give the signal. */
  arm(): void {
    this.slot.set(0, this.token);
  }
}

/** What an idle signal does. */
export function nothing(): void {}
