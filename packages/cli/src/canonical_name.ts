import { type Image, MediaError, type PixelFormatName } from "@mediamem/interface";
import { didYouMean } from "./closest.ts";
import { UsageError } from "./command_error.ts";

/** The canonical name of a format that a person typed. Throws a `UsageError` with near names for one that nobody knows. */
export function canonicalName(image: Image, name: string): PixelFormatName {
  try {
    return image.pixelFormat(name).name;
  } catch (error) {
    if (!(error instanceof MediaError) || error.code !== "EINVAL") throw error;
    const names = image.pixelFormats().flatMap((format) => [format, ...image.pixelFormat(format).alias]);
    throw new UsageError(
      `Cannot find a pixel format named "${name}"`,
      didYouMean(name, names) ?? "`mediamem formats` lists them all",
      error,
    );
  }
}
