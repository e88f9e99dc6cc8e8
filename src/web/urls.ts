// Every address of the platform is built here: they never change, and never die.

const part = encodeURIComponent;

/** Adds query parameters in a stable order; empty ones are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | readonly string[] | null | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== '') parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

export const urls = {
  home: () => '/',
  catalog: () => '/datasets',
  dataset: (id: string) => `/datasets/${part(id)}`,
  /** The rows of the page, by the page's own filters. */
  pageFile: (id: string, format: string) => `/datasets/${part(id)}.${format}`,
  original: (id: string) => `/datasets/${part(id)}/original`,
  chart: (id: string) => `/datasets/${part(id)}/chart`,
  chartPicture: (id: string) => `/datasets/${part(id)}/chart.svg`,
  places: (id: string) => `/datasets/${part(id)}/places.json`,
  elements: () => '/elements',
  element: (name: string) => `/elements/${part(name)}.js`,
  versions: (id: string) => `/datasets/${part(id)}/versions`,
  version: (id: string, version: number) => `/datasets/${part(id)}/versions/${version}`,
  setAside: (id: string, version: number) => `/datasets/${part(id)}/versions/${version}/set-aside`,
  corrected: (id: string, version: number) => `/datasets/${part(id)}/versions/${version}/corrected`,
  versionOriginal: (id: string, version: number) => `/datasets/${part(id)}/versions/${version}/original`,
  organizations: () => '/organizations',
  organization: (slug: string) => `/organizations/${part(slug)}`,
  /** The form of an organization's look and contact; of the territory's when it has no slug. */
  face: (owner: string) => (owner === '' ? '/territory/face' : `/organizations/${part(owner)}/face`),
  /** The picture or the colours of an organization; of the territory when it has no slug. Kept for ever under their revision. */
  facePicture: (owner: string, kind: 'logo' | 'photo' | 'colours.css', revision: number) =>
    owner === '' ? `/territory/${kind}?v=${revision}` : `/organizations/${part(owner)}/${kind}?v=${revision}`,
  harmonisation: () => '/harmonisation',
  consolidation: (id: string) => `/harmonisation/${part(id)}`,
  contribution: (id: string, dataset: string) => `/harmonisation/${part(id)}/sources/${part(dataset)}`,
  rejected: (id: string, dataset: string) => `/harmonisation/${part(id)}/sources/${part(dataset)}/rejected.csv`,
  duplicates: (id: string) => `/harmonisation/${part(id)}/duplicates`,
  /** The rows that were set aside because another one is the same thing. */
  duplicateRows: (id: string) => `/harmonisation/${part(id)}/duplicates.csv`,
  mutualisation: (slug: string) => `/organizations/${part(slug)}/mutualisation`,
  consolidationSchema: (id: string) => `/harmonisation/${part(id)}/schema`,
  contributions: (id: string) => `/harmonisation/${part(id)}/sources`,
  waste: () => '/dechets',
  wasteOf: (sector: string) => `/dechets/${part(sector)}`,
  wasteYear: (sector: string, year: number) => `/dechets/${part(sector)}/${year}`,
  wasteFrame: () => '/embed/waste',
  wasteFeed: (sector: string) => `/api/v1/waste/sectors/${part(sector)}/collections.rss`,
  wasteAgenda: (sector: string) => `/api/v1/waste/sectors/${part(sector)}/calendar.ics`,
  /** The gallery, and the studio where one is configured. */
  widgets: () => '/widgets',
  widget: (name: string) => `/widgets/${part(name)}`,
  /** Pasted into the pages of a content management system. */
  widgetBench: (name: string) => `/widgets/bench/${part(name)}`,
  widgetBenches: () => '/widgets/bench',
  organizationWidgets: (slug: string) => `/organizations/${part(slug)}/widgets`,
  organizationWidget: (slug: string, key: string) => `/organizations/${part(slug)}/widgets/${part(key)}`,
  organizationWidgetAct: (slug: string, key: string, act: 'hosts' | 'retire') =>
    `/organizations/${part(slug)}/widgets/${part(key)}/${act}`,
  demoTownHall: () => '/demo/mairie',
  communes: () => '/communes',
  compareCommunes: () => '/communes/compare',
  commune: (insee: string) => `/communes/${part(insee)}`,
  legalQueue: () => '/desk/legal',
  legalReview: (id: string) => `/desk/legal/${part(id)}`,
  legalColumn: (id: string) => `/desk/legal/${part(id)}/column`,
  legalDecide: (id: string) => `/desk/legal/${part(id)}/decide`,
  legalReturn: (id: string) => `/desk/legal/${part(id)}/return`,
  legalRegister: () => '/desk/legal/register',
  legalRegisterCsv: () => '/desk/legal/register.csv',
  signIn: () => '/sign-in',
  signInSent: () => '/sign-in/sent',
  signInLink: () => '/sign-in/link',
  signInPassword: () => '/sign-in/password',
  signInProvider: () => '/sign-in/provider',
  signInAdministrator: () => '/sign-in/administrator',
  signInDemo: () => '/sign-in/demo',
  signOut: () => '/sign-out',
  account: () => '/account',
  accountPart: (part: string) => `/account/${part}`,
  invitation: (token: string) => `/invitations/${part(token)}`,
  unsubscribe: () => '/unsubscribe',
  members: (slug: string) => `/organizations/${part(slug)}/people`,
  keys: (slug: string) => `/organizations/${part(slug)}/keys`,
  joinOrganization: (slug: string) => `/organizations/${part(slug)}/join`,
  handover: (slug: string, id: string) => `/organizations/${part(slug)}/handovers/${part(id)}`,
  territoryPeople: () => '/territory/people',
  mails: () => '/mails',
  mail: (name: string) => `/mails/${part(name)}`,
  desk: () => '/desk',
  drafts: () => '/desk/drafts',
  draft: (id: string) => `/desk/drafts/${part(id)}`,
  draftPart: (id: string, name: string) => `/desk/drafts/${part(id)}/${part(name)}`,
  draftOfReview: (id: string) => `/desk/reviews/${part(id)}`,
  verify: (id: string) => `/desk/datasets/${part(id)}/verify`,
  reading: (id: string, version: number) => `/desk/datasets/${part(id)}/versions/${version}`,
  source: (id: string) => `/desk/datasets/${part(id)}/source`,
  unchanged: () => '/unchanged',
  uploads: () => '/uploads',
  /** `:name` stays as it is: the router reads it. */
  ckanDump: (id: string) => (id === ':id' ? '/datastore/dump/:id' : `/datastore/dump/${part(id)}`),
  ckanAction: (name: string) => (name === ':name' ? '/api/3/action/:name' : `/api/3/action/${part(name)}`),
  /** `:id` stays as it is: the router reads it. */
  upload: (id: string) => (id === ':id' ? '/uploads/:id' : `/uploads/${part(id)}`),
  schemas: () => '/schemas',
  schema: (name: string) => `/schemas/${part(name)}`,
  newSchema: () => '/schemas/new',
  /** A version, for ever: what it says once published does not change. */
  schemaVersion: (name: string, version: string) => `/schemas/${part(name)}/${part(version)}`,
  schemaEdit: (name: string) => `/schemas/${part(name)}/edit`,
  /** What is done of the version on its way: window, decision, publish, abandon, comments. */
  schemaAct: (name: string, act: string) => `/schemas/${part(name)}/${part(act)}`,
  schemaTemplate: (name: string, format: string) => `/schemas/${part(name)}/template.${format}`,
  stories: () => '/stories',
  story: (slug: string) => `/stories/${part(slug)}`,
  newStory: () => '/stories/new',
  storyEdit: (slug: string) => `/stories/${part(slug)}/edit`,
  storyAct: (slug: string, act: 'publish' | 'withdraw' | 'discard') => `/stories/${part(slug)}/${act}`,
  storiesFeed: () => '/stories.atom',
  publish: () => '/publish',
  design: () => '/design',
  accessibility: () => '/accessibilite',
  apiDatasets: () => '/api/v1/datasets',
  apiDataset: (id: string) => `/api/v1/datasets/${part(id)}`,
  apiRecords: (id: string) => `/api/v1/datasets/${part(id)}/records`,
  apiAggregates: (id: string) => `/api/v1/datasets/${part(id)}/aggregates`,
  apiExport: (id: string, format: string) => `/api/v1/datasets/${part(id)}/export.${format}`,
  apiOpenapi: (id: string) => `/api/v1/datasets/${part(id)}/openapi.json`,
  apiCitation: (id: string, version: number) => `/api/v1/datasets/${part(id)}/versions/${version}/citation`,
  datasetFile: (id: string) => `/api/v1/datasets/${part(id)}/file`,
  api: () => '/api',
  openapi: () => '/api/openapi.json',
  mcp: () => '/mcp',
  exploreDataset: (id: string) => `/api/explore/v2.1/catalog/datasets/${part(id)}`,
  records: (id: string) => `${urls.exploreDataset(id)}/records`,
  export: (id: string, format: string) => `${urls.exploreDataset(id)}/exports/${format}`,
  asset: (name: string) => `/assets/${name}`,
  feed: () => '/datasets.atom',
  organizationFeed: (slug: string) => `/organizations/${part(slug)}/datasets.atom`,
  communeFeed: (insee: string) => `/communes/${part(insee)}/datasets.atom`,
  versionsFeed: (id: string) => `/datasets/${part(id)}/versions.atom`,
  sitemap: () => '/sitemap.xml',
  sitemapPart: (name: string) => `/sitemaps/${part(name)}.xml`,
  openSearch: () => '/opensearch.xml',
  suggestions: () => '/suggestions',
  oembed: () => '/oembed',
  embed: (id: string) => `/datasets/${part(id)}/embed`,
  sharePicture: () => '/share.png',
  /** Kept for ever under its revision: what it shows changes with the data, and with what is said of it. */
  datasetPicture: (id: string, revision: string, lang: string) =>
    `/datasets/${part(id)}/share.png?lang=${lang}&v=${revision}`,
  communePicture: (insee: string, lang: string) => `/communes/${part(insee)}/share.png?lang=${lang}`,
  organizationPicture: (slug: string, lang: string) => `/organizations/${part(slug)}/share.png?lang=${lang}`,
} as const;

/** The address of a page's data. */
export function twinOf(path: string): string {
  return path === '/' ? '/index.json' : `${path}.json`;
}
