// Datasets of other producers about the same things.
import { DatasetList } from '../../../web/components/dataset-list.tsx';
import type { ListedDataset } from '../../../web/components/listed-dataset.ts';
import type { PageContext } from '../../../web/page.ts';

export function Similar({
  context: { voice },
  datasets,
}: {
  context: PageContext;
  datasets: readonly ListedDataset[];
}) {
  if (datasets.length === 0) return null;
  return (
    <section aria-labelledby="similar">
      <h2 id="similar">{voice.say('similar.title')}</h2>
      <DatasetList datasets={datasets} voice={voice} level={3} />
    </section>
  );
}
