// What enters and leaves the room of stories: the story itself, what its writer fills in, what a live block shows.
import type { ChartData, ChartSpec } from '../../model/chart/spec.ts';
import type { Dataset, DatasetState, Version } from '../../model/dataset.ts';
import type { Field } from '../../model/field.ts';

export const storyKinds = ['story', 'answer'] as const;
export type StoryKind = (typeof storyKinds)[number];

/** What the writer fills in. */
export type StoryInput = {
  readonly kind: StoryKind;
  /** The slug of the organization whose words these are; null for the territory's. */
  readonly organization: string | null;
  readonly title: string;
  /** An answer's short answer; what a story says, in one or two sentences. */
  readonly lead: string;
  /** Markdown. */
  readonly body: string;
  /** Identifiers of the datasets that it is about. */
  readonly datasets: readonly string[];
  /** The INSEE code of a commune. */
  readonly commune: string | null;
};

export type StoryListed = {
  readonly slug: string;
  readonly kind: StoryKind;
  readonly organization: { readonly slug: string; readonly name: string } | null;
  readonly title: string;
  readonly lead: string;
  readonly commune: string | null;
  readonly state: DatasetState;
  readonly demo: boolean;
  readonly changedAt: Date;
  readonly publishedAt: Date | null;
};

export type Story = StoryListed & {
  readonly body: string;
  readonly datasets: readonly string[];
  readonly stateReason: string | null;
  /** Goes up by one at each writing. */
  readonly version: number;
};

export const liveNames = ['chart', 'map', 'figure', 'table'] as const;
export type LiveName = (typeof liveNames)[number];

/** What a live block asks for, in the explorer's own words. */
export type LiveAsk = {
  readonly view: LiveName;
  readonly dataset: string;
  /** As the explorer's address says it. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The writer's own title. */
  readonly title: string | null;
  /** What a figure counts: « € », « arbres ». */
  readonly unit: string | null;
};

/** Why a block shows a sentence instead of data; `values` go into the sentence for its writer. */
export type LiveProblem = {
  readonly code:
    | 'empty'
    | 'foreign'
    | 'notExplorer'
    | 'unreadable'
    | 'datasetUnknown'
    | 'datasetWithdrawn'
    | 'column'
    | 'noChart'
    | 'noPlaces'
    | 'noRows'
    | 'notANumber'
    | 'filter'
    | 'nested'
    | 'tooMany'
    | 'trouble';
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
};

export type Source = { readonly dataset: Dataset; readonly version: Version; readonly href: string };

export type StoryPlaces = {
  readonly points: readonly { readonly lon: number; readonly lat: number; readonly label: string | null }[];
  readonly placed: number;
};

export type LiveView =
  | { readonly kind: 'chart'; readonly source: Source; readonly spec: ChartSpec; readonly data: ChartData }
  | { readonly kind: 'map'; readonly source: Source; readonly places: StoryPlaces; readonly data: string }
  | {
      readonly kind: 'figure';
      readonly source: Source;
      readonly value: number;
      readonly spec: Pick<ChartSpec, 'y' | 'aggregate'>;
    }
  | {
      readonly kind: 'table';
      readonly source: Source;
      readonly fields: readonly Field[];
      readonly rows: readonly Readonly<Record<string, unknown>>[];
      readonly total: number;
    }
  | { readonly kind: 'absent'; readonly problem: LiveProblem };

/** One piece of a story's text, in its order. */
export type StoryPart =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'live'; readonly name: LiveName; readonly line: number; readonly ask: LiveAsk | LiveProblem };

/** What the writer is told about a line of the text. */
export type Hint = {
  readonly line: number;
  readonly code: 'image' | 'imageText' | LiveProblem['code'];
  readonly values: Readonly<Record<string, string>>;
};

export type ReadText = { readonly parts: readonly StoryPart[]; readonly hints: readonly Hint[] };

export type ShownPart =
  | { readonly kind: 'html'; readonly html: string }
  | {
      readonly kind: 'live';
      readonly id: string;
      readonly title: string | null;
      readonly unit: string | null;
      readonly view: LiveView;
    };

/** A text with its live blocks read. */
export type ShownText = { readonly parts: readonly ShownPart[]; readonly hints: readonly Hint[] };

/** What other pages list: the address and the words. */
export type StoryLink = Pick<StoryListed, 'slug' | 'title' | 'lead' | 'demo'>;
