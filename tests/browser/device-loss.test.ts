import '../../packages/trainers/src/device-loss.test.ts';
