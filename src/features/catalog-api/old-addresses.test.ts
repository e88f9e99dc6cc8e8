// The addresses of reuses of data.tours-metropole.fr, as they stand in public code, and what they lead to.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testVersion } from '../../../test/catalogue.ts';
import { oldAddressRoutes } from './old-routes.ts';
import { openSample, type SampleCatalogue } from './sample.ts';

let sample: SampleCatalogue;

beforeAll(async () => {
  sample = await openSample(oldAddressRoutes);
}, 60_000);

afterAll(() => sample?.close());

test.each<[string, number, string]>([
  ['/explore/dataset/arbres/', 301, '/datasets/arbres'],
  ['/explore/dataset/arbres/information/?disjunctive.commune', 301, '/datasets/arbres'],
  ['/explore/dataset/arbres/table/', 301, '/datasets/arbres#rows'],
  ['/explore/dataset/arbres/map/?location=12,47.39,0.68', 301, '/datasets/arbres?view=map'],
  ['/explore/dataset/arbres/analyze/', 301, '/datasets/arbres?view=chart'],
  ['/explore/dataset/arbres/api/', 301, '/datasets/arbres?view=api'],
  ['/explore/embed/dataset/arbres/map/?location=3,1,2', 301, '/datasets/arbres/embed?view=map'],
  [
    '/explore/embed/dataset/arbres/table/?refine.ville=Tours',
    301,
    '/datasets/arbres/embed?refine=ville%3ATours&view=table',
  ],
  // There, a sort without a sign is descending.
  [
    '/explore/dataset/arbres/export/?sort=date&refine.ville=Tours&q=chêne',
    301,
    '/datasets/arbres?q=ch%C3%AAne&refine=ville%3ATours&sort=-date#rows',
  ],
  [
    '/explore/dataset/arbres/download/?format=csv&timezone=Europe/Berlin&use_labels_for_header=true&csv_separator=%3B&sort=-id',
    302,
    '/api/explore/v2.1/catalog/datasets/arbres/exports/csv?order_by=%60id%60+asc&delimiter=%3B&use_labels=true&timezone=Europe%2FBerlin',
  ],
  [
    '/explore/dataset/arbres/download?format=json&q=ch"ne&refine.ville=Tours&exclude.actif=true&rows=5',
    302,
    '/api/explore/v2.1/catalog/datasets/arbres/exports/json?where=%22ch%5C%22ne%22&refine=ville%3ATours&exclude=actif%3Atrue&limit=5',
  ],
  ['/explore/?sort=modified', 302, '/datasets?sort=recent'],
  [
    '/explore/?q=arbres&refine.theme=Environnement&refine.publisher=Ville de Tours&sort=title',
    302,
    '/datasets?q=arbres&theme=ENVI&organization=ville-de-tours&sort=title',
  ],
  [
    '/explore/?refine.keyword=sport&refine.theme=Inconnu&refine.territory=Tours',
    302,
    '/datasets?q=%22Inconnu%22+%22sport%22&commune=37261',
  ],
  ['/pages/accueil/', 302, '/'],
  ['/page/home/', 302, '/'],
  ['/pages/qualite-de-l-air/', 302, '/datasets?q=qualite+de+l+air'],
  ['/api/v2/console', 301, '/api'],
])('%s → %i %s', async (address, status, location) => {
  const answer = await sample.get(address);
  expect({ status: answer.status, location: answer.headers['location'] }).toEqual({ status, location });
});

test('the file that trip planners fetch, byte for byte and at once', async () => {
  const bytes = 'Nom;Ville\nA;Tours\n';
  const { sha256 } = testVersion('x').file;
  const scratch = join(sample.context.files.scratch, 'file');
  await writeFile(scratch, bytes);
  await sample.context.files.keepOriginal(scratch, sha256);
  for (const path of [
    '/api/datasets/1.0/arbres/alternative_exports/filbleu_gtfszip/',
    '/api/datasets/1.0/arbres/attachments/donnees_csv/',
    '/explore/dataset/arbres/files/original/download',
  ]) {
    const answer = await sample.get(path);
    expect({ path, status: answer.status, etag: answer.headers['etag'] }).toEqual({
      path,
      status: 200,
      etag: `"${sha256}"`,
    });
    expect(answer.headers['content-disposition']).toBe("attachment; filename*=UTF-8''donn%C3%A9es.csv");
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  }
  expect((await sample.get('/explore/dataset/arbres/files/4f6a/download')).status).toBe(404);
  for (const id of ['brouillon', 'absent'])
    expect((await sample.get(`/api/datasets/1.0/${id}/alternative_exports/gtfs/`)).json()).toEqual({
      error_code: 'NotFoundResource',
      message: `The requested dataset ${id} does not exist.`,
    });
});
