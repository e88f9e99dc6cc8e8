// The sentences of stories and answers: their pages, the form of the writer, what stands in place of data that is not there.
import type { Sentence } from '../language.ts';

export const storyMessages = {
  'stories.title': { fr: 'Récits et réponses', en: 'Stories and answers' },
  'stories.lead': {
    fr: 'Ce que disent les données du territoire, expliqué par ceux qui les connaissent. Chaque carte et chaque graphique se lit dans les données du jour.',
    en: 'What the data of the territory says, explained by those who know it. Each map and chart is read in the data of the day.',
  },
  'stories.answers': { fr: 'Des réponses à vos questions', en: 'Answers to your questions' },
  'stories.stories': { fr: 'Des récits', en: 'Stories' },
  'stories.none': { fr: 'Aucun récit n’est publié pour le moment.', en: 'No story is published yet.' },
  'stories.none.found': { fr: 'Aucun récit ne parle de « {query} ».', en: 'No story speaks of "{query}".' },
  'stories.search': { fr: 'Votre question', en: 'Your question' },
  'stories.search.button': { fr: 'Chercher', en: 'Search' },
  'stories.all': { fr: 'Tous les récits et réponses', en: 'All stories and answers' },
  'stories.drafts': { fr: 'Vos brouillons et récits retirés', en: 'Your drafts and withdrawn stories' },
  'stories.new': { fr: 'Écrire un récit', en: 'Write a story' },
  'stories.feed': { fr: 'Récits et réponses (flux Atom)', en: 'Stories and answers (Atom feed)' },
  'stories.of': { fr: 'Récits et réponses de {site}', en: 'Stories and answers of {site}' },
  'stories.kind.story': { fr: 'Récit', en: 'Story' },
  'stories.kind.answer': { fr: 'Réponse', en: 'Answer' },
  'stories.state.draft': { fr: 'Brouillon', en: 'Draft' },
  'stories.state.published': { fr: 'Publié', en: 'Published' },
  'stories.state.withdrawn': { fr: 'Retiré', en: 'Withdrawn' },
  'stories.published': { fr: 'Publié le {date}', en: 'Published on {date}' },
  'stories.changed': { fr: 'mis à jour le {date}', en: 'updated on {date}' },
  'stories.draft.note': {
    fr: 'Ce brouillon n’est visible que des personnes qui peuvent l’écrire.',
    en: 'This draft is seen only by those who may write it.',
  },
  'stories.demo': {
    fr: 'Ce récit est écrit pour la démonstration, sur des données inventées.',
    en: 'This story was written for the demonstration, on made-up data.',
  },
  'stories.data': { fr: 'Les données de cette page', en: 'The data of this page' },
  'stories.commune': { fr: 'Tout sur {name}', en: 'All about {name}' },
  'stories.edit': { fr: 'Modifier', en: 'Edit' },
  'stories.withdrawn': { fr: 'Ce récit a été retiré', en: 'This story was withdrawn' },
  'stories.withdrawn.reason': { fr: 'Motif : {reason}', en: 'Reason: {reason}' },
  'stories.seeData': { fr: 'Voir dans les données', en: 'See in the data' },
  'stories.noPicture': {
    fr: '(image non affichée : elle vient d’un autre site)',
    en: '(picture not shown: it comes from another site)',
  },
  'stories.table': { fr: 'Tableau, à faire défiler', en: 'Table, to be scrolled' },

  'stories.live.table': { fr: '{shown} lignes sur {total}', en: '{shown} rows of {total}' },
  'stories.live.table.all': { fr: '{total} lignes', en: '{total} rows' },
  'stories.live.table.one': { fr: '{total} ligne', en: '{total} row' },
  'stories.live.places': { fr: 'Lieux de « {title} »', en: 'Places of "{title}"' },
  'stories.live.places.list': { fr: 'Les lieux, en liste', en: 'The places, as a list' },
  'stories.live.places.shown': { fr: '{shown} lieux sur {total}.', en: '{shown} places of {total}.' },
  'stories.live.places.all': { fr: '{total} lieux.', en: '{total} places.' },
  'stories.live.places.one': { fr: '{total} lieu.', en: '{total} place.' },
  'stories.live.place': { fr: 'Lieu', en: 'Place' },
  'stories.live.count': { fr: 'Nombre de lignes de « {title} »', en: 'Number of rows of "{title}"' },
  'stories.live.sum': { fr: 'Somme de « {column} »', en: 'Sum of "{column}"' },
  'stories.live.avg': { fr: 'Moyenne de « {column} »', en: 'Average of "{column}"' },
  'stories.live.min': { fr: 'Plus petite valeur de « {column} »', en: 'Smallest value of "{column}"' },
  'stories.live.max': { fr: 'Plus grande valeur de « {column} »', en: 'Largest value of "{column}"' },
  'stories.absent': {
    fr: 'Des données devaient se montrer ici ; elles ne sont pas disponibles.',
    en: 'Data was to be shown here; it is not available.',
  },
  'stories.absent.withdrawn': {
    fr: 'Des données devaient se montrer ici ; leur producteur les a retirées.',
    en: 'Data was to be shown here; its producer withdrew it.',
  },
  'stories.absent.rows': {
    fr: 'Les données ne disent rien sur ce point en ce moment.',
    en: 'The data says nothing on this point at the moment.',
  },

  'stories.write': { fr: 'Modifier « {title} »', en: 'Edit "{title}"' },
  'stories.write.kind': { fr: 'Que voulez-vous écrire ?', en: 'What do you want to write?' },
  'stories.write.kind.story': {
    fr: 'Un récit : ce que disent des données, expliqué',
    en: 'A story: what data says, explained',
  },
  'stories.write.kind.answer': {
    fr: 'Une réponse : courte, à une question que l’on pose souvent',
    en: 'An answer: short, to a question that people often ask',
  },
  'stories.write.organization': { fr: 'Au nom de', en: 'On behalf of' },
  'stories.write.territory': { fr: 'Tout le territoire', en: 'The whole territory' },
  'stories.write.title': { fr: 'Titre, ou question', en: 'Title, or question' },
  'stories.write.title.hint': {
    fr: 'Une réponse a pour titre la question, comme les habitants la posent.',
    en: 'An answer has the question as its title, as residents ask it.',
  },
  'stories.write.lead': { fr: 'L’essentiel, en une ou deux phrases', en: 'What matters, in one or two sentences' },
  'stories.write.lead.hint': {
    fr: 'C’est ce que montrent les listes et les recherches. {max} caractères au plus.',
    en: 'This is what lists and searches show. {max} characters at most.',
  },
  'stories.write.body': { fr: 'Le texte', en: 'The text' },
  'stories.write.body.hint': {
    fr: 'En Markdown : une ligne vide entre les paragraphes, ## devant un titre, ** autour de ce qui compte. {max} caractères et {blocks} blocs vivants au plus.',
    en: 'In Markdown: an empty line between paragraphs, ## before a heading, ** around what matters. {max} characters and {blocks} live blocks at most.',
  },
  'stories.write.help': { fr: 'Montrer des données dans le texte', en: 'Show data in the text' },
  'stories.write.help.text': {
    fr: 'Ouvrez un jeu de données, choisissez ce que vous voulez montrer, copiez l’adresse de la page et collez-la dans un bloc :',
    en: 'Open a dataset, choose what you want to show, copy the address of the page and paste it in a block:',
  },
  'stories.write.help.kinds': {
    fr: 'Le mot après les trois accents dit sous quelle forme : chart (graphique), map (carte), figure (chiffre) ou table (tableau). Vous pouvez ajouter sous l’adresse une ligne « titre : … » et, pour un chiffre, « unité : … », pour un tableau « colonnes : … » et « lignes : 10 ».',
    en: 'The word after the three backticks says in which form: chart, map, figure or table. Below the address you may add a line "title: …" and, for a figure, "unit: …", for a table "columns: …" and "rows: 10".',
  },
  'stories.write.help.live': {
    fr: 'Le bloc suit les données : il change quand elles changent. Pour figer une version, ajoutez « version : 3 ».',
    en: 'The block follows the data: it changes when they change. To keep a version, add "version: 3".',
  },
  'stories.write.datasets': { fr: 'Jeux de données liés', en: 'Linked datasets' },
  'stories.write.datasets.hint': {
    fr: 'Leurs adresses ou identifiants, un par ligne. Ceux des blocs vivants sont cités sans que vous les écriviez.',
    en: 'Their addresses or identifiers, one per line. Those of live blocks are cited without your writing them.',
  },
  'stories.write.commune': { fr: 'Commune, si elle n’en concerne qu’une', en: 'Commune, if it is about one only' },
  'stories.write.commune.none': { fr: 'Tout le territoire', en: 'The whole territory' },
  'stories.write.preview': { fr: 'Voir l’aperçu', en: 'Preview' },
  'stories.write.save': { fr: 'Enregistrer', en: 'Save' },
  'stories.write.saved': { fr: 'C’est enregistré.', en: 'It is saved.' },
  'stories.write.saved.live': {
    fr: 'C’est enregistré : tout le monde voit ce texte.',
    en: 'It is saved: everybody sees this text.',
  },
  'stories.write.shown': { fr: 'Aperçu', en: 'Preview' },
  'stories.write.shown.note': {
    fr: 'Ce que tout le monde verrait. Rien n’est enregistré par l’aperçu.',
    en: 'What everybody would see. The preview saves nothing.',
  },
  'stories.write.hints': { fr: 'À regarder dans votre texte', en: 'To look at in your text' },
  'stories.write.theirs': { fr: 'Le texte enregistré entre-temps', en: 'The text saved in the meantime' },
  'stories.write.see': { fr: 'Voir la page', en: 'See the page' },
  'stories.write.publish': { fr: 'Publier', en: 'Publish' },
  'stories.write.publish.note': {
    fr: 'Publie ce qui est enregistré. Son adresse ne changera plus.',
    en: 'Publishes what is saved. Its address will not change any more.',
  },
  'stories.write.again': { fr: 'Publier de nouveau', en: 'Publish again' },
  'stories.write.withdraw': { fr: 'Retirer de la publication', en: 'Withdraw' },
  'stories.write.withdraw.reason': {
    fr: 'Pourquoi le retirer ? Cette phrase restera à son adresse.',
    en: 'Why withdraw it? This sentence will stay at its address.',
  },
  'stories.write.discard': { fr: 'Jeter ce brouillon', en: 'Throw this draft away' },
  'stories.write.discard.note': {
    fr: 'Il n’a jamais été publié : il disparaîtra sans retour.',
    en: 'It was never published: it will be gone for good.',
  },

  'stories.hint.line': { fr: 'Ligne {line}', en: 'Line {line}' },
  'stories.hint.image': {
    fr: 'L’image « {link} » vient d’un autre site : seules celles de ce portail se montrent.',
    en: 'The picture "{link}" comes from another site: only those of this portal are shown.',
  },
  'stories.hint.imageText': {
    fr: 'Dites entre les crochets ce que montre l’image, pour ceux qui ne la voient pas.',
    en: 'Say between the brackets what the picture shows, for those who do not see it.',
  },
  'stories.hint.empty': {
    fr: 'Ce bloc ne dit pas quelles données montrer : collez l’adresse d’un jeu de données.',
    en: 'This block does not say which data to show: paste the address of a dataset.',
  },
  'stories.hint.foreign': {
    fr: '« {link} » est d’un autre site : un bloc ne montre que des données de ce portail.',
    en: '"{link}" is of another site: a block shows data of this portal alone.',
  },
  'stories.hint.notExplorer': {
    fr: '« {link} » n’est pas l’adresse d’un jeu de données : elle commence par /datasets/.',
    en: '"{link}" is not the address of a dataset, which begins with /datasets/.',
  },
  'stories.hint.unreadable': {
    fr: 'Nous n’avons pas compris « {text} ». Collez une adresse, ou écrivez « mot : valeur ».',
    en: 'We did not understand "{text}". Paste an address, or write "word: value".',
  },
  'stories.hint.datasetUnknown': {
    fr: 'Il n’y a pas de jeu de données publié « {dataset} ».',
    en: 'There is no published dataset "{dataset}".',
  },
  'stories.hint.datasetWithdrawn': {
    fr: 'Le jeu de données « {dataset} » a été retiré. Choisissez-en un autre, ou ôtez ce bloc.',
    en: 'The dataset "{dataset}" was withdrawn. Choose another one, or take this block away.',
  },
  'stories.hint.column': {
    fr: 'Ce jeu n’a pas de colonne « {column} ». La plus proche est « {nearest} ».',
    en: 'This dataset has no column "{column}". The nearest is "{nearest}".',
  },
  'stories.hint.noChart': {
    fr: 'Choisissez une colonne pour ce graphique : « axe : nom_de_la_colonne ».',
    en: 'Choose a column for this chart: "x: name_of_the_column".',
  },
  'stories.hint.noPlaces': {
    fr: 'Ces lignes n’ont pas de lieu à montrer sur une carte.',
    en: 'These rows have no place to show on a map.',
  },
  'stories.hint.noRows': {
    fr: 'Aucune ligne ne correspond à ces filtres.',
    en: 'No row matches these filters.',
  },
  'stories.hint.notANumber': {
    fr: 'Ce calcul ne donne pas de nombre : choisissez une colonne de nombres.',
    en: 'This gives no number: choose a column of numbers.',
  },
  'stories.hint.filter': {
    fr: 'Un filtre ne convient pas à sa colonne : ouvrez l’adresse dans le portail pour le corriger.',
    en: 'A filter does not suit its column: open the address in the portal to correct it.',
  },
  'stories.hint.nested': {
    fr: 'Ce bloc est dans une liste ou une citation : mettez-le au bord du texte pour qu’il montre ses données.',
    en: 'This block is in a list or a quotation: put it at the margin of the text so that it shows its data.',
  },
  'stories.hint.tooMany': {
    fr: 'Ce bloc est de trop : {max} au plus par récit.',
    en: 'This block is one too many: {max} at most in a story.',
  },
  'stories.hint.trouble': {
    fr: 'Ces données n’ont pas répondu. Essayez de nouveau dans un moment.',
    en: 'This data did not answer. Try again in a moment.',
  },
} as const satisfies Record<string, Sentence>;
