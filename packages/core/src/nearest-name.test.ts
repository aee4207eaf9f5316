import { describe, expect, it } from 'vitest';
import { editDistance, nearestName } from './nearest-name.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['paper', 'papper', 1],
    ['kitten', 'sitting', 3],
    ['abcd', 'acbd', 2],
  ])('%s -> %s takes %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe('nearestName', () => {
  const known = ['paper', 'caffenet', 'torchvision', 'one-tower', 'cifar10-quick', 'cifar10-full'];

  it.each([
    ['papper', 'paper'],
    ['PAPER', 'paper'],
    ['torchvison', 'torchvision'],
    ['cifar-quick', 'cifar10-quick'],
    ['cifar10full', 'cifar10-full'],
    ['cifer10-q', 'cifar10-quick'],
    ['torch', 'torchvision'],
  ])('%s is meant to be %s', (typed, meant) => {
    expect(nearestName(typed, known)).toBe(meant);
  });

  it.each(['resnet50-imagenet', 'resnet50', 'zzzz', 'q'])('%s is like none', (typed) => {
    expect(nearestName(typed, known)).toBeUndefined();
  });

  it('prefers the shortest of names that begin alike', () => {
    expect(nearestName('feature', ['features.0', 'features', 'features.1'])).toBe('features');
  });

  it('finds nothing among no names', () => {
    expect(nearestName('paper', [])).toBeUndefined();
  });
});
