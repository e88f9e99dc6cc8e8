import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { Finding } from '../../model/finding.ts';
import type { Actor, OrganizationRole } from '../../model/permission.ts';
import {
  answerQuestion,
  askLegalOfficer,
  attachReview,
  concludeReview,
  decideReview,
  getReview,
  legalQueue,
  mustBePublicOriginal,
  openingOf,
  openingRegister,
  returnReview,
  startReview,
  treatColumn,
  treatmentsToPublish,
} from './service.ts';

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await openTestCatalogue();
});
beforeEach(() => catalogue.empty());
afterAll(() => catalogue?.close());

const refused = (code: string) => expect.objectContaining({ code });
const yes = { value: 'yes' } as const;
const no = { value: 'no' } as const;

const mail: Finding = {
  kind: 'email',
  nature: 'personal',
  name: 'courriel',
  column: 'Courriel',
  cells: 22,
  share: 0.3,
  confidence: 'high',
  examples: ['l••.m•••••@g••••.com'],
  places: ['F14'],
};

function as(actor: Actor): Context {
  return { ...catalogue.operator, actor };
}
const member = (role: OrganizationRole, id = '00000000-0000-4000-8000-000000000001') =>
  as({ kind: 'person', id, grants: [{ role, organization: 'ville-de-tours' }] });
const officer = () =>
  as({
    kind: 'person',
    id: '00000000-0000-4000-8000-000000000009',
    grants: [{ role: 'legalOfficer', organization: null }],
  });

const start = (context: Context, findings: readonly Finding[] = [mail], datasetId: string | null = null) =>
  startReview(context, { organization: 'ville-de-tours', title: 'Subventions 2025', findings, datasetId });

test('what detection answers is there, and the producer concludes alone when nothing is in doubt', async () => {
  const secretary = member('depositor');
  const { id, answers, sources, proposed } = await start(secretary);
  expect(answers).toEqual({ personal: yes, anonymisable: yes });
  expect(sources).toEqual({ personal: 'detection', anonymisable: 'detection' });
  expect(proposed).toMatchObject({ state: null, next: 'finished', undecided: ['courriel'] });
  await expect(concludeReview(secretary, id)).rejects.toThrow(refused('opening.incomplete'));
  await answerQuestion(secretary, id, 'finished', yes);
  await answerQuestion(secretary, id, 'secret', no);
  await treatColumn(secretary, id, { kind: 'mask', column: 'courriel', mask: 'hide' });
  await treatColumn(secretary, id, { kind: 'remove', column: 'courriel' });
  const decided = await concludeReview(secretary, id);
  expect(decided).toMatchObject({ state: 'decided', outcome: 'openAfterProcessing', decidedAs: 'producer' });
  expect(await treatmentsToPublish(secretary, id)).toEqual([{ kind: 'remove', column: 'courriel' }]);
  await expect(answerQuestion(secretary, id, 'finished', no)).rejects.toThrow(refused('opening.decided'));
  const columns = await catalogue.db.selectFrom('opening_column').select('disposition').orderBy('id').execute();
  expect(columns.map(({ disposition }) => disposition.kind)).toEqual(['mask', 'remove']);
});

test('everyone reads why a version is open, and nobody takes its original', async () => {
  const dataset = await catalogue.create({ title: 'Subventions 2025' });
  const { id } = await start(catalogue.operator);
  await answerQuestion(catalogue.operator, id, 'finished', yes);
  await answerQuestion(catalogue.operator, id, 'secret', no);
  await treatColumn(catalogue.operator, id, { kind: 'mask', column: 'courriel', mask: 'email' });
  await expect(attachReview(catalogue.operator, id, { datasetId: dataset, version: 1 })).rejects.toThrow(
    refused('opening.notOpen'),
  );
  await concludeReview(catalogue.operator, id);
  expect(await openingOf(catalogue.anyone, dataset, 1)).toBeNull();
  await mustBePublicOriginal(catalogue.anyone, dataset, 1);
  await attachReview(catalogue.operator, id, { datasetId: dataset, version: 1 });
  expect(await openingOf(catalogue.anyone, dataset, 1)).toEqual({
    number: id.slice(0, 8),
    version: 1,
    outcome: 'openAfterProcessing',
    bases: ['L312-1-1', 'L312-1-2'],
    decidedAt: catalogue.now,
    decidedAs: 'producer',
    treated: [{ column: 'Courriel', kind: 'mask', mask: 'email' }],
    justified: [],
  });
  await expect(mustBePublicOriginal(catalogue.anyone, dataset, 1)).rejects.toThrow(refused('original.withheld'));
  await mustBePublicOriginal(member('reader'), dataset, 1);
  await catalogue.addVersion(dataset);
  expect(await openingOf(catalogue.anyone, dataset, 2)).toBeNull();
});

