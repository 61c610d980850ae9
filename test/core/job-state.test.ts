import { describe, expect, test } from 'vitest';
import {
  HELD_STATES,
  isFinal,
  JOB_STATES,
  type JobState,
  OPEN_STATES,
  statesBefore,
  TRANSITIONS,
} from '../../src/core/job-state.ts';

/** The contract's own sentence, kept as it is written there, so that the table cannot drift from it. */
const SENTENCE =
  'created -> queued, cancelled · queued -> running, cancelled · running -> completed, failed, cancelling, abandoned, ' +
  'and queued again (lease lost, or given back by a drain) · cancelling -> cancelled, completed, failed, abandoned';

const ALLOWED = new Set(
  SENTENCE.split(' · ').flatMap((clause) => {
    const [from, to = ''] = clause.split(' -> ');
    return to
      .replace(/\(.*\)/, '')
      .split(',')
      .map((state) => `${from} -> ${state.replace(/\b(and|again)\b/g, '').trim()}`);
  }),
);

const PAIRS = JOB_STATES.flatMap((from) => JOB_STATES.map((to) => [from, to] as const));

describe('the transition table', () => {
  test('knows the eight states of the contract', () => {
    expect([...JOB_STATES].sort()).toEqual(
      ['created', 'queued', 'running', 'cancelling', 'completed', 'failed', 'cancelled', 'abandoned'].sort(),
    );
  });

  test('has as many transitions as the sentence has', () => {
    expect(ALLOWED.size).toBe(13);
    expect(Object.values(TRANSITIONS).flat()).toHaveLength(ALLOWED.size);
  });

  test.each(PAIRS)('says of %s -> %s what the contract says', (from, to) => {
    const allowed = ALLOWED.has(`${from} -> ${to}`);
    expect((TRANSITIONS[from] as readonly JobState[]).includes(to)).toBe(allowed);
    expect(statesBefore(to).includes(from)).toBe(allowed);
  });
});

describe('kinds of states', () => {
  test('the last four are final, and no other', () => {
    expect(JOB_STATES.filter(isFinal)).toEqual(['completed', 'failed', 'cancelled', 'abandoned']);
  });

  test('a state is open exactly when it is not final', () => {
    expect([...OPEN_STATES].sort()).toEqual(JOB_STATES.filter((state) => !isFinal(state)).sort());
  });

  test('a worker holds a job that it runs or was told to stop', () => {
    expect(HELD_STATES).toEqual(['running', 'cancelling']);
  });

  test('nothing leads back to created', () => {
    expect(statesBefore('created')).toEqual([]);
  });
});
