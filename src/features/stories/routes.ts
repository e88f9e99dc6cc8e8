// Stories over HTTP: the list, each story, the writer's form with its preview, what is done of a story.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { type ErrorCode, errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { getDatasets, listCommunes } from '../catalog/service.ts';
import { type EditPageData, EditStoryPage } from './pages/edit-page.tsx';
import { StoriesPage } from './pages/stories-page.tsx';
import { StoryPage, WithdrawnPage } from './pages/story-page.tsx';
import { readInput } from './rules.ts';
import type { ShownText, Story, StoryInput, StoryListed } from './schemas.ts';
import {
  beginStory,
  discardStory,
  findStories,
  getStory,
  listStories,
  mayWriteStories,
  mayWriteStory,
  publishStory,
  saveStory,
  showText,
  storyToEdit,
  unpublishedStories,
  withdrawStory,
  writingNames,
} from './service.ts';

export type StoryRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Named = { Params: { slug: string } };

const longestQuestion = 200;
const mostFound = 50;
const bodyLimit = 1024 * 1024;
/** Where the eye is led for each refusal that the writer can undo. */
const fields: Partial<Record<ErrorCode, string>> = {
  'story.titleInvalid': 'title',
  'story.leadInvalid': 'lead',
  'story.bodyTooLong': 'body',
  'story.tooManyBlocks': 'body',
  'story.tooManyDatasets': 'datasets',
  'story.datasetUnknown': 'datasets',
  'story.communeUnknown': 'commune',
};
const empty: StoryInput = {
  kind: 'story',
  organization: null,
  title: '',
  lead: '',
  body: '',
  datasets: [],
  commune: null,
};

