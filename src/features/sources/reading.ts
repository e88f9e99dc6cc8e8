// Reads the sources that are due, one after the other: asks whether they changed, brings what did, notes what came of it.
import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { withScratch } from '../../data/journey.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { openFetcher } from '../../stores/fetch/fetch.ts';
import { urls } from '../../web/urls.ts';
import { notify, personOfActor, whoAnswersFor } from '../accounts/service.ts';
import { deliverFile, safeFileName } from '../intake/service.ts';
import { type ClaimedSource, claimSource, noteRun, sweepRuns } from './queries.ts';
import { failuresTold, nextReading } from './rules.ts';
import type { RunResult } from './schemas.ts';

export type SourceReader = {
  /** Something is due now. */
  wake(): void;
  /** Ends once what is being read was read. */
  close(): Promise<void>;
};

const pollSeconds = 30;
/** A process that is killed holds its source no longer than this. */
const claimMinutes = 60;
const largestFile = 2 * 1024 ** 3;
const readingSeconds = 1800;
const keptDays = 365;

/** Starts reading; one in each process of the server, they share the work. @param context the operator's */
export function openSourceReader(context: Context): SourceReader {
  let closed = false;
  let asked = false;
  let running: Promise<void> | null = null;
  const round = async () => {
    do {
      asked = false;
      await readDue(context, () => closed);
    } while (asked && !closed);
  };
  const wake = () => {
    asked = true;
    if (closed || running !== null) return;
    running = round()
      .catch((error: unknown) => context.log.warn({ error: String(error) }, 'the reader of sources stumbled'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(wake, pollSeconds * 1000);
  timer.unref();
  wake();
  return {
    wake,
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Reads every source that is due. @returns how many. */
export async function readDue(context: Context, stopped: () => boolean = () => false): Promise<number> {
  let read = 0;
  while (!stopped()) {
    const now = context.now();
    const source = await claimSource(context.db, now, new Date(now.getTime() + claimMinutes * 60_000));
    if (source === null) break;
    await readOne(context, source);
    read += 1;
  }
  if (read > 0) await sweepRuns(context.db, new Date(context.now().getTime() - keptDays * 86_400_000));
  return read;
}

async function readOne(context: Context, source: ClaimedSource): Promise<void> {
  const startedAt = context.now();
  let reason: TerroirError | null = null;
  const result = await bring(context, source).catch((error: unknown): RunResult => {
    reason = refusalOf(context, source, error);
    return { outcome: 'failed', version: null, code: reason.code, params: reason.params };
  });
  const endedAt = context.now();
  const nextAt = nextReading(source, endedAt);
  const { failures, failingSince } = await noteRun(context.db, source, { result, startedAt, endedAt, nextAt });
  if (result.outcome === 'failed' && reason !== null && failures === failuresTold)
    await tellFailure(context, source, failingSince ?? startedAt, reason);
}

/** What runs by itself runs for the organization, whoever set it up: it goes on when that person leaves. */
function contextOfSource(context: Context, { organization, datasetId, publish }: ClaimedSource): Context {
  const scopes = [publish ? 'publish' : 'deposit'] as const;
  return { ...context, actor: { kind: 'key', id: `source:${datasetId}`, organization, scopes } };
}

async function bring(context: Context, source: ClaimedSource): Promise<RunResult> {
  const scratchName = `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
  return withScratch(context.files, scratchName, async (scratch) => {
    const fetched = join(scratch, 'fetched');
    const { etag, lastModified, url, table, publish, datasetId } = source;
    const limits = { saveTo: fetched, maxBytes: largestFile, timeoutSeconds: readingSeconds, etag, lastModified };
    const answer = await (context.fetcher ?? openFetcher()).get(url, limits);
    if (answer.notModified)
      return { outcome: 'unchanged', version: null, code: null, params: {}, etag, lastModified } as const;
    const path = join(scratch, safeFileName(answer.fileName, datasetId));
    if (path !== fetched) await rename(fetched, path);
    const delivery = await deliverFile(contextOfSource(context, source), {
      id: datasetId,
      path,
      table,
      publish,
      origin: 'link',
    });
    const held = delivery.waiting !== null && delivery.waiting !== 'publication';
    const errors = delivery.problems.filter(({ severity }) => severity === 'error').length;
    return {
      outcome: delivery.changed ? (held ? 'held' : 'changed') : 'unchanged',
      version: delivery.version,
      code: delivery.waiting,
      params: { points: errors },
      etag: answer.etag,
      lastModified: answer.lastModified,
    } as const;
  });
}

function refusalOf(context: Context, source: ClaimedSource, error: unknown): TerroirError {
  if (error instanceof TerroirError) return error;
  const reference = randomBytes(4).toString('hex');
  context.log.error({ dataset: source.datasetId, reference, error: String(error) }, 'a source could not be read');
  return new TerroirError('request.unexpected', { reference });
}

async function tellFailure(context: Context, source: ClaimedSource, since: Date, reason: TerroirError): Promise<void> {
  const author = personOfActor(source.createdBy);
  const leaders = await whoAnswersFor(context, source.organization);
  await notify(context, {
    kind: 'source.failed',
    params: {
      about: source.title,
      date: since.toISOString(),
      reason: { fr: errorSentence(reason, 'fr'), en: errorSentence(reason, 'en') },
    },
    link: urls.source(source.datasetId),
    to: author === null ? leaders : [author, ...leaders],
    organization: source.organization,
  });
}
