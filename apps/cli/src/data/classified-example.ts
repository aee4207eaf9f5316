import type { Dataset } from '@zoo/loaders';
import type { ClassifiedPicture } from '../rendering/prediction-chart.ts';

/** Guesses of a picture that are kept: within five is what a test counts too. */
export const maxPredictions = 5;

/** What a picture of a data set is called: `cat/1.jpg`, or its place where it has no name of its own. */
const exampleName = ({ name, nameOf }: Dataset, index: number): string => nameOf?.(index) ?? `${name} ${index}`;

/** A picture of a test as `zoo classify` has it: what it shows, and what it is taken for. */
export function classifiedExample(test: Dataset, index: number, probabilities: Float32Array): ClassifiedPicture {
  const nameOf = (label: number): string => test.classes[label] ?? String(label);
  const predictions = Array.from(probabilities, (probability, label) => ({ label: nameOf(label), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, maxPredictions);
  return { image: exampleName(test, index), actual: nameOf(test.labelOf(index)), predictions };
}
