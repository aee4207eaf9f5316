/** How to convert HEIC pictures of phones and cameras, for which sharp and most browsers have no decoder. */
export const jpegOfHeic =
  'convert it to JPEG: on macOS by "sips -s format jpeg IN.heic --out OUT.jpg", on Linux by "heif-convert IN.heic OUT.jpg", on Windows by Photos, Save as; an iPhone saves JPEG if Camera, Formats is set to Most Compatible';

/** The endings of such files. */
export const isHeicEnding = (ending: string): boolean => ['.heic', '.heif', '.hif'].includes(ending);
