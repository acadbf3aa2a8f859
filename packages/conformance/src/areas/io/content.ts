import { fillSeeded } from "../image/seeded.ts";

/** What a scripted source has: any bytes, or bytes that are texts in several encodings, with the ends of lines and of texts in them. */
export type Content = "bytes" | "text";

/** A prime, so that no size of a buffer meets the same bytes again. */
const PERIOD = 65521;

const bytes = new Uint8Array(PERIOD);
fillSeeded(bytes, 4);

/** An odd number of bytes, so that pairs come in both orders. */
const TEXT: readonly number[] = [
  ...new TextEncoder().encode("line one\nline two\r\nthree\r\rgr\u00fcn \u65e5 \u{1f600}\0"),
  // UTF-16, low byte first and high byte first: a letter, two letters with more than 8 bits, both halves of a surrogate, the end.
  ...[0x61, 0x00, 0xe5, 0x65, 0xfc, 0x00, 0x3d, 0xd8, 0x00, 0xde, 0x00, 0x00],
  ...[0x00, 0x61, 0x65, 0xe5, 0x00, 0xfc, 0xd8, 0x3d, 0xde, 0x00, 0x00, 0x00],
  // Halves without their other half.
  ...[0x00, 0xdc, 0x61, 0x00, 0xd8, 0x00, 0x00, 0x61, 0xff, 0xfe, 0x0d],
];
const text = Uint8Array.from({ length: PERIOD }, (_, i) => TEXT[i % TEXT.length]!);

/** Puts the bytes of a content from `position` on into `into`. */
export function putContent(content: Content, into: Uint8Array, position: number): void {
  const from = content === "text" ? text : bytes;
  for (let done = 0; done < into.length;) {
    const at = (position + done) % PERIOD;
    const part = from.subarray(at, at + into.length - done);
    into.set(part, done);
    done += part.length;
  }
}

/** The bytes of a content from `position` on. */
export function contentOf(content: Content, length: number, position = 0): Uint8Array {
  const made = new Uint8Array(length);
  putContent(content, made, position);
  return made;
}
