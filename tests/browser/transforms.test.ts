import '../../packages/loaders/src/same-batches.test.ts';