test('who is not sure asks; the legal officer decides with a motive, or gives it back', async () => {
  const secretary = member('depositor');
  const { id } = await start(secretary);
  await answerQuestion(secretary, id, 'finished', yes);
  await answerQuestion(secretary, id, 'secret', { value: 'unsure' });
  await expect(concludeReview(secretary, id)).rejects.toThrow(refused('opening.mustAsk'));
  await expect(decideReview(officer(), id, { outcome: 'open', motive: 'oui' })).rejects.toThrow(
    refused('opening.notAsked'),
  );
  await askLegalOfficer(secretary, id, 'La délibération est-elle publique ?');
  await expect(treatColumn(secretary, id, { kind: 'remove', column: 'courriel' })).rejects.toThrow(
    refused('opening.waits'),
  );
  expect((await legalQueue(officer())).map(({ id: one, question }) => [one, question])).toEqual([
    [id, 'La délibération est-elle publique ?'],
  ]);
  await expect(returnReview(officer(), id, ' ')).rejects.toThrow(refused('opening.motiveMissing'));
  await returnReview(officer(), id, 'Retirez d’abord la colonne.');
  expect(await legalQueue(officer())).toEqual([]);
  expect(await getReview(secretary, id)).toMatchObject({ state: 'returned', motive: 'Retirez d’abord la colonne.' });
  await askLegalOfficer(secretary, id, '');
  await expect(decideReview(officer(), id, { outcome: 'openAfterProcessing', motive: 'x' })).rejects.toThrow(
    refused('opening.incomplete'),
  );
  await treatColumn(officer(), id, { kind: 'remove', column: 'courriel' });
  await decideReview(officer(), id, {
    outcome: 'openAfterProcessing',
    motive: 'Rien d’autre ne désigne une personne.',
  });
  const [decision] = await openingRegister(officer());
  expect(decision).toMatchObject({
    id,
    outcome: 'openAfterProcessing',
    bases: ['L312-1-1', 'L312-1-2'],
    motive: 'Rien d’autre ne désigne une personne.',
    decidedAs: 'legalOfficer',
    decidedBy: 'person:00000000-0000-4000-8000-000000000009',
  });
});

test('what cannot be published is not', async () => {
  const { id } = await start(catalogue.operator);
  await askLegalOfficer(catalogue.operator, id, '');
  await decideReview(officer(), id, { outcome: 'restricted', motive: 'Vie privée.', bases: ['L311-6'] });
  await expect(treatmentsToPublish(catalogue.operator, id)).rejects.toThrow(refused('opening.notOpen'));
});

test('the next version is proposed what was decided of the last one', async () => {
  const dataset = await catalogue.create({ title: 'Subventions 2025' });
  const { id } = await start(catalogue.operator);
  await answerQuestion(catalogue.operator, id, 'finished', yes);
  await answerQuestion(catalogue.operator, id, 'secret', no);
  await treatColumn(catalogue.operator, id, { kind: 'remove', column: 'courriel' });
  await concludeReview(catalogue.operator, id);
  await attachReview(catalogue.operator, id, { datasetId: dataset, version: 1 });
  const next = await start(catalogue.operator, [mail], dataset);
  expect(next).toMatchObject({
    state: 'answering',
    dispositions: [{ kind: 'remove', column: 'courriel' }],
    sources: { finished: 'previous', secret: 'previous', personal: 'detection' },
    proposed: { state: 'openAfterProcessing', undecided: [] },
  });
  // A new kind of data in another column is asked about.
  const other = await start(catalogue.operator, [mail, { ...mail, name: 'portable', kind: 'phone' }], dataset);
  expect(other.proposed).toMatchObject({ state: null, undecided: ['portable'] });
});

test('each verb is its people’s', async () => {
  const secretary = member('depositor');
  const { id } = await start(secretary);
  const denied = refused('permission.denied');
  await expect(start(catalogue.anyone)).rejects.toThrow(denied);
  await expect(start(member('reader'))).rejects.toThrow(denied);
  await expect(getReview(member('depositor', '00000000-0000-4000-8000-000000000002'), id)).rejects.toThrow(denied);
  await expect(getReview(catalogue.anyone, id)).rejects.toThrow(denied);
  await expect(legalQueue(member('pilot'))).rejects.toThrow(denied);
  await expect(openingRegister(secretary)).rejects.toThrow(denied);
  await expect(decideReview(member('pilot'), id, { outcome: 'open', motive: 'x' })).rejects.toThrow(denied);
  await expect(returnReview(secretary, id, 'x')).rejects.toThrow(denied);
  expect((await getReview(member('pilot', '00000000-0000-4000-8000-000000000003'), id)).id).toBe(id);
  await expect(getReview(catalogue.operator, 'autre')).rejects.toThrow(refused('opening.unknown'));
});

test('answers that say nothing are refused', async () => {
  const { id } = await start(catalogue.operator);
  const invalid = refused('opening.answerInvalid');
  await expect(answerQuestion(catalogue.operator, id, 'publicInformation', yes)).rejects.toThrow(invalid);
  await expect(answerQuestion(catalogue.operator, id, 'secret', yes)).rejects.toThrow(invalid);
  await expect(treatColumn(catalogue.operator, id, { kind: 'mask', column: 'courriel', mask: 'year' })).rejects.toThrow(
    invalid,
  );
  await expect(
    treatColumn(catalogue.operator, id, {
      kind: 'justify',
      column: 'courriel',
      justification: { basis: 'consent', text: '' },
    }),
  ).rejects.toThrow(invalid);
});

test('the database itself keeps decisions and answers', async () => {
  const { id } = await start(catalogue.operator, []);
  await answerQuestion(catalogue.operator, id, 'finished', yes);
  await answerQuestion(catalogue.operator, id, 'secret', no);
  await concludeReview(catalogue.operator, id);
  const { db } = catalogue;
  await expect(sql`update opening_review set outcome = 'notOpen' where id = ${id}`.execute(db)).rejects.toThrow(/kept/);
  await expect(sql`delete from opening_review where id = ${id}`.execute(db)).rejects.toThrow(/kept/);
  await expect(sql`update opening_answer set author = 'autre'`.execute(db)).rejects.toThrow(/kept/);
  await expect(sql`delete from opening_event`.execute(db)).rejects.toThrow(/kept/);
});
