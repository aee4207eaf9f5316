import { describe, expect, it } from 'vitest';
import { openTensors } from './open-tensors.ts';
import { openSafetensors } from './safetensors.ts';

const tar = new Uint8Array(1024);
tar.set(new TextEncoder().encode('plain.pth'));
tar.set(new TextEncoder().encode('ustar'), 257);

describe('what is no file of tensors', () => {
  it.each<[string, BlobPart, RegExp]>([
    [
      'a.pth',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 244408911\n',
      /a\.pth: is a pointer of Git LFS for a file of 244408911 bytes, not the file itself\. Run "git lfs pull"/,
    ],
    [
      'a.h5',
      '<!DOCTYPE html><html><title>Sign in</title>',
      /a\.h5: is a web page \("Sign in"\), not a file of weights/,
    ],
    ['a.safetensors', '\n<html>', /is a web page, not a file of weights/],
    ['a.pth.tar', tar, /is a tar archive of plain\.pth\. Unpack it/],
    ['a.onnx', Uint8Array.of(0x1f, 0x8b, 8), /is packed by gzip/],
    ['a.npz', '{"error": "Repository not found"}', /is an error of a server: \{"error": "Repository not found"\}/],
    ['a.pth', '', /has 0 bytes, so nothing was written to it/],
  ])('%s is named for what it is', async (name, content, message) => {
    await expect(openTensors(new File([content], name))).rejects.toThrow(message);
  });

  it('is named also where the caller knows the format', async () => {
    await expect(openSafetensors(new File(['<html>'], 'a'))).rejects.toThrow(/is a web page/);
  });
});
