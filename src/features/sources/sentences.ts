// What came of a reading, in a sentence.
import { errorRegistry } from '../../lib/error-registry.ts';
import { fillSentence } from '../../lib/errors.ts';
import { sourceMessages } from '../../model/messages/sources.ts';
import type { Voice } from '../../web/language.ts';
import { waitings } from '../intake/schemas.ts';
import type { Run } from './schemas.ts';

export function runSentence(run: Run, voice: Pick<Voice, 'lang'>): string {
  const say = (key: keyof typeof sourceMessages, params: Run['params'] = {}) =>
    fillSentence(sourceMessages[key][voice.lang], params);
  if (run.outcome === 'unchanged') return say('source.run.unchanged');
  if (run.outcome === 'failed') {
    const row = Object.entries(errorRegistry).find(([code]) => code === run.code)?.[1];
    return say('source.run.failed', { reason: row === undefined ? '' : fillSentence(row[voice.lang], run.params) });
  }
  const waiting = waitings.find((one) => one === run.code);
  return say(waiting === undefined ? 'source.run.changed' : `source.run.${waiting}`, {
    ...run.params,
    version: run.version ?? 0,
  });
}
