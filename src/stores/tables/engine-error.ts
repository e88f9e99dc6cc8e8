// What DuckDB says when it fails, as codes of the registry.
import { TerroirError } from '../../lib/errors.ts';
import { answerTooLarge } from './answer-limit.ts';

/** The refusal that a DuckDB error text stands for. */
export function engineError(reason: string): TerroirError {
  if (/no space left on device|disk quota exceeded|not enough space on the disk/i.test(reason))
    return new TerroirError('disk.full');
  if (/^(Out of Memory Error|OutOfMemoryException)|std::bad_alloc|could not allocate/i.test(reason))
    return new TerroirError('engine.memory');
  if (reason === answerTooLarge) return new TerroirError('engine.answerTooLarge');
  return new TerroirError('engine.failed', { reason });
}
