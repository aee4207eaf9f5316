import { describe, expect, it } from 'vitest';
import { addExample, emptyScore, evaluationOf, softmax } from './score.ts';

describe('score', () => {
  it('counts first and fifth guesses, and who was taken for whom', () => {
    const score = emptyScore(6);
    const probabilities = Float32Array.of(0.3, 0.25, 0.2, 0.15, 0.07, 0.03);
    for (const label of [0, 1, 4, 5]) addExample(score, probabilities, label);
    const { loss, top1, top5, examples, confusion } = evaluationOf(score);
    expect({ top1, top5, examples }).toEqual({ top1: 0.25, top5: 0.75, examples: 4 });
    expect(loss).toBeCloseTo(-(Math.log(0.3) + Math.log(0.25) + Math.log(0.07) + Math.log(0.03)) / 4, 5);
    expect(confusion.map((row) => row[0])).toEqual([1, 1, 0, 0, 1, 1]);
  });

  it('gives nothing for a network that cannot decide, or answers NaN', () => {
    const score = emptyScore(2);
    addExample(score, Float32Array.of(0.5, 0.5), 0);
    addExample(score, Float32Array.of(Number.NaN, Number.NaN), 1);
    expect(score.top1).toBe(0);
    expect(evaluationOf(score).loss).toBeNaN();
  });

  it('keeps the twenty mistakes that the network was surest of', () => {
    const score = emptyScore(3);
    addExample(score, Float32Array.of(0.25, 0.75, 0), 1);
    for (let index = 1; index < 40; index++) {
      const sure = 0.5 + ((index * 7) % 40) / 128;
      addExample(score, Float32Array.of(sure, 1 - sure, 0), 2);
    }
    addExample(score, Float32Array.of(0, 1, 0), 0);
    const { mistakes } = evaluationOf(score);
    expect(mistakes).toHaveLength(20);
    expect(mistakes[0]).toEqual({ index: 40, label: 0, predicted: 1, probability: 1 });
    expect(mistakes[1]).toEqual({ index: 17, label: 2, predicted: 0, probability: 0.5 + 39 / 128 });
    expect(mistakes.map(({ probability }) => probability)).toEqual(
      mistakes.map(({ probability }) => probability).sort((a, b) => b - a),
    );
    expect(mistakes.some(({ index }) => index === 0)).toBe(false);
  });

  it('takes a softmax without overflow', () => {
    expect([...softmax(Float32Array.of(1000, 1000, -1000))]).toEqual([0.5, 0.5, 0]);
  });
});
