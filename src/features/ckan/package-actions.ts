// Actions about packages and their resources: lists, one of them, what changed.
import { TerroirError } from '../../lib/errors.ts';
import { getDataset } from '../catalog/service.ts';
import { flag, integer, mustText, natural } from './given.ts';
import { isOriginalPublic } from './listing.ts';
import { uuidOf } from './names.ts';
import { type Package, packageOf } from './packages.ts';
import type { Action, Asked } from './site.ts';

/** The most packages of one answer. */
const mostPackages = 1000;

export const packageActions = {
  package_list: {
    help: 'Return a list of the names of the site’s datasets (packages).\n\n:param limit: the most names to return\n:param offset: when limit is given, the offset to start from\n:rtype: list of strings',
    async run({ given, packages }) {
      const limit = natural(given, 'limit', null);
      const offset = natural(given, 'offset', 0);
      const names = (await packages()).packages.map(({ name }) => name).toSorted();
      return limit === null ? names.slice(offset) : names.slice(offset, offset + limit);
    },
  },
  package_show: {
    help: 'Return the metadata of a dataset (package) and its resources.\n\n:param id: the id or name of the dataset\n:rtype: dictionary',
    run: async (asked) => findPackage(asked, mustText(asked.given, 'id')),
  },
  current_package_list_with_resources: {
    help: 'Return a list of the site’s datasets (packages) and their resources, sorted most-recently-modified first.\n\n:param limit: the most datasets to return\n:param offset: the offset to start from\n:param page: another name of the page, from 1\n:rtype: list of dictionaries',
    async run({ given, packages }) {
      const limit = Math.min(natural(given, 'limit', mostPackages), mostPackages);
      const page = natural(given, 'page', null);
      const offset = page === null ? natural(given, 'offset', 0) : Math.max(0, page - 1) * limit;
      return (await packages()).packages.slice(offset, offset + limit);
    },
  },
  resource_show: {
    help: 'Return the metadata of a resource.\n\n:param id: the id of the resource\n:rtype: dictionary',
    async run({ given, packages }) {
      const found = (await packages()).resources.get(mustText(given, 'id'));
      if (found === undefined) throw new TerroirError('ckan.notFound', { what: 'Resource' });
      return found.resource;
    },
  },
  recently_changed_packages_activity_list: {
    help: 'Return the activity stream of all recently added or changed packages.\n\n:param offset: where to start\n:param limit: the most activities to return (default 31, at most 100)\n:rtype: list of dictionaries',
    async run({ given, packages }) {
      const limit = Math.min(natural(given, 'limit', 31), 100);
      const offset = natural(given, 'offset', 0);
      return (await packages()).packages.slice(offset, offset + limit).map(activityOf);
    },
  },
  package_autocomplete: {
    help: 'Return a list of datasets (packages) that match a string.\n\n:param q: the string to search for\n:param limit: the most datasets to return (default 10)\n:rtype: list of dictionaries',
    async run({ given, packages }) {
      const q = mustText(given, 'q').toLowerCase();
      const limit = Math.min(Math.max(integer(given, 'limit', 10), 0), 100);
      const found = (await packages()).packages.filter(
        ({ name, title }) => name.includes(q) || title.toLowerCase().includes(q),
      );
      return found.slice(0, limit).map(({ name, title }) => {
        const byName = name.includes(q);
        return {
          name,
          title,
          match_field: byName ? 'name' : 'title',
          match_displayed: byName ? name : `${title} (${name})`,
        };
      });
    },
  },
} as const satisfies Readonly<Record<string, Action>>;

/**
 * A package by its name or UUID. What is in no list (a draft) is looked for in the catalogue, which asks permission.
 * @throws TerroirError ckan.notFound, dataset.unknown, dataset.withdrawn
 */
export async function findPackage({ context, publicUrl, packages }: Asked, id: string): Promise<Package> {
  const { byId, communes } = await packages();
  const known = byId.get(id);
  if (known !== undefined) return known;
  const dataset = await getDataset(context, id);
  return packageOf(dataset, { publicUrl, communes, original: await isOriginalPublic(context, dataset) });
}

function activityOf(one: Package) {
  return {
    id: uuidOf('activity', `${one.name} ${one.metadata_modified}`),
    timestamp: one.metadata_modified,
    user_id: one.owner_org,
    object_id: one.id,
    revision_id: null,
    activity_type: one.metadata_modified === one.metadata_created ? 'new package' : 'changed package',
    data: { actor: one.organization.title, package: one },
  };
}

/** Whether the datasets of a list are asked for. */
export function wantsPackages(asked: Asked): boolean {
  return flag(asked.given, 'include_datasets', false);
}
