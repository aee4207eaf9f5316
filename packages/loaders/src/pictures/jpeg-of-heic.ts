/** How to get a picture that can be read out of one that phones and cameras keep as HEIC, for which sharp and most browsers bring no decoder. */
export const jpegOfHeic =
  'make a JPEG of it: on macOS by "sips -s format jpeg IN.heic --out OUT.jpg", on Linux by "heif-convert IN.heic OUT.jpg", on Windows by Photos, Save as; an iPhone takes JPEG when Camera, Formats is set to Most Compatible';

/** The endings of such files. */
export const isHeicEnding = (ending: string): boolean => ['.heic', '.heif', '.hif'].includes(ending);
