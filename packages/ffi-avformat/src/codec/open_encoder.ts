import { checkBoolean, checkWord, invalid, show } from "@mediamem/checks";
import { cString } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import { CodecParameters } from "../media/codec_parameters.ts";
import { failMedia } from "../media/failure.ts";
import { checkOptions, type Rational } from "../media/numbers.ts";
import { checkBetween } from "./audio_frame.ts";
import { CodecHold } from "./codec_hold.ts";
import type { CodecLibrary } from "./codec_library.ts";
import type { EncoderOptions } from "./encoder_options.ts";
import { openCodec, THREAD_TYPES } from "./open_codec.ts";

/** What an encoder is opened with, checked. */
export interface EncoderOpening {
  readonly type: "video" | "audio";
  readonly timeBase: Rational;
  /** Fields of `AVCodecParameters`. */
  readonly parameters: Readonly<Partial<Record<"format" | "width" | "height" | "sample_rate", number>>>;
  /** AVOptions of the context. */
  readonly settings: Readonly<Record<string, string>>;
  readonly frameRate: Rational | undefined;
  readonly what: string;
}

const INT_MAX = 2 ** 31 - 1;

/** Throws unless what all encoders take is right. */
export function checkEncoderOptions(op: string, options: EncoderOptions): void {
  const { codec, bitRate, globalHeader = false, threads = 1, threadType } = options;
  if (typeof codec !== "string") {
    throw new TypeError(`Cannot call ${op}: codec is ${show(codec)}, wanted a name`);
  }
  if (bitRate !== undefined) checkBetween(op, "bitRate", bitRate, 0, INT_MAX);
  checkBoolean(op, "globalHeader", globalHeader);
  checkBetween(op, "threads", threads, 1, 64);
  if (threadType !== undefined) checkWord(op, "threadType", threadType, THREAD_TYPES);
  checkOptions(op, options.options ?? {});
}

/** Opens an encoder: what is no option goes through parameters, and no field of the context but the frame rate is touched. */
export function openEncoder(
  library: CodecLibrary,
  options: EncoderOptions,
  opening: EncoderOpening,
): CodecHold {
  const op = "avcodec_open2";
  const { symbols, abi, format } = library;
  const { type, timeBase, settings, frameRate } = opening;
  const number = type === "video" ? 0 : 1;
  const codec = findEncoder(library, options.codec);
  const [codecType, id] = withStruct(
    abi.AVCodec,
    codec,
    (fields) => [fields.i32("type"), fields.i32("id")] as const,
  );
  if (codecType !== number) {
    invalid(op, `Cannot open encoder ${options.codec}: it codes something else, wanted one of ${type}`);
  }
  const what = `encoder ${options.codec} for ${opening.what}`;
  const hold = new CodecHold(library, codec);
  try {
    using parameters = new CodecParameters(format);
    withStruct(format.abi.media.AVCodecParameters, parameters.address, (fields) => {
      fields.setI32("codec_type", number);
      fields.setI32("codec_id", id);
      for (const [field, value] of Object.entries(opening.parameters)) {
        fields.setI32(field as keyof EncoderOpening["parameters"], value);
      }
    });
    const usual = readUsual(hold);
    const answer = symbols.avcodec_parameters_to_context(hold.address, parameters.address);
    if (answer < 0) failMedia(format.symbols, op, answer, `open ${what}`, "parameters that it takes");
    if (frameRate !== undefined) {
      withStruct(abi.AVCodecContext, hold.address, (fields) => {
        fields.setI32("framerate", frameRate[0], 0);
        fields.setI32("framerate", frameRate[1], 1);
      });
    }
    const { bitRate, globalHeader = false, threads = 1, threadType } = options;
    openCodec(hold, codec, what, {
      threads,
      threadType,
      options: {
        time_base: timeBase.join("/"),
        b: bitRate === undefined ? usual : String(bitRate),
        ...settings,
        ...(globalHeader ? { flags: "+global_header" } : {}),
        ...options.options,
      },
    });
    // Encoders of other libraries may have threads that nobody told them to have.
    hold.expectThreads();
    return hold;
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** The bit rate that an encoder takes for usual, which parameters would take away. */
function readUsual({ library, address }: CodecHold): string {
  using parameters = new CodecParameters(library.format);
  library.format.symbols.avcodec_parameters_from_context(parameters.address, address);
  return String(parameters.bitRate);
}

/** Finds an encoder by its own name, or by that of the codec. */
function findEncoder({ symbols }: CodecLibrary, name: string): number {
  const text = cString(name);
  const named = symbols.avcodec_find_encoder_by_name(text);
  if (named !== 0) return named;
  const descriptor = symbols.avcodec_descriptor_get_by_name(text);
  const found = descriptor === 0
    ? 0
    : symbols.avcodec_find_encoder(withStruct(DESCRIPTOR, descriptor, (fields) => fields.i32("id")));
  if (found !== 0) return found;
  invalid(
    "avcodec_find_encoder_by_name",
    `Cannot open encoder ${show(name)}: libavcodec has no such encoder, wanted one: mpeg4`,
  );
}

/** `AVCodecDescriptor`, which begins with the same in every version. */
const DESCRIPTOR = { sizeof: null, fields: { id: [0, 4] } } as const;
