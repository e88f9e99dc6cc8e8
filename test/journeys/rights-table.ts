// Who may use each address, written by hand. A new address that writes, or that is not for everybody, gets a line here.

/** Whoever may come: nobody known, a person without a role, each role, each scope of a key. */
export const everybody = [
  'anyone',
  'person',
  'pilot',
  'deputy',
  'editor',
  'depositor',
  'reader',
  'pilotElsewhere',
  'steward',
  'legalOfficer',
  'accessOfficer',
  'facilitator',
  'moderator',
  'operator',
  'federationPeer',
  'keyRead',
  'keyDeposit',
  'keyPublish',
  'keyElsewhere',
] as const;
export type Who = (typeof everybody)[number];

export type Line = {
  /** Who is let in; all others are refused. */
  readonly allow: readonly Who[];
  /** Values of the address beside those that the test makes: {draft}, {handover} … are filled in. */
  readonly at?: Readonly<Record<string, string>>;
  /** What is not told to exist is 404 for whoever may not know. */
  readonly refusal?: 404;
  /** A status that refuses elsewhere, and here answers those who are let in: a password that is wrong. */
  readonly answers?: 401;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the form says, where it must say something to be looked at. */
  readonly form?: string;
};

const persons = everybody.filter((who) => who !== 'anyone' && !who.startsWith('key'));
const leaders = ['pilot', 'deputy'] as const;
const editors = [...leaders, 'editor'] as const;
const insiders = [...editors, 'depositor', 'reader'] as const;
const caring = ['steward', 'operator'] as const;
const keys = ['keyRead', 'keyDeposit', 'keyPublish'] as const;
const everyone: Line = { allow: everybody };

/** Addresses that only read, for everybody: whatever begins so, unless a line below says otherwise. */
export const publicReads: readonly string[] = [
  '/',
  '/.well-known/',
  '/accessibilite',
  '/api',
  '/api/v1/datasets',
  '/assets/',
  '/communes',
  '/datasets',
  '/datastore/dump/',
  '/datasets.atom',
  '/dechets',
  '/demo',
  '/design',
  '/elements',
  '/embed/waste',
  '/explore',
  '/harmonisation',
  '/health',
  '/mcp',
  '/oembed',
  '/opensearch.xml',
  '/ogc',
  '/organizations',
  '/page/',
  '/pages/',
  '/publish',
  '/robots.txt',
  '/schemas',
  '/search',
  '/share.png',
  '/sitemap.xml',
  '/sitemaps/',
  '/stories',
  '/stories.atom',
  '/suggestions',
  '/themes',
  '/tiles',
  '/widgets',
];

const nothing = { id: 'rien', dataset: 'rien' };
const draft = { at: { id: '{draft}' }, refusal: 404 } as const;
const tus = { 'tus-resumable': '1.0.0' };
/** An upload that the pilot began: nobody else goes on with it. */
const upload = { at: { id: '{upload}' }, refusal: 404, allow: ['pilot'] } as const;
const piece = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
/** For the organization ville-de-tours, in base64 as the protocol wants it. */
export const beginUpload = {
  ...tus,
  'upload-length': '5',
  'upload-metadata': `organization ${btoa('ville-de-tours')},filename ${btoa('a.csv')}`,
};

const workers = [...editors, 'keyDeposit', 'keyPublish'] as const;
const readers = [...editors, 'reader', 'steward', 'legalOfficer', ...keys] as const;
/** A draft made by the pilot: a depositor works on their own alone. It is empty: what it lacks is said to whoever works on it. */
const draftParts: Readonly<Record<string, Line>> = Object.fromEntries(
  [
    'document',
    'table',
    'schema',
    'correct',
    'replay',
    'undo',
    'rights',
    'abandon',
    'publish',
    'present',
    'terms',
    'file',
    'paste',
    'link',
  ].map((part) => [`POST /desk/drafts/:id/${part}`, { allow: workers, ...draft }]),
);

