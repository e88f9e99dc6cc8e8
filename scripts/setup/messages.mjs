// What the setup says to people, French and English side by side; the sources' catalogue is not built yet when it speaks.
const messages = {
  node: {
    fr: 'Node {version} est trop ancien pour Terroir : un Node 24 est installé dans .runtime/, pour ce projet seul',
    en: 'Node {version} is too old for Terroir: a Node 24 is being installed in .runtime/, for this project alone',
  },
  dependencies: { fr: 'Installation des dépendances', en: 'Installing the dependencies' },
  build: { fr: 'Construction', en: 'Building' },
  browser: {
    fr: 'Installation d’un navigateur pour les tests ({how})',
    en: 'Installing a browser for the tests ({how})',
  },
  mapClients: {
    fr: 'Installation de GDAL et OWSLib pour les tests des interfaces de cartes',
    en: 'Installing GDAL and OWSLib for the tests of map interfaces',
  },
  waiting: { fr: 'Une autre commande prépare déjà le projet', en: 'Another command is already setting up the project' },
  seconds: { fr: '{what} : {seconds} s', en: '{what}: {seconds} s' },
  done: { fr: '{what} : fait en {seconds} s', en: '{what}: done in {seconds} s' },
  failed: { fr: '{what} : échec', en: '{what}: failed' },
  interrupted: {
    fr: 'Interrompu. La même commande reprendra.',
    en: 'Interrupted. The same command will take it up again.',
  },
  noNode: {
    fr: 'Ce système ({platform}) n’a pas de Node 24 tout prêt. Installez Node 22.18 ou plus récent.',
    en: 'There is no ready-made Node 24 for this system ({platform}). Install Node 22.18 or newer.',
  },
  noBrowser: {
    fr: 'Aucun navigateur n’a pu être trouvé ni installé. Ces tests n’ont PAS été passés :',
    en: 'No browser could be found or installed. These tests were NOT run:',
  },
};

const language = /^en/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'en' : 'fr';

/** @param {keyof typeof messages} key @param {Record<string, string | number>} [values] */
export function sentence(key, values = {}) {
  return messages[key][language].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** A refusal of the setup: its sentence is all that people need to see. */
export class SetupError extends Error {}

/** One line for people. Standard error, because standard output belongs to the command that is being set up. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Does a long step and shows that it goes on: one moving line on a terminal, a line now and then elsewhere.
 * @template T @param {string} what @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function step(what, work) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const terminal = process.stderr.isTTY === true;
  if (!terminal) say(`${what} …`);
  const draw = () =>
    process.stderr.write(`\r\u001b[K${sentence('seconds', { what: `${what} …`, seconds: seconds() })}`);
  const timer = setInterval(
    terminal ? draw : () => say(sentence('seconds', { what, seconds: seconds() })),
    terminal ? 200 : 15_000,
  );
  const settle = (key) => {
    clearInterval(timer);
    say(`${terminal ? '\r\u001b[K' : ''}${sentence(key, { what, seconds: seconds() })}`);
  };
  try {
    const value = await work();
    settle('done');
    return value;
  } catch (error) {
    settle('failed');
    throw error;
  }
}
