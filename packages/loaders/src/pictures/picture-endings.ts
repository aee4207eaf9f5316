/** Extensions of the formats that can be decoded (see `readableFormats`). */
const picture = /\.(a?png|jpe?g|jpe|jfif|pjpeg|pjp|webp|gif|tiff?|avif|bmp|dib)$/i;

/** Whether a file's name says that it is a picture that can be decoded. */
export const isPictureName = (name: string): boolean => picture.test(name);

/** `.heic` of `IMG_1.HEIC`, `files without an ending` of `README`. */
export const endingOf = (name: string): string => /\.[^.\s]+$/.exec(name)?.[0].toLowerCase() ?? 'without an ending';
