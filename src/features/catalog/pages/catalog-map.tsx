// The communes of the territory, drawn: each adds or removes itself from the choice. The list of communes says the same in words.
import type { PageContext } from '../../../web/page.ts';
import type { Facet } from '../schemas.ts';

export type CatalogDrawing = {
  readonly width: number;
  readonly height: number;
  readonly border: string;
  readonly communes: readonly { readonly insee: string; readonly path: string; readonly tone: number }[];
};

type Props = {
  readonly context: PageContext;
  readonly drawing: CatalogDrawing;
  readonly names: ReadonlyMap<string, string>;
  readonly facet: Facet | undefined;
  readonly hrefOf: (insee: string) => string;
};

const margin = 14;

export function CatalogMap({ context: { voice }, drawing, names, facet, hrefOf }: Props) {
  const { width, height, communes, border } = drawing;
  const valueByCode = new Map(facet?.values.map((value) => [value.value, value]));
  return (
    <details class="facet-map" data-keep="map">
      <summary>{voice.say('search.map')}</summary>
      <svg
        class="territory"
        viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`}
        aria-hidden="true"
        focusable="false"
      >
        {communes.map(({ insee, path, tone }) => {
          const value = valueByCode.get(insee);
          const name = names.get(insee) ?? value?.label ?? insee;
          return (
            <a key={insee} href={hrefOf(insee)} tabindex={-1} rel="nofollow">
              <path class={value?.selected === true ? 'commune current' : `commune tone-${tone}`} d={path} />
              <title>{voice.say('search.map.commune', { name, datasets: voice.datasets(value?.count ?? 0) })}</title>
            </a>
          );
        })}
        <path class="border" d={border} />
      </svg>
      <p class="source">{voice.say('search.map.hint')}</p>
    </details>
  );
}
