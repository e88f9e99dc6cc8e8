// A dataset's automatic update as an API: read it, set it, stop it, have it read now.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ContextOf } from '../../context.ts';
import { RefusalSchema } from '../intake/schemas.ts';
import { rhythms, type SourceRequest } from './schemas.ts';
import { runSentence } from './sentences.ts';
import { getSource, readNow, removeSource, setSource } from './service.ts';

export type SourceApiOptions = {
  readonly contextOf: ContextOf;
  /** Something is due now. */
  readonly wake: () => void;
};

type Named = { Params: { id: string } };
type SourceBody = Pick<SourceRequest, 'url'> & Partial<SourceRequest>;

const path = '/api/v1/datasets/:id/source';
const tags = ['Deposit'];
const params = Type.Object({ id: Type.String({ description: 'The dataset’s identifier' }) });
const refusals = Object.fromEntries([400, 403, 404, 410, 422].map((status) => [status, RefusalSchema]));

const settings = {
  rhythm: Type.Union(rhythms.map((rhythm) => Type.Literal(rhythm))),
  hour: Type.Integer({ minimum: 0, maximum: 23, description: 'On the clock of Paris' }),
  weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 Monday to 7 Sunday, for a weekly one' }),
  monthDay: Type.Integer({ minimum: 1, maximum: 28, description: 'For a monthly one' }),
  publish: Type.Boolean({ description: 'Whether what comes goes online at once, unless a person must look first' }),
  table: Type.Union([Type.String(), Type.Null()], { description: 'The sheet or layer, in a file that holds several' }),
};
const url = Type.String({ description: 'Of the public internet, http or https' });

const SourceSchema = Type.Object({
  dataset: Type.String(),
  source: Type.Union([
    Type.Object({
      url,
      ...settings,
      paused: Type.Boolean(),
      running: Type.Boolean(),
      nextAt: Type.Union([Type.String(), Type.Null()]),
      failures: Type.Integer({ description: 'Readings that failed in a row' }),
    }),
    Type.Null(),
  ]),
  runs: Type.Array(
    Type.Object({
      startedAt: Type.String(),
      endedAt: Type.String(),
      outcome: Type.String({ description: 'changed, unchanged, held, failed' }),
      version: Type.Union([Type.Integer(), Type.Null()]),
      code: Type.Union([Type.String(), Type.Null()]),
      message: Type.String({ description: 'The sentence, in the language that is asked for' }),
    }),
  ),
});

export async function sourceApi(server: FastifyInstance, { contextOf, wake }: SourceApiOptions): Promise<void> {
  const answer = async (request: FastifyRequest<Named>) => {
    const { dataset, source, runs } = await getSource(await contextOf(request), request.params.id);
    return {
      dataset: dataset.id,
      source: source === null ? null : { ...source, nextAt: source.nextAt?.toISOString() ?? null },
      runs: runs.map((run) => ({
        startedAt: run.startedAt.toISOString(),
        endedAt: run.endedAt.toISOString(),
        outcome: run.outcome,
        version: run.version,
        code: run.code,
        message: runSentence(run, request.voice),
      })),
    };
  };
  const described = (summary: string) => ({
    schema: { summary, tags, params, response: { 200: SourceSchema, ...refusals } },
  });

  server.get<Named>(path, described('The dataset’s automatic update and its last readings'), answer);

  const setting = described('Sets the automatic update: it is read at once, then by its rhythm');
  const body = Type.Object({ url, ...Type.Partial(Type.Object(settings)).properties }, { additionalProperties: false });
  server.put<Named & { Body: SourceBody }>(
    path,
    { schema: { ...setting.schema, body }, attachValidation: true },
    async (request: FastifyRequest<Named & { Body: SourceBody }>) => {
      const usual = { rhythm: 'weekly', hour: 5, weekday: 1, monthDay: 1, publish: true, table: null } as const;
      const context = await contextOf(request);
      // Whoever may not is told so, whatever they sent.
      await getSource(context, request.params.id);
      if (request.validationError !== undefined) throw request.validationError;
      await setSource(context, request.params.id, { ...usual, ...request.body });
      wake();
      return answer(request);
    },
  );
  server.delete<Named>(path, described('Stops the automatic update; the dataset stays as it is'), async (request) => {
    await removeSource(await contextOf(request), request.params.id);
    return answer(request);
  });
  server.post<Named>(`${path}/run`, described('Has the source read now'), async (request) => {
    await readNow(await contextOf(request), request.params.id);
    wake();
    return answer(request);
  });
}
