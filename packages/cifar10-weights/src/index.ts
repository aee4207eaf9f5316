export { cifar10Weights } from './generated/cifar10-weights.ts';
