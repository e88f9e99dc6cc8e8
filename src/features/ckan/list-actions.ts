// Actions about organizations, groups (themes), tags and licences.
import { TerroirError } from '../../lib/errors.ts';
import type { Organization } from '../../model/dataset.ts';
import { licences, themes } from '../../model/reference.ts';
import { listOrganizations } from '../catalog/service.ts';
import { flag, mustText, natural, text, texts, wrong } from './given.ts';
import { groupName } from './names.ts';
import { wantsPackages } from './package-actions.ts';
import { groupOf, organizationOf, type Package, tagOf } from './packages.ts';
import type { Action, Asked } from './site.ts';

const mostListed = 1000;
/** Of whole dictionaries, as CKAN is set up everywhere. */
const mostWhole = 25;
const mostShown = 1000;

/** Organizations and groups answer the same way: named things with packages. */
type Gathering = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly package_count: number;
};

const listHelp = (what: string) =>
  `Return a list of the names of the site’s ${what}.\n\n:param sort: "name", "title" or "package_count", each with "asc" or "desc" (default "title asc")\n:param limit: the most to return\n:param offset: where to start\n:param ${what}: a list of names: only these\n:param all_fields: return dictionaries instead of names\n:param include_dataset_count: with all_fields, how many datasets each has\n:rtype: list`;

const showHelp = (what: string) =>
  `Return the details of ${what}.\n\n:param id: its id or name\n:param include_datasets: also its datasets, at most ${mostShown}\n:param include_dataset_count: how many it has\n:rtype: dictionary`;

export const listActions = {
  organization_list: {
    help: listHelp('organizations'),
    run: async (asked) => listed(asked, await organizations(asked), 'organizations'),
  },
  group_list: {
    help: listHelp('groups'),
    run: async (asked) => listed(asked, await groups(asked), 'groups'),
  },
  organization_show: {
    help: showHelp('an organization'),
    run: async (asked) =>
      shown(asked, await organizations(asked), 'Organization', ({ organization }) => [organization]),
  },
  group_show: {
    help: showHelp('a group (a theme)'),
    run: async (asked) => shown(asked, await groups(asked), 'Group', (one) => one.groups),
  },
  tag_list: {
    help: 'Return a list of the site’s tags.\n\n:param query: only tags that contain it\n:param vocabulary_id: none here: no tag belongs to a vocabulary\n:param all_fields: return dictionaries instead of names\n:rtype: list',
    async run({ given, packages }) {
      if (text(given, 'vocabulary_id') !== null) throw new TerroirError('ckan.notFound', { what: 'Vocabulary' });
      const query = text(given, 'query')?.toLowerCase() ?? '';
      const names = new Set((await packages()).packages.flatMap(({ tags }) => tags.map(({ name }) => name)));
      const found = [...names].filter((name) => name.toLowerCase().includes(query)).toSorted();
      return flag(given, 'all_fields', false) ? found.map(tagOf) : found;
    },
  },
  tag_show: {
    help: 'Return the details of a tag.\n\n:param id: its id or name\n:param include_datasets: also its datasets\n:rtype: dictionary',
    async run(asked) {
      const id = mustText(asked.given, 'id');
      const { packages } = await asked.packages();
      const tag = packages.flatMap(({ tags }) => tags).find((one) => one.id === id || one.name === id);
      if (tag === undefined) throw new TerroirError('ckan.notFound', { what: 'Tag' });
      if (!wantsPackages(asked)) return tag;
      const tagged = packages.filter(({ tags }) => tags.some(({ name }) => name === tag.name));
      return { ...tag, packages: tagged.slice(0, mostShown) };
    },
  },
  license_list: {
    help: 'Return the list of licenses available for datasets on the site.\n\n:rtype: list of dictionaries',
    run: async () =>
      licences.map(({ id, title, url }) => ({
        id,
        title: title.fr,
        url,
        status: 'active',
        family: '',
        maintainer: '',
        domain_content: false,
        domain_data: true,
        domain_software: false,
        is_generic: false,
        is_okd_compliant: true,
        is_osi_compliant: false,
        od_conformance: 'approved',
        osd_conformance: 'not reviewed',
      })),
  },
} as const satisfies Readonly<Record<string, Action>>;

