import type { Dataset } from '@zoo/loaders';
import type { ClassifiedPicture } from '../rendering/prediction-chart.ts';

/** Predictions that are kept per picture: five, as for top-5 accuracy. */
export const maxPredictions = 5;

/** The name of a picture in a data set: `cat/1.jpg`, or its index if it has no name. */
const exampleName = ({ name, nameOf }: Dataset, index: number): string => nameOf?.(index) ?? `${name} ${index}`;

/** A test picture with its actual class and its predictions, as for `zoo classify`. */
export function classifiedExample(test: Dataset, index: number, probabilities: Float32Array): ClassifiedPicture {
  const nameOf = (label: number): string => test.classes[label] ?? String(label);
  const predictions = Array.from(probabilities, (probability, label) => ({ label: nameOf(label), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, maxPredictions);
  return { image: exampleName(test, index), actual: nameOf(test.labelOf(index)), predictions };
}
