// Who is told of what happens to a deposit: those who read it over, those who answer for it, whoever left it.
import type { Context } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import { notify, personOfActor, whoAnswersFor } from '../accounts/service.ts';
import { getDataset } from '../catalog/service.ts';
import { abandonLeftDrafts, claimLeftDrafts, findDraft } from './queries.ts';
import { proposedSaid } from './rules.ts';
import type { Draft, Published } from './schemas.ts';

const day = 24 * 3_600_000;
/** A draft that was left the day before; one that will be put away; one that is (product: abandoned at 90 days, warned at 60). */
const remindAfter = 0.8 * day;
const warnAfter = 60 * day;
const abandonAfter = 90 * day;

/** Those who answer for the organization read it over, or learn that it is online. */
export async function tellPublished(context: Context, draft: Draft, published: Published): Promise<void> {
  const { slug, name } = draft.organization;
  const dataset = await getDataset(context, published.id);
  const to = await whoAnswersFor(context, slug);
  await notify(
    context,
    published.secondReading
      ? {
          kind: 'deposit.approvalAsked',
          params: { about: dataset.title, by: name },
          link: urls.desk(),
          to,
          organization: slug,
        }
      : {
          kind: 'dataset.published',
          params: { about: dataset.title, rows: dataset.version?.rows ?? 0 },
          link: urls.dataset(published.id),
          to,
          organization: slug,
        },
  );
}

/** Whoever deposited learns what the second reader decided. @param reason why it comes back; null when it is published */
export async function tellReading(
  context: Context,
  reading: { readonly dataset: string; readonly askedBy: string },
  reason: string | null,
): Promise<void> {
  const dataset = await getDataset(context, reading.dataset);
  const shared = { to: personOf(reading.askedBy), organization: dataset.organization.slug };
  const about = dataset.title;
  await notify(
    context,
    reason === null
      ? {
          ...shared,
          kind: 'dataset.published',
          params: { about, rows: dataset.version?.rows ?? 0 },
          link: urls.dataset(dataset.id),
        }
      : { ...shared, kind: 'deposit.returned', params: { about, reason }, link: urls.desk() },
  );
}

/** Once a day or more: reminds authors of what they left, warns before it is put away, puts away. For the machine itself. */
export async function followDrafts(context: Context): Promise<void> {
  const now = context.now();
  const before = (time: number) => ({ untouchedSince: new Date(now.getTime() - time), now });
  const kinds = { reminded_at: 'deposit.kept', warned_at: 'deposit.abandoned' } as const;
  for (const [mark, time] of [
    ['reminded_at', remindAfter],
    ['warned_at', warnAfter],
  ] as const)
    for (const { id, author, organization } of await claimLeftDrafts(context.db, mark, before(time))) {
      const draft = await findDraft(context.db, id);
      const about = draft === null ? '' : (proposedSaid(draft).title ?? draft.file?.name ?? '');
      const to = personOf(author);
      await notify(context, { kind: kinds[mark], params: { about }, link: urls.draft(id), to, organization });
    }
  await abandonLeftDrafts(context.db, new Date(now.getTime() - abandonAfter));
}

/** A program or the person at the machine has no mailbox. */
function personOf(actor: string): readonly string[] {
  const id = personOfActor(actor);
  return id === null ? [] : [id];
}
