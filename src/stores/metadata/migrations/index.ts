// Every migration by name, in order; a released one never changes.
import type { Migrations } from '../migrate.ts';
import { catalogue } from './0001-catalogue.ts';
import { formats } from './0002-formats.ts';
import { people } from './0010-people.ts';
import { mail } from './0011-mail.ts';
import { authors } from './0012-authors.ts';
import { keyEnds } from './0013-key-ends.ts';
import { opening } from './0020-opening.ts';
import { versions } from './0030-versions.ts';
import { desk } from './0040-desk.ts';
import { presented } from './0041-presented.ts';
import { arrivals } from './0050-arrivals.ts';
import { sources } from './0051-sources.ts';
import { face } from './0060-face.ts';
import { harmonisation } from './0070-harmonisation.ts';
import { searchValues } from './0075-search-values.ts';
import { widgets } from './0080-widgets.ts';
import { territorySchemas } from './0083-territory-schemas.ts';
import { duplicates } from './0084-duplicates.ts';
import { stories } from './0085-stories.ts';

export const migrations: Migrations = {
  '0001-catalogue': catalogue,
  '0002-formats': formats,
  '0010-people': people,
  '0011-mail': mail,
  '0012-authors': authors,
  '0013-key-ends': keyEnds,
  '0020-opening': opening,
  '0030-versions': versions,
  '0040-desk': desk,
  '0041-presented': presented,
  '0050-arrivals': arrivals,
  '0051-sources': sources,
  '0060-face': face,
  '0070-harmonisation': harmonisation,
  '0075-search-values': searchValues,
  '0080-widgets': widgets,
  '0083-territory-schemas': territorySchemas,
  '0084-duplicates': duplicates,
  '0085-stories': stories,
};