export async function storyRoutes(
  server: FastifyInstance,
  { contextOf, publicUrl }: StoryRoutesOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };
  acceptForms(server);

  server.get(urls.stories(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { q: asked } = request.query as Readonly<Record<string, unknown>>;
    const q = typeof asked === 'string' ? asked.trim().slice(0, longestQuestion) : '';
    const stories = q === '' ? await listStories(context) : await findStories(context, q, mostFound);
    const unpublished = q === '' ? await unpublishedStories(context) : [];
    const data = { q, stories, unpublished, mayWrite: mayWriteStories(context) };
    return reply.sendPage({
      data: { q, stories: stories.map(listedFacts) },
      page: (page) => StoriesPage({ context: page, data }),
    });
  });

  server.get(urls.newStory(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const names = await writingNames(context);
    const organization = names.territory ? null : (names.organizations[0]?.slug ?? null);
    return sendForm(context, reply, { story: null, input: { ...empty, organization }, version: 0 });
  });

  server.post(urls.newStory(), { ...hidden, bodyLimit }, async (request, reply) => {
    const context = await contextOf(request);
    await writingNames(context);
    const form = formOf(request);
    const input = readInput(form);
    if (form.get('act') === 'preview') return preview(context, request, reply, { story: null, input, version: 0 });
    try {
      const slug = await beginStory(context, input);
      return reply.redirect(withQuery(urls.storyEdit(slug), { saved: 'yes' }), 303);
    } catch (error) {
      return refused(context, request, reply, error, { story: null, input, version: 0 });
    }
  });

  server.get<Named>('/stories/:slug', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const story = await getStory(context, request.params.slug);
    const mayWrite = mayWriteStory(context, story);
    if (story.state === 'withdrawn') {
      const { slug, title, stateReason } = story;
      return reply.code(410).sendPage({
        data: { slug, title, state: story.state, reason: stateReason },
        page: (page) => WithdrawnPage({ context: page, data: { story, mayWrite } }),
      });
    }
    const [text, communes] = await Promise.all([
      showText(context, story.body, { publicUrl, voice: request.voice }),
      story.commune === null ? [] : listCommunes(context),
    ]);
    const datasets = await datasetsOf(context, story.datasets, text);
    const commune = communes.find(({ insee }) => insee === story.commune) ?? null;
    const data = { story, text, datasets, commune, mayWrite };
    return reply.sendPage({ data: factsOf(story), page: (page) => StoryPage({ context: page, data }) });
  });

  server.get<Named>('/stories/:slug/edit', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const story = await storyToEdit(context, request.params.slug);
    const { saved } = request.query as Readonly<Record<string, unknown>>;
    const shown = await showText(context, story.body, { publicUrl, voice: request.voice });
    return sendForm(context, reply, {
      story,
      input: inputOf(story),
      version: story.version,
      preview: shown,
      saved: saved === 'yes',
    });
  });

  server.post<Named>('/stories/:slug/edit', { ...hidden, bodyLimit }, async (request, reply) => {
    const context = await contextOf(request);
    const story = await storyToEdit(context, request.params.slug);
    const form = formOf(request);
    const input = readInput(form);
    const version = versionOf(form);
    if (form.get('act') === 'preview') return preview(context, request, reply, { story, input, version });
    try {
      await saveStory(context, story.slug, version, input);
      return reply.redirect(withQuery(urls.storyEdit(story.slug), { saved: 'yes' }), 303);
    } catch (error) {
      return refused(context, request, reply, error, { story, input, version });
    }
  });

  server.post<Named>('/stories/:slug/publish', hidden, async (request, reply) => {
    const { slug } = request.params;
    await publishStory(await contextOf(request), slug, versionOf(formOf(request)));
    return reply.redirect(urls.story(slug), 303);
  });

  server.post<Named>('/stories/:slug/withdraw', hidden, async (request, reply) => {
    const { slug } = request.params;
    const form = formOf(request);
    await withdrawStory(await contextOf(request), slug, versionOf(form), form.get('reason') ?? '');
    return reply.redirect(urls.storyEdit(slug), 303);
  });

  server.post<Named>('/stories/:slug/discard', hidden, async (request, reply) => {
    await discardStory(await contextOf(request), request.params.slug);
    return reply.redirect(urls.stories(), 303);
  });

  type Form = Pick<EditPageData, 'story' | 'input' | 'version'> & Partial<EditPageData>;

  async function sendForm(context: Context, reply: FastifyReply, form: Form): Promise<FastifyReply> {
    const [names, communes] = await Promise.all([writingNames(context), listCommunes(context)]);
    const data = { preview: null, refusal: null, saved: false, theirs: null, ...form, names, communes };
    return reply.sendPage({ data: form.input, page: (page) => EditStoryPage({ context: page, data }) });
  }

  async function preview(context: Context, request: FastifyRequest, reply: FastifyReply, form: Form) {
    const shown = await showText(context, form.input.body, { publicUrl, voice: request.voice });
    return sendForm(context, reply, { ...form, preview: shown });
  }

  /** What was written is never lost: the form comes back with it, and says why. */
  async function refused(context: Context, request: FastifyRequest, reply: FastifyReply, error: unknown, form: Form) {
    if (!(error instanceof TerroirError)) throw error;
    const field = fields[error.code] ?? null;
    if (field === null && error.code !== 'story.changed') throw error;
    reply.code(errorRegistry[error.code].status);
    const refusal = { sentence: errorSentence(error, request.voice.lang), field };
    if (error.code !== 'story.changed' || form.story === null) return sendForm(context, reply, { ...form, refusal });
    // Saved once more, this text takes the place of the other one, which was shown.
    const theirs = await storyToEdit(context, form.story.slug);
    return sendForm(context, reply, { ...form, story: theirs, version: theirs.version, refusal, theirs });
  }
}

/** Those that the writer names, then those of the live blocks, once each. */
async function datasetsOf(context: Context, named: readonly string[], { parts }: ShownText) {
  const live = parts.flatMap((part) =>
    part.kind === 'live' && part.view.kind !== 'absent' ? [part.view.source.dataset] : [],
  );
  const found = await getDatasets({ ...context, actor: { kind: 'anyone' } }, named);
  const published = found.filter(({ state }) => state === 'published');
  return [...new Map([...published, ...live].map((dataset) => [dataset.id, dataset])).values()];
}

function inputOf({ kind, organization, title, lead, body, datasets, commune }: Story): StoryInput {
  return { kind, organization: organization?.slug ?? null, title, lead, body, datasets, commune };
}

function versionOf(form: URLSearchParams): number {
  const version = Number(form.get('version'));
  return Number.isInteger(version) && version > 0 && version < 2 ** 31 ? version : 0;
}

function listedFacts({ slug, kind, organization, title, lead, commune, publishedAt, demo }: StoryListed) {
  return { slug, kind, organization, title, lead, commune, publishedAt, demo };
}

function factsOf(story: Story) {
  const { body, datasets, state, changedAt } = story;
  return { ...listedFacts(story), state, changedAt, datasets, body };
}
