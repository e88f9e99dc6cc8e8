// Publishes the stories of the demonstration, once: where somebody wrote, changed or withdrew one, nothing is done.
import { demoStories } from '../../../territories/demo/stories.ts';
import type { Context } from '../../context.ts';
import { getDatasets, getTerritory } from '../catalog/service.ts';
import { beginStory, listStories, unpublishedStories } from './service.ts';

/** @param context the operator's; nothing is done outside of the demonstration */
export async function installDemoStories(context: Context): Promise<void> {
  if ((await getTerritory(context))?.demo !== 'installed') return;
  const [published, others] = await Promise.all([listStories(context, 1), unpublishedStories(context)]);
  if (published.length + others.length > 0) return;
  for (const story of demoStories) {
    // Somebody may have withdrawn what it speaks of.
    const there = (await getDatasets(context, story.datasets)).filter(({ state }) => state === 'published');
    if (there.length === story.datasets.length) await beginStory(context, story, { state: 'published', demo: true });
  }
}
