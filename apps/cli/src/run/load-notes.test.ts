import { describe, expect, it } from 'vitest';
import { loadNotes } from './load-notes.ts';

describe('what is told of weights that were loaded', () => {
  const report = { notes: ['is odd'], unused: ['aux.weight', 'features.0.activation_post_process.scale'] };

  it('says a guess, in every command that does not show it in full', () => {
    const guessed = { ...report, certainty: 'structure' as const };
    expect(loadNotes('a.pth', guessed, { tellsUnused: true })).toEqual([
      'a.pth: is odd',
      expect.stringMatching(
        /^a\.pth: which tensor is which was guessed from order and shapes: check it with .*zoo convert --table$/,
      ),
      'a.pth: not used: aux.weight',
    ]);
    expect(loadNotes('a.pth', guessed, { tellsGuess: false })).toEqual(['a.pth: is odd']);
  });

  it('says nothing of a guess where names tell', () => {
    expect(loadNotes('a.pth', { ...report, certainty: 'names' }, {})).toEqual(['a.pth: is odd']);
  });
});
