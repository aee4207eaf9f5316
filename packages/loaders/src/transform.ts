import type { Random } from '@zoo/core';
import type { Image } from './image.ts';

/**
 * One step between a data set and a network. Returns a new picture, and does not change its input.
 *
 * @param random This example's generator in this epoch: what a transform draws depends on seed, epoch and index alone.
 */
export type Transform = (image: Image, random: Random) => Image;
