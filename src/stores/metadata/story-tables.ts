// The table of stories, as queries see it; made by migrations/0085-stories.ts.
import type { Generated } from 'kysely';
import type { DatasetState } from '../../model/dataset.ts';

export type StoryTable = {
  slug: string;
  kind: 'story' | 'answer';
  organization: string | null;
  title: string;
  lead: string;
  body: string;
  datasets: readonly string[];
  commune: string | null;
  state: DatasetState;
  state_reason: string | null;
  demo: Generated<boolean>;
  version: Generated<number>;
  words: string;
  created_by: string;
  created_at: Date;
  changed_by: string;
  changed_at: Date;
  published_at: Date | null;
};

export type StoryTables = { readonly story: StoryTable };
