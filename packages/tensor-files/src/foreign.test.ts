import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { zipBytes } from './codecs/zip/zip-bytes.ts';
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
    [
      'a.pth.tar',
      `pickle${'\0'.repeat(251)}ustar`,
      /a\.pth\.tar: is in PyTorch's format before 0\.1\.10 \(2017\).*torch\.load\(FILE, weights_only=False\).*torch\.save/,
    ],
    ['a.pth.tar', `pickles/a.pth${'\0'.repeat(244)}ustar`, /is a tar archive of pickles\/a\.pth/],
    ['deploy.txt', '# AlexNet\nname: "AlexNet"\nlayer {', /describes a network for Caffe, without its weights/],
    ['solver.prototxt', 'net: "train_val.prototxt"', /is a text of Caffe \(a network or a solver\), without weights/],
    [
      'a_iter_10.solverstate',
      '\x08\x0a',
      /is the state of a solver of Caffe: momentum, without the weights\. Give the \.caffemodel/,
    ],
    ['a.onnx', Uint8Array.of(0x1f, 0x8b, 8), /is packed by gzip/],
    ['a.npz', '{"error": "Repository not found"}', /is an error of a server: \{"error": "Repository not found"\}/],
    [
      'a.pth',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      /a\.pth: is an error of a server: AccessDenied, Access Denied\. Check the address/,
    ],
    ['a.pth', '<?xml version="1.0"?>\n<!DOCTYPE html><html><title>Sign in</title>', /is a web page \("Sign in"\)/],
    ['__0_0.distcp', 'PK\x03\x04', /is a part of a distributed checkpoint of PyTorch\. Make one file of its folder/],
    ['a.bin', '<?xml version="1.0"?><net name="a">', /describes a network for OpenVINO/],
    ['a.h5', '\x1c\0\0\0TFL3\0\0\0\0', /is a model of TensorFlow Lite\. Give the model that it was converted from/],
    ['a.gguf', 'GGUF\x03\0\0\0', /is a file of GGUF, for llama\.cpp/],
    ['a.mat', 'MATLAB 5.0 MAT-file, Platform: GLNXA64', /is a file of MATLAB 5\. Write its arrays as \.npz: scipy/],
    ['a.mat', 'MATLAB 7.3 MAT-file, Platform: GLNXA64', /is a file of MATLAB 7\.3\. .*h5py/],
    ['a.t7', '\x04\0\0\0\x01\0\0\0\x03\0\0\0V 1', /is a file of Lua Torch/],
    ['saved_model.pb', '\x08\x01\x12\x05\x0a\x03abc', /is the graph of a SavedModel of TensorFlow/],
    ['frozen.pb', '\x0a\x05abcde', /is a graph of TensorFlow/],
    ['model.ckpt.data-00000-of-00001', 'abc', /is a part of a checkpoint of TensorFlow/],
    ['model.ckpt.index', '\0\0', /is a part of a checkpoint of TensorFlow.*tf\.train\.load_checkpoint/],
    ['a.mlmodel', '\x08\x01\x12\x02', /is a model of Core ML/],
    ['a.pdparams', '\x80\x02}q\0.', /is a file of PaddlePaddle/],
    ['a.msgpack', '\x82\xa6params', /is a file of Flax \(MessagePack\)/],
    ['a.params', '\x12\x01\0\0\0\0\0\0', /is a file of MXNet/],
    ['a.pth', '\x80\x02}q\0.', /is a pickle of Python, as pickle\.dump writes it/],
    [
      'a.pkl',
      '\x80\x02}q\0X0123456789012345678901234\x8a\x0al\xfc\x9c\x46\xf9\x20j\xa8P\x19.',
      /is a pickle of Python/,
    ],
    ['a.pt', '\x80\x04\x95\x05\0\0\0\0\0\0\0}\x94.', /is a pickle of Python/],
    ['a.pth', '', /is empty \(0 bytes\)/],
  ])('%s is named for what it is', async (name, content, message) => {
    // A byte a letter.
    const bytes = typeof content === 'string' ? Uint8Array.from(content, (letter) => letter.charCodeAt(0)) : content;
    await expect(openTensors(new File([bytes], name))).rejects.toThrow(message);
  });

  it.each([
    [['a/models/model.json', 'a/archive_format'], /a\.pt2: is an archive of torch\.export\. Save its weights alone/],
    [['serialized_exported_program.json'], /is an archive of torch\.export/],
    [['Data/com.apple.CoreML/model.mlmodel'], /is a model of Core ML/],
    [['__MACOSX/._m.pth', 'm.pth'], /is a zip archive of m\.pth\. Unpack it/],
    [['letter.txt', 'photo.png'], /its format is unknown/],
  ])('of a zip archive of %j is named', async (names, message) => {
    const parts: BlobPart[] = [];
    for await (const piece of zipBytes(names.map((name) => ({ name, bytes: () => Uint8Array.of(1) }))))
      parts.push(new Uint8Array(piece));
    await expect(openTensors(new File(parts, 'a.pt2'))).rejects.toThrow(message);
  });

  it('leaves a damaged file of PyTorch what it is', async () => {
    const start = new Uint8Array(await readFile(new URL('../fixtures/net-legacy.pth', import.meta.url))).slice(0, 40);
    await expect(openTensors(new File([start], 'a.pth'))).rejects.toThrow(/has pickles that do not end/);
  });

  it('is named also where the caller knows the format', async () => {
    await expect(openSafetensors(new File(['<html>'], 'a'))).rejects.toThrow(/is a web page/);
  });
});
