// Which page shows a step of a draft, and the facts that it needs.
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import type { Context } from '../../context.ts';
import { errorRegistry } from '../../lib/error-registry.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import type { PageContext } from '../../web/page.ts';
import {
  getDataset,
  getVersion,
  listCommunes,
  rhythmOf,
  usualContact,
  wantsSecondReading,
} from '../catalog/service.ts';
import { tableSchemas } from './examining.ts';
import { CheckPage } from './pages/check-page.tsx';
import { DonePage } from './pages/done-page.tsx';
import { FilePage } from './pages/file-page.tsx';
import { PresentPage } from './pages/present-page.tsx';
import { PublishPage } from './pages/publish-page.tsx';
import { RightsPage } from './pages/rights-page.tsx';
import { TermsPage } from './pages/terms-page.tsx';
import { WhatPage } from './pages/what-page.tsx';
import type { FormRefusal } from './pages/wizard.tsx';
import { obstaclesOf, rightsOf } from './rules.ts';
import type { Draft, StageName } from './schemas.ts';
import { examineDraft, getDraft, proposeLastSteps, reviewOfDraft, titleOfDraft } from './service.ts';

type To = { readonly context: Context; readonly schemas: SchemaRegistry; readonly reply: FastifyReply };
type Shown = { readonly data: unknown; readonly page: (context: PageContext) => VNode };

/** Seconds between two looks at a file that is still being read. */
const reloadSeconds = 3;

export async function sendStage(
  to: To,
  draft: Draft,
  stage: StageName | 'done',
  refusals: readonly FormRefusal[] = [],
): Promise<FastifyReply> {
  const shown = await pages[stage](to, draft, refusals);
  // Sent last, so that nothing is half said when a fact is missing.
  return to.reply.sendPage(shown);
}

/** Whether the person who sent the form can mend what it was refused for. */
export function mayMend(error: unknown): error is TerroirError {
  return (
    error instanceof TerroirError && [400, 409, 413, 415, 422, 502, 504].includes(errorRegistry[error.code].status)
  );
}

/** The step again, with why. */
export async function showAgain(
  to: To,
  id: string,
  stage: StageName,
  refusals: readonly { readonly field: string; readonly sentence: string }[],
): Promise<FastifyReply> {
  to.reply.code(422);
  return sendStage(to, await getDraft(to.context, id), stage, refusals);
}

type Show = (to: To, draft: Draft, refusals: readonly FormRefusal[]) => Promise<Shown>;

const pages: Readonly<Record<StageName | 'done', Show>> = {
  what: async (_to, draft, refusals) => ({
    data: draft,
    page: (context) => WhatPage({ context, draft, refusals }),
  }),
  file: async (_to, draft, refusals) => ({
    data: draft,
    page: (context) => FilePage({ context, draft, refusals }),
  }),
  check: showCheck,
  rights: async ({ context, schemas }, { id }, refusals) => {
    const draft = await examineDraft(context, schemas, id);
    const review = await reviewOfDraft(context, draft);
    return { data: { draft, review }, page: (page) => RightsPage({ context: page, draft, review, refusals }) };
  },
  present: async ({ context }, draft, refusals) => {
    const communes = await listCommunes(context);
    const contact = await usualContact(context, draft.organization.slug);
    return { data: draft, page: (page) => PresentPage({ context: page, draft, communes, contact, refusals }) };
  },
  terms: async (_to, draft, refusals) => ({
    data: draft,
    page: (context) => TermsPage({ context, draft, refusals }),
  }),
  publish: showPublish,
  done: showDone,
};

async function showCheck({ context, schemas, reply }: To, { id }: Draft, refusals: readonly FormRefusal[]) {
  const draft = await examineDraft(context, schemas, id);
  if (draft.file === null || draft.refusal !== null)
    return { data: draft, page: (page: PageContext) => FilePage({ context: page, draft, refusals }) };
  if (draft.examination === null) reply.header('refresh', String(reloadSeconds));
  const { lang } = reply.request.voice;
  const known = (await tableSchemas(schemas))
    .map(({ name, schema }) => ({ name, title: (lang === 'en' ? schema.titleEn : null) ?? schema.title }))
    .toSorted((a, b) => a.title.localeCompare(b.title, lang));
  const last = draft.examination === null ? null : await proposeLastSteps(context, id);
  const props = { draft, schemas: known, lastCorrections: last?.corrections ?? 0, refusals };
  return { data: draft, page: (page: PageContext) => CheckPage({ context: page, ...props }) };
}

async function showPublish({ context, schemas }: To, { id }: Draft, refusals: readonly FormRefusal[]) {
  const draft = await examineDraft(context, schemas, id);
  const review = await reviewOfDraft(context, draft);
  const obstacles = obstaclesOf(draft, rightsOf(review));
  const treatments = review?.proposed.treatments ?? [];
  const existing = draft.datasetId === null ? null : await getDataset(context, draft.datasetId);
  const secondReading = await wantsSecondReading(context, draft.organization.slug);
  const props = { draft, obstacles, treatments, secondReading, existing, refusals };
  return {
    data: { draft, obstacles, treatments },
    page: (page: PageContext) => PublishPage({ context: page, ...props }),
  };
}

async function showDone({ context }: To, draft: Draft) {
  const { datasetId, version } = draft;
  const dataset = datasetId === null ? null : await getDataset(context, datasetId);
  const published = datasetId === null || version === null ? null : await getVersion(context, datasetId, version);
  const title = dataset?.title ?? titleOfDraft(draft);
  const dueAt = dataset === null ? null : rhythmOf(context, dataset).dueAt;
  const setAsideRows = published?.setAsideRows ?? 0;
  return {
    data: draft,
    page: (page: PageContext) => DonePage({ context: page, draft, title, dueAt, setAsideRows }),
  };
}
