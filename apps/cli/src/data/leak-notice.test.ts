import { describe, expect, it } from 'vitest';
import { pictureNotices } from './leak-notice.ts';

const training = (name: string, sha256?: string) => ({ part: 'training' as const, name, ...(sha256 && { sha256 }) });
const test = (name: string, sha256: string) => ({ part: 'test' as const, name, sha256 });

describe('pictures that are there twice', () => {
  it('are told where one is to test what the other teaches', () => {
    const pictures = [training('cat/1.png', 'a'), training('cat/2.png', 'b'), test('cat/3.png', 'a')];
    expect(pictureNotices('pets', pictures)).toEqual([
      'pets: 1 test picture is a copy of a training picture, so the result looks better than it is (cat/3.png of cat/1.png). Keep one of each.',
    ]);
  });

  it('are told to contradict each other in folders of two classes, where no result looks better for them', () => {
    const pictures = [
      ...[training('cat/1.png', 'a'), training('kitty/1.png', 'a'), training('dog/1.png', 'b')],
      ...[test('kitty/2.png', 'c'), training('cat/2.png', 'c'), training('unused/1.png'), training('unused/2.png')],
    ];
    expect(pictureNotices('pets', pictures)).toEqual([
      'pets: 2 pictures lie in the folders of several classes (cat/1.png and kitty/1.png, kitty/2.png and cat/2.png), so what they show is contradictory. Keep each in the folder of its class.',
    ]);
  });
});
