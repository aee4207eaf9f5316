import { isOfClass } from '@zoo/core';
import { cifar10, decodeImage, imageFolder, mnist, type Picture, pictureOf } from '@zoo/loaders';
import { describe, expect, inject, it } from 'vitest';

// Compared with Node's result for the same files: see decoded-pictures.ts.

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Largest difference of any value, of 255. */
function difference(actual: Picture, expected: { pixels: Uint8Array; width: number; height: number }): number {
  expect([actual.width, actual.height, actual.channels]).toEqual([expected.width, expected.height, 3]);
  expect(actual.pixels.length).toBe(expected.pixels.length);
  return actual.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected.pixels[i] ?? -999))), 0);
}

const pictures = inject('pictures').map((one) => ({ ...one, file: bytesOf(one.file), pixels: bytesOf(one.pixels) }));
const [png] = pictures;
if (!png) throw new Error('no pictures');

async function image(file: Uint8Array<ArrayBuffer>): Promise<HTMLImageElement> {
  const element = new Image();
  element.src = URL.createObjectURL(new Blob([file]));
  // Shown small: the picture keeps its own size.
  element.width = 7;
  return element;
}

describe.each(pictures)('$name', ({ file, tolerance, ...expected }) => {
  it('is decoded as in Node', async () => {
    for (const source of [file, file.buffer, new Blob([file]), new File([file], 'a.bin')])
      expect(difference(await decodeImage(source), expected)).toBeLessThanOrEqual(tolerance);
  });

  it('is the same from an <img> and from an ImageBitmap', async () => {
    const bitmap = await createImageBitmap(new Blob([file]));
    for (const source of [await image(file), bitmap])
      expect(difference(await pictureOf(source), expected)).toBeLessThanOrEqual(tolerance);
  });
});