/** « METHOD address », and « METHOD address #case » where the same address is not the same for all it shows. */
export const table: Readonly<Record<string, Line>> = {
  // A draft is its producer's, and of those who look after the territory's law.
  'GET /datasets/:id #draft': {
    at: { id: 'brouillon' },
    allow: [...editors, 'reader', 'steward', 'legalOfficer', ...keys],
    refusal: 404,
  },
  // What was set aside and what was corrected quote what is not published.
  'GET /datasets/:id/versions/:number/set-aside': {
    allow: [...editors, 'reader', 'steward', 'legalOfficer', ...keys],
  },
  'GET /datasets/:id/versions/:number/corrected': {
    allow: [...editors, 'reader', 'steward', 'legalOfficer', ...keys],
  },

  // Coming in and going out
  'GET /sign-in': everyone,
  'POST /sign-in': everyone,
  'GET /sign-in/sent': everyone,
  'GET /sign-in/link': everyone,
  'POST /sign-in/link': everyone,
  'POST /sign-in/password': { ...everyone, answers: 401 },
  'GET /sign-in/provider': everyone,
  'GET /sign-in/administrator': everyone,
  'POST /sign-in/administrator': everyone,
  'POST /sign-in/demo': everyone,
  'POST /sign-out': everyone,
  'GET /api/auth/passkey/generate-register-options': { allow: persons },
  'POST /api/auth/passkey/verify-registration': { allow: persons },
  'GET /api/auth/passkey/generate-authenticate-options': everyone,
  'POST /api/auth/passkey/verify-authentication': everyone,
  'GET /api/auth/callback/oidc': everyone,
  'GET /unsubscribe': everyone,
  'POST /unsubscribe': everyone,
  // A signed address is the permission; without it, a refusal that tells so.
  'GET /unchanged': everyone,
  'POST /unchanged': everyone,
  'GET /mails': everyone,
  'GET /mails/:id': everyone,

  // One's own account
  'GET /account': { allow: persons },
  'POST /account/profile': { allow: persons },
  'POST /account/sessions': { allow: persons },
  'POST /account/passkeys': { allow: persons },
  'POST /account/requests': { allow: persons },
  'POST /account/password': { allow: persons },
  'POST /account/password-removal': { allow: persons },
  'POST /account/removal': { allow: persons },
  'GET /account/provider': { allow: persons },

  // How an organization and the territory look
  'GET /organizations/:slug/face': { allow: [...leaders, 'steward'] },
  'POST /organizations/:slug/face': { allow: [...leaders, 'steward'] },
  'GET /territory/face': { allow: caring },
  'POST /territory/face': { allow: caring },
  'GET /territory/logo': everyone,
  'GET /territory/photo': everyone,
  'GET /territory/colours.css': everyone,

  // Widgets on an organization's site
  'POST /widgets/:name': {
    at: { name: 'table' },
    allow: [...editors, 'depositor'],
    form: 'organization=ville-de-tours&dataset=velos',
  },
  'GET /organizations/:slug/widgets': { allow: [...insiders, 'steward'] },
  'GET /organizations/:slug/widgets/:key': { allow: [...insiders, 'steward'] },
  'POST /organizations/:slug/widgets/:key/hosts': { allow: [...editors, 'depositor'] },
  'POST /organizations/:slug/widgets/:key/retire': { allow: [...editors, 'depositor'] },

  // The people of an organization
  'GET /organizations/:slug/people': { allow: [...insiders, ...caring] },
  'POST /organizations/:slug/people/invite': { allow: [...leaders, ...caring] },
  'POST /organizations/:slug/people/close': { allow: [...leaders, ...caring] },
  'POST /organizations/:slug/people/accept': { allow: [...leaders, ...caring] },
  'POST /organizations/:slug/people/renew': { allow: [...leaders, ...caring] },
  'POST /organizations/:slug/people/remove': { allow: [...leaders, ...caring] },
  'POST /organizations/:slug/people/settings': { allow: [...leaders, 'steward'] },
  'POST /organizations/:slug/people/membership': { allow: caring },
  'POST /organizations/:slug/people/leave': { allow: persons },
  'GET /organizations/:slug/handovers/:id': { at: { id: '{handover}' }, allow: [...editors, 'steward'] },
  'GET /organizations/:slug/keys': { allow: editors },
  'POST /organizations/:slug/keys': { allow: editors },
  'POST /organizations/:slug/keys/revoke': { allow: editors },
  'GET /organizations/:slug/join': { allow: persons },
  'POST /organizations/:slug/join': { allow: persons },
  'GET /invitations/:token': everyone,
  'POST /invitations/:token': everyone,
  'POST /invitations/:token/refuse': everyone,

  // The roles across organizations
  'GET /territory/people': { allow: caring },
  'POST /territory/people/give': { allow: caring },
  'POST /territory/people/renew': { allow: caring },
  'POST /territory/people/end': { allow: caring },

  // The legal officer's desk
  'GET /desk/legal': { allow: ['legalOfficer'] },
  'GET /desk/legal/register': { allow: ['legalOfficer'] },
  'GET /desk/legal/register.csv': { allow: ['legalOfficer'] },
  'GET /desk/legal/:id': { at: { id: '{review}' }, allow: ['legalOfficer'] },
  'POST /desk/legal/:id/column': { at: { id: '{review}' }, allow: ['legalOfficer'] },
  'POST /desk/legal/:id/decide': { at: { id: '{review}' }, allow: ['legalOfficer'] },
  'POST /desk/legal/:id/return': { at: { id: '{review}' }, allow: ['legalOfficer'] },

  // Files on their way
  'POST /uploads': { allow: [...editors, 'depositor', 'keyDeposit', 'keyPublish'], headers: beginUpload },
  'GET /uploads/:id': { ...upload, headers: tus },
  'PATCH /uploads/:id': { ...upload, headers: piece },
  'POST /uploads/:id': { ...upload, headers: { ...piece, 'x-http-method-override': 'PATCH' } },
  'DELETE /uploads/:id': { ...upload, headers: tus },

  // A script puts a dataset's next file.
  'PUT /api/v1/datasets/:id/file': { allow: [...editors, 'keyDeposit', 'keyPublish'] },

  // CKAN's actions: its programs post what they ask; every action only reads.
  'POST /api/3/action/:name': everyone,
  'POST /api/action/:name': everyone,

  // Chat clients post what they ask; every tool only reads, as anyone.
  'POST /mcp': { ...everyone, headers: { 'content-type': 'application/json' } },
  'DELETE /mcp': everyone,

  // Opendatasoft’s first search interface: long questions are posted; nothing is written.
  'POST /api/records/1.0/search': everyone,
  'POST /api/records/1.0/analyze': everyone,
  'POST /api/records/1.0/download': everyone,
  'POST /api/records/1.0/geocluster': everyone,
  'POST /api/records/1.0/geopreview': everyone,
  'POST /api/records/1.0/geopolygon': everyone,
  'POST /api/records/1.0/boundingbox': everyone,
  'POST /api/datasets/1.0/search': everyone,

  // What comes by itself
  'GET /desk/datasets/:id/source': { allow: editors },
  'POST /desk/datasets/:id/source': { allow: editors },
  'POST /desk/datasets/:id/source/run': { allow: editors },
  'POST /desk/datasets/:id/source/pause': { allow: editors },
  'POST /desk/datasets/:id/source/resume': { allow: editors },
  'POST /desk/datasets/:id/source/remove': { allow: editors },
  'GET /api/v1/datasets/:id/source': { allow: editors },
  'PUT /api/v1/datasets/:id/source': { allow: editors },
  'DELETE /api/v1/datasets/:id/source': { allow: editors },
  'POST /api/v1/datasets/:id/source/run': { allow: editors },

  // Schemas of the territory: none is on its way here.
  'GET /schemas/new': { allow: ['steward'] },
  'POST /schemas/new': { allow: ['steward'] },
  'GET /schemas/:name/edit': { allow: ['steward'] },
  'POST /schemas/:name/edit': { allow: ['steward'] },
  'POST /schemas/:name/window': { allow: ['steward'] },
  'POST /schemas/:name/decision': { allow: ['steward'] },
  'POST /schemas/:name/publish': { allow: ['steward'] },
  'POST /schemas/:name/abandon': { allow: ['steward'] },
  'POST /schemas/:name/comments': { allow: persons },

  // Stories: one of the organization's, published.
  'GET /stories/new': { allow: [...editors, 'pilotElsewhere', 'steward'] },
  'POST /stories/new': { allow: [...editors, 'steward'], form: 'organization=ville-de-tours' },
  'GET /stories/:slug': { allow: everybody, at: { slug: '{story}' } },
  'GET /stories/:slug/edit': { allow: [...editors, 'steward'], at: { slug: '{story}' } },
  'POST /stories/:slug/edit': {
    allow: [...editors, 'steward'],
    at: { slug: '{story}' },
    form: 'organization=ville-de-tours',
  },
  'POST /stories/:slug/publish': { allow: [...editors, 'steward'], at: { slug: '{story}' } },
  'POST /stories/:slug/withdraw': { allow: [...editors, 'steward'], at: { slug: '{story}' } },
  'POST /stories/:slug/discard': { allow: [...editors, 'steward'], at: { slug: '{story}' } },

  // Shared tables: none is founded here, so that nobody finds one.
  'GET /harmonisation/:id/sources/:dataset': { at: nothing, refusal: 404, allow: [] },
  'GET /harmonisation/:id/sources/:dataset/rejected.csv': { at: nothing, refusal: 404, allow: [] },
  'POST /harmonisation/:id/sources': { at: nothing, refusal: 404, allow: [] },
  'POST /harmonisation/:id/duplicates': { at: nothing, refusal: 404, allow: [] },
  'POST /harmonisation/:id/schema': { at: nothing, refusal: 404, allow: [] },
  'POST /harmonisation/:id/sources/:dataset': { at: nothing, refusal: 404, allow: [] },

  // The deposit desk
  'GET /desk': { allow: [...persons, ...keys, 'keyElsewhere'] },
  'POST /desk/drafts': { allow: [...editors, 'depositor', 'keyDeposit', 'keyPublish'] },
  'POST /desk/datasets/:id/verify': { allow: [...editors, 'keyDeposit', 'keyPublish'] },
  'POST /desk/datasets/:id/versions/:number': { allow: leaders },
  'GET /desk/drafts/:id': { ...draft, allow: readers },
  'GET /desk/drafts/:id/:stage': { at: { id: '{draft}', stage: 'what' }, refusal: 404, allow: readers },
  'GET /desk/drafts/:id/corrected': { ...draft, allow: readers },
  // A question that came by the command line belongs to no draft: it leads nobody to one.
  'GET /desk/reviews/:id': { at: { id: '{review}' }, refusal: 404, allow: [] },
  'POST /desk/drafts/:id/what': { ...draft, allow: workers, form: 'kind=grants' },
  'POST /desk/drafts/:id/ask': { ...draft, allow: workers },
  ...draftParts,
};
