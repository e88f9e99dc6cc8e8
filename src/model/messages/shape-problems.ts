// The sentences of what is found in maps, JSON and calendars, French and English side by side: où, quoi, attendu, geste.
import type { Sentence } from '../language.ts';

export const shapeProblemMessages = {
  'geo.crsGuessed': {
    fr: 'Le fichier ne dit pas dans quel système de coordonnées il est écrit. D’après les nombres, nous avons pris {proposal} : vérifiez sur la carte que tout est à sa place.',
    en: 'The file does not say which coordinate system it is written in. From the numbers, we took {proposal}: check on the map that everything is in its place.',
  },
  'geo.crsContradicted': {
    fr: 'Le fichier dit « {value} », mais ses nombres sont ceux de {proposal}. Nous avons pris {proposal} : vérifiez sur la carte que tout est à sa place.',
    en: 'The file says "{value}", but its numbers are those of {proposal}. We took {proposal}: check on the map that everything is in its place.',
  },
  'geo.crsUnknown': {
    fr: 'Nous n’avons pas pu savoir dans quel système de coordonnées sont les formes. Les lignes sont gardées, sans carte. Exportez le fichier en WGS 84 (EPSG:4326) ou en Lambert-93 (EPSG:2154), puis déposez-le de nouveau.',
    en: 'We could not tell which coordinate system the shapes are in. Rows are kept, without a map. Export the file as WGS 84 (EPSG:4326) or Lambert-93 (EPSG:2154), then deposit it again.',
  },
  'file.asDocument': {
    fr: 'Un document {value} se lit, mais ne se réutilise pas : nous le publions tel quel, avec une ligne qui le présente. Avez-vous le tableau d’origine ?',
    en: 'A {value} document can be read, not reused: we publish it as it is, with one row that presents it. Do you have the original table?',
  },
  'geo.reprojected': {
    fr: 'Colonne « {column} » : coordonnées en {expected}. Nous en tirons des degrés pour la carte (ligne {row} : « {value} » devient {proposal}). Vos colonnes ne changent pas.',
    en: 'Column "{column}": coordinates in {expected}. We make degrees of them for the map (row {row}: "{value}" becomes {proposal}). Your columns do not change.',
  },
  'geo.read': {
    fr: 'Colonne « {column} » : nous y lisons des lieux pour la carte (ligne {row} : « {value} » devient {proposal}). Vos colonnes ne changent pas.',
    en: 'Column "{column}": we read places there for the map (row {row}: "{value}" becomes {proposal}). Your columns do not change.',
  },
  'geo.metresUnknown': {
    fr: 'Colonne « {column} » : ce sont des mètres, mais nous ne savons pas de quel système de coordonnées. Est-ce du Lambert-93, une zone CC42 à CC50, du Web Mercator ? Demandez-le à qui a fait le fichier, ou exportez-le en WGS 84.',
    en: 'Column "{column}": these are metres, but we do not know of which coordinate system. Is it Lambert-93, a zone CC42 to CC50, Web Mercator? Ask whoever made the file, or export it as WGS 84.',
  },
  'geo.placeUnread': {
    fr: 'Colonne « {column} » : {count} lieux ne peuvent pas être lus (le premier en {cell} : « {value} »). Ces lignes sont gardées, sans point sur la carte.',
    en: 'Column "{column}": {count} places cannot be read (the first one in {cell}: "{value}"). These rows are kept, without a point on the map.',
  },
  'geo.shapeBroken': {
    fr: 'Objet n° {row} : sa forme n’est pas valable (des coordonnées manquent ou ne sont pas des nombres). La ligne est gardée, sans forme.',
    en: 'Object no. {row}: its shape is not valid (coordinates are missing or are not numbers). The row is kept, without a shape.',
  },
  'geo.shapeEmpty': {
    fr: 'Objet n° {row} : sa forme est vide. La ligne est gardée, sans forme.',
    en: 'Object no. {row}: its shape is empty. The row is kept, without a shape.',
  },
  'geo.shapeUnclosed': {
    fr: 'Objet n° {row} : le contour de sa surface ne se referme pas. La ligne est gardée, sans forme. Corrigez-la dans votre logiciel de cartographie.',
    en: 'Object no. {row}: the outline of its surface does not close. The row is kept, without a shape. Repair it in your mapping software.',
  },
  'geo.shapeOutside': {
    fr: 'Objet n° {row} : ses coordonnées sont hors du monde ou à zéro. La ligne est gardée, sans forme.',
    en: 'Object no. {row}: its coordinates are out of the world or at zero. The row is kept, without a shape.',
  },
  'geo.heightDropped': {
    fr: 'Les formes ont des altitudes. Elles restent dans votre fichier d’origine ; la carte et les exports n’en ont pas.',
    en: 'The shapes have heights. They stay in your original file; the map and the exports do not carry them.',
  },
  'geo.prjMissing': {
    fr: 'Le fichier « {value} » n’accompagne pas les formes : il dit leur système de coordonnées. Ajoutez-le au zip si vous l’avez.',
    en: 'The file "{value}" does not come with the shapes: it tells their coordinate system. Add it to the zip if you have it.',
  },
  'geo.attributesMissing': {
    fr: 'Le fichier « {value} » manque : nous avons les formes, mais pas leurs informations. Ajoutez-le au zip, puis déposez-le de nouveau.',
    en: 'The file "{value}" is missing: we have the shapes, but not what describes them. Add it to the zip, then deposit it again.',
  },
  'geo.attributesUnreadable': {
    fr: 'Le fichier « {value} » est abîmé : nous avons les formes, mais pas leurs informations. Exportez-le de nouveau depuis votre logiciel.',
    en: 'The file "{value}" is damaged: we have the shapes, but not what describes them. Export it again from your software.',
  },
  'geo.countsDiffer': {
    fr: 'Il y a {value} formes et {expected} lignes d’informations : nous les avons mises en face dans l’ordre du fichier. Exportez-le de nouveau depuis votre logiciel.',
    en: 'There are {value} shapes and {expected} rows of information: we put them side by side in the order of the file. Export it again from your software.',
  },
  'layer.unreadable': {
    fr: 'La couche « {value} » ne peut pas être lue. Les autres sont gardées.',
    en: 'The layer "{value}" cannot be read. The others are kept.',
  },
  'layer.incomplete': {
    fr: 'La couche « {value} » est abîmée par endroits : nous en avons gardé {count} objets. Exportez-la de nouveau, puis déposez la nouvelle copie.',
    en: 'The layer "{value}" is damaged in places: we kept {count} objects of it. Export it again, then deposit the new copy.',
  },
  'layer.empty': {
    fr: 'La couche « {value} » est vide : nous l’avons laissée de côté.',
    en: 'The layer "{value}" is empty: we left it aside.',
  },
  'encoding.assumed': {
    fr: 'Le fichier ne dit pas comment ses accents sont écrits. Nous avons lu en {expected} : vérifiez quelques mots accentués.',
    en: 'The file does not say how its accents are written. We read it as {expected}: check a few accented words.',
  },
  'file.cut': {
    fr: 'Le fichier est coupé : il s’arrête avant la fin. Nous avons gardé les {count} premiers objets. Exportez-le de nouveau, puis déposez la nouvelle copie.',
    en: 'The file is cut: it stops before its end. We kept the first {count} objects. Export it again, then deposit the new copy.',
  },
  'object.unreadable': {
    fr: 'L’objet n° {row} n’est pas bien écrit (« {value} ») : nous l’avons laissé de côté.',
    en: 'Object no. {row} is not well written ("{value}"): we left it aside.',
  },
  'object.keysAsValues': {
    fr: 'Chaque objet porte un nom différent, comme « {value} » : nous en avons fait une colonne « {column} » et une colonne « {expected} ».',
    en: 'Each object has a name of its own, like "{value}": we made of them a column "{column}" and a column "{expected}".',
  },
} as const satisfies Record<string, Sentence>;
