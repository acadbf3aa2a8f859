/** A callback that libavformat made while it carried out a call: what `onIo` hears. */
export interface IoEvent {
  /** The C function that was called: `avformat_open_input`, `av_read_frame`, `av_write_trailer`. */
  readonly call: string;
  /** What C wanted. */
  readonly callback: "read" | "write" | "seek" | "size";
  /** Where in the source or sink: of a seek, where it is to go. */
  readonly position: number;
  /** How many bytes C asked for or gave; 0 of a seek. */
  readonly bytes: number;
  /** What C was told: bytes, a position, or an `AVERROR`; null where the source or sink threw. */
  readonly result: number | null;
}
