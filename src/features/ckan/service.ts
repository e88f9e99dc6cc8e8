// The verb of the room: one action of CKAN's, by its name. All of them only read.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { getTerritory } from '../catalog/service.ts';
import { datastoreActions } from './datastore-actions.ts';
import { type Dump, dumpRows } from './dump.ts';
import { type Given, mustText } from './given.ts';
import { listActions } from './list-actions.ts';
import { packageActions } from './package-actions.ts';
import { searchActions } from './search-action.ts';
import { type Action, asked } from './site.ts';

/** The version of CKAN whose words are spoken: programs look at it. */
const ckanVersion = '2.10.4';

const siteActions = {
  status_show: {
    help: 'Return a dictionary with information about the site’s configuration.\n\n:rtype: dictionary',
    run: async ({ publicUrl, title }) => ({
      ckan_version: ckanVersion,
      site_url: publicUrl,
      site_title: title,
      site_description: '',
      error_emails_to: null,
      locale_default: 'fr',
      extensions: ['datastore'],
    }),
  },
  site_read: { help: 'Return True.\n\n:rtype: bool', run: async () => true },
  help_show: {
    help: 'Return the help string for a particular API action.\n\n:param name: the name of the action\n:rtype: string',
    async run({ given }) {
      const action = actionNamed(mustText(given, 'name'));
      if (action === null) throw new TerroirError('ckan.notFound', { what: 'Action function' });
      return action.help;
    },
  },
} as const satisfies Readonly<Record<string, Action>>;

const actions: Readonly<Record<string, Action>> = {
  ...siteActions,
  ...packageActions,
  ...searchActions,
  ...listActions,
  ...datastoreActions,
};

/** The names of the actions, for the description of the API. */
export const actionNames: readonly string[] = Object.keys(actions).toSorted();

function actionNamed(name: string): Action | null {
  return (Object.hasOwn(actions, name) ? actions[name] : undefined) ?? null;
}

/**
 * The `result` of an action, for what the asker may see: drafts are in no list, and unknown to whoever may not read them.
 * @throws TerroirError ckan.*, dataset.*, query.*, engine.*, permission.denied
 */
export async function runAction(
  context: Context,
  name: string,
  given: Given,
  { publicUrl }: { readonly publicUrl: string },
): Promise<unknown> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const action = actionNamed(name);
  if (action === null) throw new TerroirError('ckan.actionUnknown', { name: name.slice(0, 100) });
  const territory = await getTerritory(context);
  return action.run(asked(context, given, { publicUrl, title: territory?.name ?? 'Terroir' }));
}

/** All the rows of a resource as a file. @throws TerroirError ckan.*, dataset.*, query.*, engine.*, permission.denied */
export async function dumpResource(context: Context, given: Given, publicUrl: string): Promise<Dump> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return dumpRows(asked(context, given, { publicUrl, title: '' }));
}