describe('pictureOf', () => {
  const bitmap = () => createImageBitmap(new Blob([png.file]));

  it('takes canvases, frames, pixels, files and addresses', async () => {
    const { width, height } = png;
    const offscreen = new OffscreenCanvas(width, height);
    offscreen.getContext('2d')?.drawImage(await bitmap(), 0, 0);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    context?.drawImage(await bitmap(), 0, 0);
    const pixels = context?.getImageData(0, 0, width, height);
    if (!pixels) throw new Error('no canvas');
    const frame = new VideoFrame(offscreen, { timestamp: 0 });
    const address = URL.createObjectURL(new Blob([png.file]));
    const data = `data:image/png;base64,${btoa(String.fromCharCode(...png.file))}`;
    const sources = [offscreen, canvas, pixels, frame, new Blob([png.file]), png.file, address, new URL(address), data];
    for (const source of sources) expect(difference(await pictureOf(source), png)).toBe(0);
    frame.close();
    URL.revokeObjectURL(address);
    await expect(pictureOf(address)).rejects.toThrow(
      /^blob:.*: cannot be read\. A blob: address holds until URL\.revoke/,
    );
  });

  it('takes what was made in another frame', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentDocument;
    if (!inner) throw new Error('no frame');
    const canvas = inner.createElement('canvas');
    Object.assign(canvas, { width: png.width, height: png.height });
    canvas.getContext('2d')?.drawImage(await bitmap(), 0, 0);
    const element = inner.createElement('img');
    element.src = URL.createObjectURL(new Blob([png.file]));
    const kinds = Object.fromEntries(
      ['Uint8Array', 'Blob', 'URL'].map((name) => [name, Reflect.get(frame.contentWindow ?? {}, name)]),
    );
    const bytes: unknown = Reflect.construct(kinds.Uint8Array, [png.file]);
    const blob: unknown = Reflect.construct(kinds.Blob, [[png.file]]);
    const url: unknown = Reflect.construct(kinds.URL, [element.src]);
    if (!isOfClass(bytes, 'Uint8Array') || !isOfClass(blob, 'Blob') || !isOfClass(url, 'URL'))
      throw new Error('no kinds');
    const { buffer } = bytes;
    if (!isOfClass(buffer, 'ArrayBuffer')) throw new Error('no buffer');
    for (const source of [canvas, element, bytes, buffer, blob, url])
      expect(difference(await pictureOf(source), png)).toBe(0);
    frame.remove();
  });

  it('takes the frame that a <video> shows', async () => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 64, height: 48 });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const video = document.createElement('video');
    await expect(pictureOf(video)).rejects.toThrow('the <video> has no frame yet. Wait for its event loadeddata.');
    video.muted = true;
    video.srcObject = canvas.captureStream();
    context.fillStyle = '#ff8000';
    context.fillRect(0, 0, 64, 48);
    await video.play();
    const { pixels, width, height } = await pictureOf(video);
    expect([width, height]).toEqual([64, 48]);
    expect(Array.from(pixels.subarray(0, 3), (value, c) => Math.abs(value - ([255, 128, 0][c] ?? 0)) < 8)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('converts pixels of another colour space to sRGB', async () => {
    const pixels = new ImageData(1, 1, { colorSpace: 'display-p3' });
    pixels.data.set([200, 100, 50, 255]);
    const { pixels: colours } = await pictureOf(pixels);
    // Display P3 is wider: in sRGB the same red is redder.
    expect(colours[0]).toBeGreaterThan(205);
  });

  it('drops transparency', async () => {
    const pixels = new ImageData(new Uint8ClampedArray([1, 2, 3, 0, 4, 5, 6, 255]), 2, 1);
    expect(Array.from((await pictureOf(pixels)).pixels)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('says what has no picture', async () => {
    await expect(pictureOf(new Image())).rejects.toThrow(/the <img> has no picture/);
    const broken = new Image();
    broken.src = 'data:image/png;base64,AAAA';
    await expect(pictureOf(broken)).rejects.toMatchObject({ code: 'data' });
    await expect(pictureOf(new OffscreenCanvas(0, 0))).rejects.toThrow('0x0 pixels, it has no picture yet');
    const vast = Object.assign(document.createElement('canvas'), { width: 40_000, height: 40_000 });
    await expect(pictureOf(vast)).rejects.toThrow(
      'cannot draw 40000x40000 pixels and read them. Use a smaller picture.',
    );
    const long = `data:image/png;base64,${'AAAA'.repeat(10_000)}`;
    await expect(pictureOf(long)).rejects.toThrow(/^a data: address: it is no picture known here.{0,100}$/);
    await expect(pictureOf(Object(null))).rejects.toThrow('no source of a picture. Expected an <img>');
    await expect(pictureOf({ width: 3, height: 3 })).rejects.toThrow('no source of a picture. Expected an <img>');
  });
});

describe('decodeImage', () => {
  it('refuses what Node refuses', async () => {
    for (const { name, file } of pictures.filter(({ name }) => ['PNG', 'JPEG', 'WebP'].includes(name)))
      await expect(decodeImage(file.subarray(0, file.length - 20), 'half.x')).rejects.toThrow(
        `half.x: damaged or cut short ${name} file (`,
      );
    await expect(decodeImage(new Uint8Array(), 'x')).rejects.toThrow(
      'x: it is empty, expected PNG, JPEG, WebP, GIF, AVIF or BMP',
    );
    await expect(decodeImage(new TextEncoder().encode('II*\0'), 'x')).rejects.toThrow('x: it is a TIFF file');
  });

  it('takes a relative address', async () => {
    await expect(decodeImage('/no/such/picture.png')).rejects.toMatchObject({ name: 'ZooError' });
  });
});

describe('data sets', () => {
  it('need an address in a page, and say so', async () => {
    await expect(cifar10()).rejects.toThrow(
      /^CIFAR-10: a page cannot unpack its archives\. Serve data_batch_1\.bin, .*, test_batch\.bin .* and give their address: option files\.$/,
    );
    await expect(mnist()).rejects.toMatchObject({ code: 'usage' });
    await expect(imageFolder('pictures')).rejects.toThrow('imageFolder: a page has no folders.');
  });

  it('come from that address, and are checked', async () => {
    const files = `${inject('fileServer')}mnist`;
    await fetch(`${files}/train-images-idx3-ubyte`, { method: 'POST', body: JSON.stringify({ body: 'not MNIST' }) });
    await expect(mnist({ files })).rejects.toThrow(/mnist\/train-images-idx3-ubyte: refused, the 9 bytes that came/);
  });
});
