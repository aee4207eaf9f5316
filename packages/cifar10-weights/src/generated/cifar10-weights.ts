// Generated from weights/ by npm run weights:pack. Do not edit.
/// <reference path="../binary-modules.d.ts" />
import { parseWeightsCard, type ShippedWeights, shippedWeights } from '@zoo/spec';
import cifar10Modern from '../../weights/cifar10-modern.json';
import cifar10Quick from '../../weights/cifar10-quick.json';

/** Weights of networks that were trained here on CIFAR-10, by name, each with its card. */
export const cifar10Weights: Readonly<Record<'cifar10-modern' | 'cifar10-quick', ShippedWeights>> = {
  'cifar10-modern': shippedWeights(parseWeightsCard(cifar10Modern, 'cifar10-modern.json'), async () => (await import('../../weights/cifar10-modern.safetensors')).default),
  'cifar10-quick': shippedWeights(parseWeightsCard(cifar10Quick, 'cifar10-quick.json'), async () => (await import('../../weights/cifar10-quick.safetensors')).default),
};
