import {
  AVUTIL_MAJORS,
  type AvutilMajor,
  type Backend,
  type ImageLayout,
  MediaError,
  type PixelFormatName,
  type RuleSet,
} from "@mediamem/interface";
import { BACKEND_IDS, imageOf, openBackend } from "./backends.ts";
import { UsageError } from "./command_error.ts";

/** What one backend answered: a layout, or why it has none. */
export interface LayoutAnswer {
  readonly backend: string;
  readonly layout?: ImageLayout;
  readonly error?: MediaError;
}

/** Does something with a backend; gives its `MediaError` where it throws one. */
async function attempt<T>(backendId: string, work: (backend: Backend) => T): Promise<T | MediaError> {
  try {
    using backend = await openBackend(backendId);
    return work(backend);
  } catch (error) {
    if (error instanceof MediaError) return error;
    throw error;
  }
}

/** Asks one backend for a layout. A format that its library is too old for counts as `ENOSYS`. */
export async function askBackend(
  backendId: string,
  format: PixelFormatName,
  width: number,
  height: number,
  rules: RuleSet,
): Promise<LayoutAnswer> {
  const result = await attempt(backendId, (backend) => {
    const image = imageOf(backend);
    if (!image.pixelFormats().includes(format)) {
      const { name, version } = backend.library;
      throw new MediaError(
        "ENOSYS",
        `Cannot lay out ${format}: ${name} ${version} does not have that format`,
        {
          op: "av_get_pix_fmt",
        },
      );
    }
    return image.imageLayout(format, width, height, rules);
  });
  return result instanceof MediaError
    ? { backend: backendId, error: result }
    : { backend: backendId, layout: result };
}

/** The major of the libavutil that is installed; undefined where there is none that can be used. */
async function installedMajor(): Promise<AvutilMajor | undefined> {
  const version = await attempt("avutil", (backend) => backend.library.version);
  return AVUTIL_MAJORS.find((major) => typeof version === "string" && version.startsWith(`${major}.`));
}

/**
 * Asks every backend for a layout.
 *
 * Each major of libavutil lays frames out in its own way: `core-ts` then does as the installed one, and `notice` says so.
 */
export async function askAllBackends(
  format: PixelFormatName,
  width: number,
  height: number,
  rules: RuleSet,
  notice: (words: string) => void,
): Promise<LayoutAnswer[]> {
  const major = rules.name === "ffmpegFrame" ? await installedMajor() : undefined;
  if (major !== undefined) notice(`core-ts lays out as libavutil ${major} does, to compare like with like`);
  const answers: LayoutAnswer[] = [];
  for (const id of BACKEND_IDS) {
    const like = id === "core-ts" && major !== undefined ? { ...rules, major } : rules;
    answers.push(await askBackend(id, format, width, height, like));
  }
  return answers;
}

/** Whether a backend cannot be asked, so that its silence is no difference. */
export function isAbsence({ code }: MediaError): boolean {
  return code === "LIBRARY_MISSING" || code === "ENOSYS";
}

/** The error to end with where no backend has a layout: what the caller asked for wrongly comes first. */
export function refusal(answers: readonly LayoutAnswer[]): Error {
  const errors = answers.flatMap(({ error }) => error === undefined ? [] : [error]);
  const wrong = errors.find(({ code }) => code === "EINVAL" || code === "ENOSYS" || code === "ERANGE");
  return wrong === undefined ? errors[0]! : new UsageError(wrong.message, undefined, wrong);
}