async function organizations({ context, packages }: Asked) {
  const [all, { packages: known }] = await Promise.all([listOrganizations(context), packages()]);
  const counts = countBy(known, ({ organization }) => [organization.name]);
  return all.map((organization: Organization) => ({
    ...organizationOf(organization),
    display_name: organization.name,
    image_display_url: '',
    created: null,
    num_followers: 0,
    package_count: counts.get(organization.slug) ?? 0,
  }));
}

async function groups({ packages }: Asked) {
  const counts = countBy((await packages()).packages, (one) => one.groups.map(({ name }) => name));
  return themes.map((theme) => ({
    ...groupOf(theme),
    type: 'group',
    image_url: '',
    is_organization: false,
    approval_status: 'approved',
    state: 'active',
    created: null,
    num_followers: 0,
    package_count: counts.get(groupName(theme.id)) ?? 0,
  }));
}

function countBy(
  packages: readonly Package[],
  namesOf: (one: Package) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of packages.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** @throws TerroirError ckan.field */
function listed({ given }: Asked, all: readonly Gathering[], names: 'organizations' | 'groups'): unknown {
  const order = orderOf(text(given, 'sort') ?? text(given, 'order_by') ?? 'title asc');
  const whole = flag(given, 'all_fields', false);
  const most = whole ? mostWhole : mostListed;
  const limit = Math.min(natural(given, 'limit', most), most);
  const offset = natural(given, 'offset', 0);
  const wanted = texts(given, names, { separated: true });
  const found = all
    .filter(({ id, name }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(id))
    .toSorted(order)
    .slice(offset, offset + limit);
  if (!whole) return found.map(({ name }) => name);
  if (flag(given, 'include_dataset_count', true)) return found;
  return found.map(({ package_count: _count, ...rest }) => rest);
}

/** @throws TerroirError ckan.field */
function orderOf(sort: string): (a: Gathering, b: Gathering) => number {
  const [, name = '', way] = /^\s*(name|title|package_count|packages)(?:\s+(asc|desc))?\s*$/i.exec(sort) ?? [];
  const field = name.toLowerCase();
  if (field === '') throw wrong('sort', 'Cannot sort by this field');
  const counted = field.startsWith('package');
  // What is counted is read from the largest, unless told otherwise.
  const sign = (way?.toLowerCase() ?? (counted ? 'desc' : 'asc')) === 'desc' ? -1 : 1;
  const byText = (a: string, b: string) => a.localeCompare(b, 'fr');
  return (a, b) => {
    if (counted) return sign * (a.package_count - b.package_count) || byText(a.title, b.title);
    return sign * (field === 'name' ? byText(a.name, b.name) : byText(a.title, b.title));
  };
}

/** @throws TerroirError ckan.field, ckan.notFound */
async function shown(
  asked: Asked,
  all: readonly Gathering[],
  what: string,
  of: (one: Package) => readonly { readonly name: string }[],
): Promise<unknown> {
  const id = mustText(asked.given, 'id');
  const found = all.find((one) => one.id === id || one.name === id);
  if (found === undefined) throw new TerroirError('ckan.notFound', { what });
  const { packages } = await asked.packages();
  const own = packages.filter((one) => of(one).some(({ name }) => name === found.name));
  const { package_count, ...rest } = found;
  return {
    ...rest,
    ...(flag(asked.given, 'include_dataset_count', true) && { package_count }),
    ...(wantsPackages(asked) && { packages: own.slice(0, mostShown) }),
    users: [],
    tags: [],
    groups: [],
    extras: [],
  };
}
