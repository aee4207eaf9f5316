import type { SpecOptions } from './configure.ts';
import type { Preprocessing } from './model-spec.ts';
import type { WeightsCard } from './weights-card.ts';

/** Weights that are known by name, with everything that is needed to use them. */
export interface DescribedWeights {
  title: string;
  /** Bytes of their file, where they are published. */
  bytes?: number;
  /** Hashes in hexadecimal digits: what the owner publishes. */
  sha256?: string;
  sha1?: string;
  licence: string;
  /** The preset of the family whose layers these are. */
  preset: string;
  /** Where the network differs from the preset. */
  options: SpecOptions;
  /** Names of the classes, in the order of the logits. */
  labels: readonly string[];
  /** What the network expects of a picture. */
  preprocessing: Preprocessing;
  /**
   * On test pictures, the middle cut out: of shipped weights as measured here, of others as published. For ImageNet on its 50,000
   * validation pictures.
   */
  accuracy: { top1: number; top5: number };
  source: string;
}

/** Weights that somebody else has published, and that are fetched from there. */
export interface PublishedWeights extends DescribedWeights {
  url: string;
}

/** Weights that come with a package. */
export interface ShippedWeights extends DescribedWeights {
  /** What they were trained with, and what they reach. */
  card: WeightsCard;
  /** Loads the bytes of their file. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

export type KnownWeights = PublishedWeights | ShippedWeights;

/** Whether weights come with a package, or have to be fetched. */
export const isShipped = (weights: KnownWeights): weights is ShippedWeights => 'read' in weights;

/**
 * Weights that come with a package, as a family lists them.
 *
 * @param read Loads the bytes of their file.
 */
export const shippedWeights = (card: WeightsCard, read: ShippedWeights['read']): ShippedWeights => ({
  title: card.title,
  ...card.file,
  licence: card.licence,
  preset: card.preset.slice(card.preset.indexOf('/') + 1),
  options: {},
  labels: card.data.classes,
  preprocessing: card.preprocessing,
  accuracy: card.accuracy,
  source: card.command,
  card,
  read,
});
