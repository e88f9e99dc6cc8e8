// The site of a town hall that does not exist, in another look than the portal's: six widgets as a commune would paste them.
import { escapeHtml } from './html.ts';

type Shown = { readonly id: string; readonly title: string; readonly text: string; readonly code: string };

/** The scripts that its elements need. */
export const townHallScripts = ['waste', 'table', 'map', 'chart', 'figure'] as const;

const shown: readonly Shown[] = [
  {
    id: 'bacs',
    title: 'Vos bacs',
    text: 'Les jours de collecte, rue par rue.',
    code: '<terroir-waste commune="37122"></terroir-waste>',
  },
  {
    id: 'cantine',
    title: 'À la cantine',
    text: 'Les menus des écoles.',
    code: '<terroir-table dataset="menus-cantines-chambray-les-tours"></terroir-table>',
  },
  {
    id: 'tri',
    title: 'Où déposer le verre ?',
    text: 'Les points d’apport volontaire.',
    code: '<terroir-map dataset="points-apport-volontaire"></terroir-map>',
  },
  {
    id: 'aides',
    title: 'Les aides aux associations',
    text: 'Combien, et à qui.',
    code: '<terroir-chart dataset="subventions-du-territoire" mark="bar" x="producer" y="montant" aggregate="sum"></terroir-chart>',
  },
  {
    id: 'velos',
    title: 'Se garer à vélo',
    text: 'Le nombre de stationnements connus.',
    code: '<terroir-figure dataset="stationnement-velo-tours-metropole"></terroir-figure>',
  },
  {
    id: 'conseil',
    title: 'Au conseil municipal',
    text: 'Les délibérations.',
    code: '<terroir-table dataset="deliberations-luynes"></terroir-table>',
  },
];

const style = `body{margin:0;font:1.05rem/1.55 Georgia,serif;color:#1b1b2f;background:#eef3fb}
header{background:#28406e;color:#fff;padding:1.2rem 1rem}header p{margin:0;color:#fff}header .name{font-size:1.7rem}
.demo{background:#fff3c4;color:#3d2c00;padding:.6rem 1rem;margin:0;border-bottom:2px dashed #7a5b00}
main{max-width:60rem;margin:0 auto;padding:1rem;display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
h1{grid-column:1/-1;margin:.4rem 0 0;font-size:1.6rem}section{background:#fff;border-top:5px solid #28406e;padding:1rem;min-width:0}
h2{margin:0 0 .3rem;font-size:1.2rem}a{color:#1f3f8f}footer{padding:1rem;text-align:center}
section>*{--terroir-link:#1f3f8f;--terroir-ink:#1b1b2f;--terroir-surface:#fff}`;

/** The whole page. @param addresses where the portal keeps the script of each element, and a dataset's page */
export function townHallPage(addresses: {
  readonly script: (name: string) => string;
  readonly dataset: (id: string) => string;
  readonly waste: string;
  readonly studio: string;
}): string {
  const sections = shown.map(({ id, title, text, code }) => {
    const dataset = /dataset="([^"]+)"/.exec(code)?.[1] ?? '';
    const page = dataset === '' ? addresses.waste : addresses.dataset(dataset);
    const fallback = `<a href="${escapeHtml(page)}">Voir ces données sur le portail</a>`;
    return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2><p>${escapeHtml(text)}</p>${code.replace('></', `>${fallback}</`)}<noscript><p>${fallback}</p></noscript></section>`;
  });
  const scripts = townHallScripts.map((name) => `<script type="module" src="${addresses.script(name)}"></script>`);
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Mairie de Villeneuve-l’Exemple (démonstration)</title><style>${style}</style>${scripts.join('')}</head><body><p class="demo"><strong>Démonstration.</strong> Cette commune et ce site n’existent pas. Ils montrent six widgets posés sur le site d’une mairie.</p><header><p class="name">Villeneuve-l’Exemple</p><p>Le site de la mairie</p></header><main><h1>Au quotidien</h1>${sections.join('')}</main><footer><a href="${escapeHtml(addresses.studio)}">Faire les mêmes pour votre commune</a></footer></body></html>`;
}
