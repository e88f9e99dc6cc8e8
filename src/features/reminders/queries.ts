// Which datasets passed their date, and when their people were last reminded.
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { reminderDays } from './rules.ts';

export type DueDataset = {
  readonly id: string;
  readonly title: string;
  readonly organization: string;
  readonly author: string | null;
  readonly dueAt: Date;
  readonly overdue: boolean;
};

/**
 * Takes the published datasets that passed their date and may be reminded of, and notes that they are: two processes never
 * take the same. What updates itself, and the demonstration's own data, remind nobody.
 */
export async function claimDue(db: Metadata, now: Date, limit: number): Promise<readonly DueDataset[]> {
  const { first, later, firstOnes } = reminderDays;
  const { rows } = await sql<DueDataset>`
    with due as (
      select d.id, d.due_at from dataset as d
      left join link_source as s on s.dataset_id = d.id and not s.paused and s.failures = 0
      left join reminder as r on r.dataset_id = d.id
      where d.state = 'published' and not d.demo and d.due_at <= ${now} and s.dataset_id is null
        and (r.dataset_id is null
          or r.sent_at <= ${now}::timestamptz - make_interval(days => case when r.count < ${firstOnes} then ${first}::int else ${later}::int end))
      order by d.due_at limit ${limit}
    ), taken as (
      insert into reminder as r (dataset_id, due_at, sent_at, count)
      select id, due_at, ${now}, 1 from due
      on conflict (dataset_id) do update set
        count = case when r.due_at = excluded.due_at then r.count + 1 else 1 end,
        due_at = excluded.due_at, sent_at = excluded.sent_at
      where r.sent_at <= ${now}::timestamptz - make_interval(days => ${first}::int)
      returning dataset_id
    )
    select d.id, d.title, d.organization, d.author, d.due_at as "dueAt",
      d.overdue_at is not null and d.overdue_at <= ${now} as overdue
    from dataset as d join taken on taken.dataset_id = d.id order by d.due_at, d.id`.execute(db);
  return rows;
}
